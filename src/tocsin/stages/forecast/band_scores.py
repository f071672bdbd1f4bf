"""Scores the yearly distribution of deaths: each model's bands filled as those that are issued, against what came."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.model.ids import stable_id
from tocsin.model.targets import BASELINES
from tocsin.stages.forecast.backtest import Round
from tocsin.stages.forecast.counts import LEVELS, OWN_WEIGHT, band_chances
from tocsin.stages.forecast.evaluation import mean_interval
from tocsin.stages.forecast.judge import EVALUATE_FROM
from tocsin.stages.forecast.panel import Array, Panel
from tocsin.stages.forecast.targets import Target, deaths_after

#: The name under which the distribution is issued: at each level the probabilities of the model shown there.
ISSUED = "bands"


@dataclass(frozen=True)
class Level:
    """Holds the rounds of one level of deaths, and the model that is shown for it."""

    rounds: Sequence[Round]
    chosen: str


@dataclass(frozen=True)
class _Scored:
    crps: Mapping[str, Array]
    inside: Mapping[str, Array]
    places: np.ndarray
    came: Array
    first: int
    last: int


def band_score_rows(panel: Panel, target: Target, levels: Sequence[Level], inputs: list[str], seed: int) -> list[dict[str, Any]]:
    """Return rows of `scores`: CRPS, its gain over both baselines, and coverage of the 90% interval, for every model.

    Nothing later than an origin fills its bands. Only origins that score are taken; none where none is answered.

    Args:
        panel: deaths by territory and year.
        target: the count, with its years and lead.
        levels: rounds of at least 25, 100 and 1,000 deaths, in this order, on the same origins and rows.
        inputs: ids that the scores rest on.
        seed: seed of the intervals.
    """
    found = _score(panel, target, levels)
    if found is None:
        return []
    about = {
        "inputs": inputs,
        "method": "rolling-origin",
        "parameters": json.dumps({"horizon_months": target.months, "first_origin": found.first, "last_origin": found.last}),
        "target": target.name,
        "window_from": dt.date(found.first + target.lead + 1, 1, 1),
        "window_to": dt.date(found.last + target.answered_after, 12, 31),
        "vintage": "final",
        "rows": len(found.came),
        "events": int((found.came > 0).sum()),
    }
    rows = []
    for model, crps in found.crps.items():
        metrics: list[tuple[str, str | None, Array]] = [("crps", None, crps), ("coverage90", None, found.inside[model])]
        metrics += [("crps_gain", baseline, found.crps[baseline] - crps) for baseline in BASELINES]
        for metric, baseline, values in metrics:
            low, high = mean_interval(values, found.places, seed)
            ident = stable_id("sco", target.name, target.months, model, metric, baseline)
            said = {"metric": metric, "value": float(values.mean()), "low": low, "high": high, "baseline": baseline}
            rows.append({"id": ident, "model": model, **about, **said})
    return rows


def _score(panel: Panel, target: Target, levels: Sequence[Level]) -> _Scored | None:
    crps: dict[str, list[Array]] = {}
    inside: dict[str, list[Array]] = {}
    places, came, years = [], [], []
    for at in zip(*(level.rounds for level in levels), strict=True):
        year, rows = at[0].year, at[0].rows
        after = deaths_after(panel, year, target.years, target.lead)[rows]
        known = ~np.isnan(after)
        if year < EVALUATE_FROM or not known.any():
            continue
        past = _Past.until(panel, year, target.years)
        given = {name: [one.probabilities[name] for one in at] for name in at[0].probabilities}
        given[ISSUED] = [one.probabilities[level.chosen] for one, level in zip(at, levels, strict=True)]
        for name, columns in given.items():
            bands = band_chances(np.column_stack(columns))[known]
            scored = [past.score(band, int(place), count) for band, place, count in zip(bands, rows[known], after[known], strict=True)]
            crps.setdefault(name, []).append(np.array([one[0] for one in scored]))
            inside.setdefault(name, []).append(np.array([one[1] for one in scored], dtype=np.float64))
        places.append(rows[known])
        came.append(after[known])
        years.append(year)
    if not years:
        return None
    joined = {name: np.concatenate(parts) for name, parts in crps.items()}
    covered = {name: np.concatenate(parts) for name, parts in inside.items()}
    return _Scored(joined, covered, np.concatenate(places), np.concatenate(came), years[0], years[-1])


@dataclass(frozen=True)
class _Past:
    """Holds how often each count was seen up to an origin, by everyone and by each territory.

    Args:
        values: counts seen, ascending; the least count of a band that nobody saw stands there with no weight.
        seen: territories x values.
    """

    values: Array
    seen: Array

    @classmethod
    def until(cls, panel: Panel, origin: int, years: int) -> _Past:
        """Return the counts of all windows that were over by the end of `origin`."""
        past = np.column_stack([deaths_after(panel, year, years) for year in panel.years if year + years <= origin])
        values = np.unique(np.concatenate([past[~np.isnan(past)], np.array(LEVELS, dtype=np.float64)]))
        seen = np.zeros((len(past), len(values)))
        place, column = np.nonzero(~np.isnan(past))
        np.add.at(seen, (place, np.searchsorted(values, past[place, column])), 1.0)
        return cls(values, seen)

    def score(self, bands: Array, place: int, came: float) -> tuple[float, bool]:
        """Return CRPS, the integral of the squared distance between both distribution functions, and whether the 90% interval holds `came`."""
        weights = self.seen.sum(axis=0) + (OWN_WEIGHT - 1.0) * self.seen[place]
        edges = np.searchsorted(self.values, LEVELS)
        total = np.add.reduceat(weights, edges)
        weights[edges[total == 0]] = 1.0
        share = weights * np.repeat(bands / np.where(total == 0, 1.0, total), np.diff(np.append(edges, len(weights))))
        below = np.cumsum(share)
        points = np.append(self.values, max(came, self.values[-1]))
        steps, truth = np.diff(points), (self.values >= came).astype(np.float64)
        inner = float(np.sum((below - truth) ** 2 * steps))
        # where `came` lies between two counts, the truth steps up inside that interval
        at = int(np.searchsorted(self.values, came, side="right")) - 1
        if at < len(self.values) - 1 and self.values[at] < came:
            part = self.values[at + 1] - came
            inner += float(((below[at] - 1.0) ** 2 - below[at] ** 2) * part)
        low, high = self.values[np.searchsorted(below, [0.05, 0.95 - 1e-12])]
        return inner, bool(low <= came <= high)
