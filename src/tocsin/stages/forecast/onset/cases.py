"""The rows that are scored: each question with what every model said, what came, and the rate known at the origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.onset.models import CLONE, PUBLISHED
from tocsin.stages.forecast.onset.published import Published
from tocsin.stages.forecast.onset.rolling import OnsetRound
from tocsin.stages.forecast.onset.rows import CountryYears
from tocsin.stages.forecast.panel import Array

#: Origins that are scored: the first of the published out-of-sample forecasts.
SCORED_FROM = 1993
#: Countries that a note names.
NAMED = 8


@dataclass(frozen=True)
class Cases:
    """Holds questions row by row; `years` is the origin (two-year label) or the year of the onset (larger of two).

    `prior` says whether the country had a mass killing before the origin: warning of a first one is the harder half.
    """

    codes: np.ndarray
    names: np.ndarray
    years: np.ndarray
    labels: Array
    prior: np.ndarray
    probabilities: Mapping[str, Array]

    def take(self, rows: np.ndarray) -> Cases:
        """Return some of the rows."""
        given = {name: values[rows] for name, values in self.probabilities.items()}
        return Cases(self.codes[rows], self.names[rows], self.years[rows], self.labels[rows], self.prior[rows], given)


def forecasts_of(rows: CountryYears, rounds: list[OnsetRound], clone: Mapping[int, Array], published: Published) -> Cases:
    """Return every row of a scored origin for which a published risk stands; label NaN where the window is not over."""
    parts = []
    for at in rounds:
        if at.year < SCORED_FROM:
            continue
        risks = np.array([published.next_year.get((code, at.year), np.nan) for code in rows.codes[at.rows].tolist()])
        given = {**at.probabilities, CLONE: clone[at.year], PUBLISHED: risks}
        prior = rows.inputs["mk_ever"][at.rows] > 0
        all_of = Cases(rows.codes[at.rows], rows.names[at.rows], rows.years[at.rows], at.labels, prior, given)
        parts.append(all_of.take(np.flatnonzero(~np.isnan(risks) & ~np.isnan(clone[at.year]))))
    names = parts[0].probabilities
    return Cases(
        np.concatenate([p.codes for p in parts]),
        np.concatenate([p.names for p in parts]),
        np.concatenate([p.years for p in parts]),
        np.concatenate([p.labels for p in parts]),
        np.concatenate([p.prior for p in parts]),
        {name: np.concatenate([p.probabilities[name] for p in parts]) for name in names},
    )


def unscored(rows: CountryYears, rounds: list[OnsetRound], cases: Cases) -> tuple[str, ...]:
    """Return what a reader must know of answered country-years that no score holds, since a forecast of them is missing."""
    scored = set(zip(cases.codes.tolist(), cases.years.tolist(), strict=True))
    found: list[tuple[str, float]] = []
    for at in (one for one in rounds if one.year >= SCORED_FROM):
        for row, label in zip(at.rows.tolist(), at.labels.tolist(), strict=True):
            if not np.isnan(label) and (int(rows.codes[row]), at.year) not in scored:
                found.append((str(rows.names[row]), label))
    if not found:
        return ()
    names = sorted({name for name, _ in found})
    which = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    return (
        f"{len(found)} answered country-years, {int(sum(label for _, label in found))} with an onset within two years, are in no score: "
        f"no published risk, or a gap in the published inputs ({which}).",
    )


def answered(cases: Cases) -> Cases:
    """Return the rows whose two-year window is over: an unresolved window is left out, never counted as peace."""
    return cases.take(np.flatnonzero(~np.isnan(cases.labels)))


def larger_of_two(rows: CountryYears, cases: Cases, published: Published) -> Cases:
    """Return the question "does an onset come in year t?", each answered with the larger forecast from t - 1 and t - 2.

    The published risk is their own column; t without a published risk, or after the last year with data, is left out.
    """
    at = {key: row for row, key in enumerate(zip(cases.codes.tolist(), cases.years.tolist(), strict=True))}
    came = dict(zip(zip(rows.codes.tolist(), rows.years.tolist(), strict=True), rows.events.tolist(), strict=True))
    found = [
        (row, at.get((code, year - 1)), code, year + 1)
        for (code, year), row in at.items()
        if (code, year + 1) in published.larger and not np.isnan(came.get((code, year + 1), np.nan))
    ]
    last = np.array([row for row, *_ in found])
    before = np.array([row if earlier is None else earlier for row, earlier, *_ in found])
    given = {name: np.maximum(values[last], values[before]) for name, values in cases.probabilities.items()}
    keys = [(code, year) for *_, code, year in found]
    given[PUBLISHED] = np.array([published.larger[key] for key in keys])
    labels = np.array([came[key] for key in keys])
    return Cases(cases.codes[last], cases.names[last], cases.years[last] + 1, labels, cases.prior[last], given)
