"""Scores a forecast file against a file of actuals, window by window, and says when the two are of different vintages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from tocsin.flow.challenge_files import SHIFT, Counts, read_actuals, read_forecast, windows
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.evaluation.units import UnitScores, score_units
from tocsin.stages.forecast.evaluation.upsample import DRAWS
from tocsin.stages.forecast.evaluation.vintage import FORECASTS, KNOWN, fingerprint

#: A place is conflict-affected when its history has a death in this many months before the window.
AFFECTED_MONTHS = 120


@dataclass(frozen=True)
class Scored:
    """Holds the mean scores over all units, by window, on conflict-affected places, and what to beware of."""

    total: dict[str, Any]
    by_window: dict[str, dict[str, Any]]
    affected: dict[str, Any] | None
    pit: list[float]
    draws: list[int]
    vintages: list[dict[str, Any]]
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the stable JSON of `tocsin forecast score`."""
        return {
            **self.total,
            "by_window": self.by_window,
            "affected": self.affected,
            "pit": self.pit,
            "draws": self.draws,
            "upsampled": any(n < DRAWS for n in self.draws),
            "vintages": self.vintages,
            "warnings": self.warnings,
        }


@dataclass(frozen=True)
class Part:
    """Holds the scores of one window with the months and places they belong to."""

    window: str
    months: np.ndarray
    scores: UnitScores
    affected: np.ndarray | None
    vintage: dict[str, Any]
    draws: int


def score_forecast(forecast: Path, actuals: Path, vintage: str | None = None, history: Path | None = None) -> Scored:
    """Return every score of the 2023/24 VIEWS challenge.

    Args:
        forecast: a Parquet file, or a folder with `window=` parts.
        actuals: the same, with one outcome for each month and place.
        vintage: the edition of the counts that the forecast was made from, where its file does not say.
        history: counts of earlier months; with it, scores on conflict-affected places are given too.

    Raises:
        BadInput: a unit is in one of the two only, or a file can't be read as it is.
    """
    known = read_actuals(actuals)
    past = read_actuals(history)[0] if history else None
    named = sorted(w for w in windows(forecast) if w is not None)
    by_name = {a.window: a for a in known}
    if named and all(a.window for a in known) and set(named) != set(by_name):
        raise _apart("windows", sorted(set(named) ^ {str(w) for w in by_name}), forecast, actuals)
    parts: list[Part] = []
    seen: list[np.ndarray] = []
    for drawn in read_forecast(forecast):
        observed = _answers(drawn, known, several=len(named) > 1)
        _check_units(drawn, observed, forecast, actuals)
        seen.append(observed.keys)
        parts += _parts(drawn, observed, vintage, past)
    _check_all_used(known, seen, forecast, actuals)
    return _summary(parts, list(_warnings(parts, forecast, actuals, known, past)))


def _answers(drawn: Counts, known: list[Counts], several: bool) -> Counts:
    """Return the actuals that a window of the forecast speaks of."""
    same = [a for a in known if a.window is not None and a.window == drawn.window]
    chosen = same or known
    columns = [np.concatenate([getattr(a, name) for a in chosen]) for name in ("months", "places", "outcomes")]
    merged = replace(chosen[0], months=columns[0], places=columns[1], outcomes=columns[2])
    if same or not several:
        return merged
    inside = np.isin(merged.months, np.unique(drawn.months))
    return replace(merged, months=merged.months[inside], places=merged.places[inside], outcomes=merged.outcomes[inside])


def _check_units(drawn: Counts, observed: Counts, forecast: Path, actuals: Path) -> None:
    if drawn.place != observed.place:
        raise BadInput("forecast and actuals are about different units", str(forecast), observed.place, drawn.place)
    for keys, other, file in ((drawn.keys, observed.keys, forecast), (observed.keys, drawn.keys, actuals)):
        alone = np.setdiff1d(keys, other)
        if len(alone):
            raise _apart(
                "units", [f"month {k // SHIFT}, place {k % SHIFT}" for k in alone], file, actuals if file == forecast else forecast
            )


def _check_all_used(known: list[Counts], seen: list[np.ndarray], forecast: Path, actuals: Path) -> None:
    alone = np.setdiff1d(np.concatenate([a.keys for a in known]), np.concatenate(seen))
    if len(alone):
        raise _apart("units", [f"month {k // SHIFT}, place {k % SHIFT}" for k in alone], actuals, forecast)


def _apart(what: str, alone: list[str], file: Path, other: Path) -> BadInput:
    return BadInput(
        f"{len(alone):,} {what} are in this file only, such as {alone[0]}",
        str(file),
        f"the same {what} as in {other}",
        ", ".join(alone[:3]) + (" ..." if len(alone) > 3 else ""),
        "Leave out what the other file does not speak of, or get the missing part. Nothing was scored.",
    )


def _parts(drawn: Counts, observed: Counts, vintage: str | None, past: Counts | None) -> Iterator[Part]:
    order = np.argsort(observed.keys)
    outcomes = observed.outcomes[order]
    if not np.array_equal(observed.keys[order], drawn.keys):
        raise AssertionError("units were compared before")
    scores = score_units(drawn.outcomes, outcomes)
    affected = _affected(drawn, past) if past is not None else None
    vintages = _vintage(drawn, observed, vintage)
    years = drawn.months * 0 if drawn.window else (drawn.months - 1) // 12 + 1980
    for year in np.unique(years):
        rows = years == year
        yield Part(
            drawn.window or f"Y{year}",
            drawn.months[rows],
            scores.rows(rows),
            affected[rows] if affected is not None else None,
            vintages,
            drawn.outcomes.shape[1],
        )


def _affected(drawn: Counts, past: Counts) -> np.ndarray:
    first = int(drawn.months.min())
    recent = (past.months < first) & (past.months >= first - AFFECTED_MONTHS) & (past.outcomes > 0)
    return np.isin(drawn.places, np.unique(past.places[recent]))


def _vintage(drawn: Counts, observed: Counts, said: str | None) -> dict[str, Any]:
    mark = fingerprint(observed.months, observed.places, observed.outcomes)
    made = fingerprint(drawn.months, drawn.places, drawn.outcomes)
    actual = observed.vintage or KNOWN.get(mark)
    of_forecast = said or drawn.vintage or FORECASTS.get(made)
    return {
        "window": drawn.window,
        "forecast": of_forecast,
        "actuals": actual,
        "same": None if actual is None or of_forecast is None else actual == of_forecast,
        "actuals_mean": float(observed.outcomes.mean()),
        "actuals_fingerprint": mark,
    }


def _warnings(parts: list[Part], forecast: Path, actuals: Path, known: list[Counts], past: Counts | None) -> Iterator[str]:
    vintages = {id(p.vintage): p.vintage for p in parts}.values()
    for one in vintages:
        where = f"window {one['window']}: " if one["window"] else ""
        if one["same"] is False:
            yield (
                f"{where}mixed vintages: the forecast was made from '{one['forecast']}', the actuals are '{one['actuals']}'. "
                "These scores can't be compared with published ones."
            )
    actual = {one["actuals"] for one in vintages if one["actuals"]}
    if len(actual) > 1:
        yield f"mixed vintages: the actuals of the windows are of several editions: {', '.join(sorted(actual))}."
    if any(one["same"] is None for one in vintages):
        beside = list(_neighbors(forecast, actuals, known))
        yield from beside
        if not beside and actual:
            yield (
                f"the forecast does not say from which edition of the counts it was made; the actuals are '{min(actual)}'. "
                "Name the edition with --vintage to have the two compared."
            )
    if past is not None:
        yield from _disagreement(known, past)
    fewest = min(p.draws for p in parts)
    if fewest < DRAWS:
        yield f"the forecast has {fewest} draws a unit; it was up-sampled to {DRAWS:,}."


def _neighbors(forecast: Path, actuals: Path, known: list[Counts]) -> Iterator[str]:
    """Yield a warning for each file beside the two that holds other actuals for the same units."""
    if actuals.is_dir():
        return
    ours = known[0]
    folders = {actuals.parent, forecast.parent if forecast.is_file() else forecast}
    for file in sorted({f for folder in folders for f in folder.glob("*.parquet")} - {actuals, forecast}):
        # Draws are many rows a unit: only a file with as many rows as these actuals can hold others of the same units.
        if pq.read_metadata(file).num_rows != len(ours.months):
            continue
        try:
            other = read_actuals(file)[0]
        except BadInput:
            continue  # not a file of actuals
        if other.place != ours.place or not np.array_equal(np.sort(other.keys), np.sort(ours.keys)):
            continue
        changed = int((other.outcomes[np.argsort(other.keys)] != ours.outcomes[np.argsort(ours.keys)]).sum())
        if changed:
            yield (
                f"{file.name} holds another vintage of these actuals: {changed:,} of {len(ours.months):,} values differ, mean "
                f"{other.outcomes.mean():.2f} against {ours.outcomes.mean():.2f}. The forecast does not say which it was made from: "
                "name it with --vintage."
            )


def _disagreement(known: list[Counts], past: Counts) -> Iterator[str]:
    keys = np.concatenate([a.keys for a in known])
    values = np.concatenate([a.outcomes for a in known])
    shared, ours, theirs = np.intersect1d(keys, past.keys, return_indices=True)
    changed = int((values[ours] != past.outcomes[theirs]).sum())
    if changed:
        yield (
            f"mixed vintages: the history and the actuals give different counts for {changed:,} of the {len(shared):,} units that both hold."
        )


def _summary(parts: list[Part], warnings: list[str]) -> Scored:
    by_window: dict[str, dict[str, Any]] = {}
    for window in sorted({p.window for p in parts}):
        by_window[window] = UnitScores.joined([p.scores for p in parts if p.window == window]).means()
    whole = UnitScores.joined([p.scores for p in parts])
    affected = None
    if parts[0].affected is not None:
        affected = whole.means(np.concatenate([p.affected for p in parts if p.affected is not None]))
    vintages = list({id(p.vintage): p.vintage for p in parts}.values())
    return Scored(whole.means(), by_window, affected, [float(x) for x in whole.pit], sorted({p.draws for p in parts}), vintages, warnings)
