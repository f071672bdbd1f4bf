"""Scores the yearly distribution of deaths: each model's bands filled as those that are issued, against what came."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tocsin.model.ids import stable_id
from tocsin.model.targets import BASELINES
from tocsin.stages.forecast.backtest import Round
from tocsin.stages.forecast.counts import LEVELS, OWN_WEIGHT, band_chances
from tocsin.stages.forecast.evaluation.bootstrap import group_interval
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
    """Holds the scores of every model at some origins, row by row."""

    crps: Mapping[str, Array]
    inside: Mapping[str, Array]
    places: np.ndarray
    came: Array
    first: int
    last: int

    @classmethod
    def joined(cls, parts: Sequence[_Scored]) -> _Scored:
        """Return the scores of several origins, one after the other."""

        def of(kept: str) -> dict[str, Array]:
            return {name: np.concatenate([getattr(part, kept)[name] for part in parts]) for name in parts[0].crps}

        places, came = (np.concatenate([getattr(part, kept) for part in parts]) for kept in ("places", "came"))
        return cls(of("crps"), of("inside"), places, came, parts[0].first, parts[-1].last)


def band_score_rows(panel: Panel, target: Target, levels: Sequence[Level], inputs: list[str], seed: int) -> list[dict[str, Any]]:
    """Return rows of `scores`: CRPS, its gain over both baselines, skill, and coverage of the 90% interval, for every model.

    All origins that score stand together first; then each answered window apart, also those that helped to choose the model
    (`role` in `parameters`). Nothing later than an origin fills its bands. No row where none is answered.

    Args:
        panel: deaths by territory and year.
        target: the count, with its years and lead.
        levels: rounds of at least 25, 100 and 1,000 deaths, in this order, on the same origins and rows.
        inputs: ids that the scores rest on.
        seed: seed of the intervals.
    """
    windows = _score(panel, target, levels)
    tested = [one for one in windows if one.first >= EVALUATE_FROM]
    rows: list[dict[str, Any]] = []
    if tested:
        whole = _Scored.joined(tested)
        rows += _rows(target, whole, {"first_origin": whole.first, "last_origin": whole.last}, inputs, seed)
    for one in windows:
        role = "test" if one.first >= EVALUATE_FROM else "choice"
        rows += _rows(target, one, {"origin": one.first, "lead_years": target.lead, "role": role}, inputs, seed)
    return rows


def _rows(target: Target, found: _Scored, when: Mapping[str, Any], inputs: list[str], seed: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of some origins; the skill is 1 - mean CRPS / mean CRPS of a baseline, with whole countries drawn again."""
    about = {
        "inputs": inputs,
        "method": "rolling-origin, one window" if "origin" in when else "rolling-origin",
        "parameters": json.dumps({"horizon_months": target.months, **when}),
        "target": target.name,
        "window_from": dt.date(found.first + target.lead + 1, 1, 1),
        "window_to": dt.date(found.last + target.answered_after, 12, 31),
        "vintage": "final",
        "rows": len(found.came),
        "events": int((found.came > 0).sum()),
    }
    for model, crps in found.crps.items():
        for name, baseline, top, bottom in _metrics(model, crps, found):
            low, high = group_interval(top, bottom, found.places, seed)
            value = _share(top, bottom)
            gained = baseline is not None and name == "crps_gain"
            yield {
                "id": stable_id("sco", target.name, target.months, model, name, baseline, *_window(when)),
                "model": model,
                **about,
                "metric": name,
                "value": value,
                "low": low if value is not None and np.isfinite(low) else None,
                "high": high if value is not None and np.isfinite(high) else None,
                "baseline": baseline,
                "skill": _share(top, found.crps[str(baseline)]) if gained else None,
            }


def _metrics(model: str, crps: Array, found: _Scored) -> Iterator[tuple[str, str | None, Array, Array]]:
    """Yield metric, baseline, and what stands above and below the line."""
    one = np.ones(len(crps))
    yield "crps", None, crps, one
    yield "coverage90", None, found.inside[model], one
    for baseline in BASELINES:
        if baseline != model:
            yield "crps_gain", baseline, found.crps[baseline] - crps, one
            yield "crps_skill", baseline, found.crps[baseline] - crps, found.crps[baseline]


def _share(top: Array, bottom: Array) -> float | None:
    return float(top.sum() / bottom.sum()) if bottom.sum() > 0 else None


def _window(when: Mapping[str, Any]) -> tuple[int, ...]:
    return (when["origin"],) if "origin" in when else ()


def _score(panel: Panel, target: Target, levels: Sequence[Level]) -> list[_Scored]:
    """Return the scores of every answered origin, in order of time."""
    found = []
    for at in zip(*(level.rounds for level in levels), strict=True):
        year, rows = at[0].year, at[0].rows
        after = deaths_after(panel, year, target.years, target.lead)[rows]
        known = ~np.isnan(after)
        if not known.any():
            continue
        past = _Past.until(panel, year, target.years)
        given = {name: [one.probabilities[name] for one in at] for name in at[0].probabilities}
        given[ISSUED] = [one.probabilities[level.chosen] for one, level in zip(at, levels, strict=True)]
        crps, inside = {}, {}
        for name, columns in given.items():
            bands = band_chances(np.column_stack(columns))[known]
            scored = [past.score(band, int(place), count) for band, place, count in zip(bands, rows[known], after[known], strict=True)]
            crps[name] = np.array([one[0] for one in scored])
            inside[name] = np.array([one[1] for one in scored], dtype=np.float64)
        found.append(_Scored(crps, inside, rows[known], after[known], year, year))
    return found


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

    @cached_property
    def everyone(self) -> Array:
        """Return how often each count was seen by anybody."""
        return np.asarray(self.seen.sum(axis=0))

    @cached_property
    def edges(self) -> np.ndarray:
        """Return where the bands begin among the counts."""
        return np.searchsorted(self.values, LEVELS)

    def score(self, bands: Array, place: int, came: float) -> tuple[float, bool]:
        """Return CRPS, the integral of the squared distance between both distribution functions, and whether the 90% interval holds `came`."""
        weights, edges = self.everyone + (OWN_WEIGHT - 1.0) * self.seen[place], self.edges
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
