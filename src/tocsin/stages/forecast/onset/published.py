"""The published out-of-sample forecasts, checked, and how close a replication comes to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.stats import spearmanr

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.onset.rows import EVENT, CountryYears, column, whole
from tocsin.stages.forecast.panel import Array

COLUMNS = ("ccode", "year", "prev_year", "risk_prev", "maxrisk2")


@dataclass(frozen=True)
class Published:
    """Holds published risks: `next_year` by country and origin, `larger` (of two forecasts) by country and year of the event."""

    next_year: Mapping[tuple[int, int], float]
    larger: Mapping[tuple[int, int], float]


def published_risks(table: pa.Table, where: str) -> Published:
    """Return the published risks of `table`.

    Raises:
        BadInput: a column is missing or not a number, a country-year stands twice, or a risk is no probability.
    """
    missing = [name for name in COLUMNS if name not in table.column_names]
    if missing:
        raise BadInput("columns are missing", where, ", ".join(COLUMNS), "no " + ", ".join(missing), "Check the edition.")
    codes, years = (whole(table, name, where) for name in COLUMNS[:2])
    origins, risk, larger = (column(table, name, where) for name in COLUMNS[2:])
    keys = list(zip(codes.tolist(), years.tolist(), strict=True))
    if len(set(keys)) < len(keys):
        raise BadInput("a country stands twice in a year", where, "one row a country and year", f"{len(keys) - len(set(keys))} too many")
    for name, values in (("risk_prev", risk), ("maxrisk2", larger)):
        if ((values < 0) | (values > 1)).any():
            raise BadInput("a risk is no probability", f"{where}, {name}", "0 to 1", f"{np.nanmin(values):g} to {np.nanmax(values):g}")
    origin_keys = zip(codes.tolist(), origins.tolist(), strict=True)
    return Published(
        {key: value for key, value in zip(origin_keys, risk.tolist(), strict=True) if not np.isnan(value)},
        {key: value for key, value in zip(keys, larger.tolist(), strict=True) if not np.isnan(value)},
    )


def compare_onsets(table: pa.Table, rows: CountryYears, where: str) -> tuple[str, ...]:
    """Return what a reader must know where the file of forecasts records other onsets than the data; nothing where they agree.

    Raises:
        BadInput: they agree on less than half of the onsets, so the two files are not of one edition.
    """
    if EVENT not in table.column_names:
        return ()
    keys = zip(whole(table, "ccode", where).tolist(), whole(table, "year", where).tolist(), strict=True)
    theirs = dict(zip(keys, column(table, EVENT, where).tolist(), strict=True))
    own = dict(zip(zip(rows.codes.tolist(), rows.years.tolist(), strict=True), rows.events.tolist(), strict=True))
    both = [(key, value, theirs[key]) for key, value in own.items() if not np.isnan(theirs.get(key, np.nan) + value)]
    differ = [key for key, left, right in both if left != right]
    if 2 * len(differ) > sum(max(left, right) for _, left, right in both):
        got = f"{len(differ)} country-years differ"
        raise BadInput(
            "forecasts and data record different onsets", where, "files of one edition", got, "Put files of one edition together."
        )
    if not differ:
        return ()
    return (
        f"{len(differ)} onsets differ between the two files (first: country {differ[0][0]} in {differ[0][1]}); those of the data are used.",
    )


@dataclass(frozen=True)
class Fidelity:
    """Holds how close a replication comes: rank correlation over all rows, its mean within a year, mean absolute difference.

    A rank correlation is None where one side says the same everywhere: there is no order to compare.
    """

    rows: int
    spearman: float | None
    within_year: float | None
    difference: float


def fidelity(own: Array, theirs: Array, years: np.ndarray) -> Fidelity:
    """Return the closeness of two sets of forecasts of the same rows (Spearman 1904).

    >>> fidelity(np.array([0.1, 0.2, 0.3]), np.array([0.1, 0.2, 0.3]), np.array([1, 1, 1]))
    Fidelity(rows=3, spearman=1.0, within_year=1.0, difference=0.0)
    """
    by_year = [_spearman(own[years == year], theirs[years == year]) for year in np.unique(years)]
    within = [value for value in by_year if value is not None]
    difference = float(np.abs(own - theirs).mean())
    return Fidelity(len(own), _spearman(own, theirs), float(np.mean(within)) if within else None, difference)


def _spearman(left: Array, right: Array) -> float | None:
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return None
    return round(float(spearmanr(left, right).statistic), 12)
