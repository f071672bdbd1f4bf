"""Forecasts monthly deaths from a user's file: read, cut at the origin, forecast, and write the challenge's layout."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from tocsin.flow.challenge_files import write_blocks
from tocsin.flow.fatalities_data import FatalityData, read_fatalities, read_places
from tocsin.flow.fatalities_escalation import Rises
from tocsin.model.errors import BadInput, WrongUse
from tocsin.model.months import first_day, last_day
from tocsin.model.periods import Window
from tocsin.stages.forecast.count_models import COUNT_MODELS, CountMixture, Draws, Sampler, as_paths

#: Places whose draws are in memory at one time.
BLOCK = 500
SHOWN = 10
SUMS = "a draw is one possible course of a place: its months may be added up, but not the draws of several places."
#: Deaths that the first year of the window, or its first two, may reach.
REACHED = (25, 100, 1000)


@dataclass(frozen=True)
class Request:
    """Says what is to be forecast.

    Args:
        level: country or grid.
        kind: state-based, non-state or one-sided.
        model: a name of `COUNT_MODELS`.
        months: first and last month id to forecast; None is the 36 months after the origin.
        origin: last month id whose counts are used; None is the last of the file.
        draws: how many counts a place and month.
        seed: seed of the order of draws, which makes them paths.
        issued_at: the day of issue.
        vintage: edition of the counts, where the file does not say.
        places: a file whose places alone are forecast, such as the actuals that will score it; None is every place.
    """

    level: str
    kind: str
    model: str
    months: tuple[int, int] | None
    origin: int | None
    draws: int
    seed: int
    issued_at: dt.date
    vintage: str | None = None
    places: Path | None = None


def forecast_fatalities(data: Path, request: Request, out: Path | None) -> dict[str, Any]:
    """Return the forecast as plain values, and write its draws and a description under `out`.

    Raises:
        BadInput: the file can't be used.
        WrongUse: a name is not known, or the months are not after the origin.
    """
    if request.model not in COUNT_MODELS:
        raise WrongUse("no such model", "--model", ", ".join(COUNT_MODELS), request.model)
    found = read_fatalities(data, request.level, request.kind, request.origin)
    first, last = request.months or (found.history.origin + 1, found.history.origin + 36)
    _check_order(found, first, request.issued_at)
    steps = list(range(first - found.history.origin, last - found.history.origin + 1))
    rows, missing = _rows(found, request.places)
    sampler = COUNT_MODELS[request.model](found.history)
    shown: list[dict[str, Any]] = []
    digest = hashlib.sha256()
    rises = Rises.of(found.history, request.kind, steps)
    blocks = _blocks(found, _in_blocks(found, sampler, (rows, steps), request), steps, (shown, digest, rises))
    with threadpool_limits(limits=1):  # the same numbers on every computer, and no threads that wait for each other
        file = write_blocks(blocks, out, _window_name(first, last), found.place, request.vintage or found.vintage) if out else None
        for _ in blocks:
            continue  # without a file, the draws are looked at all the same
    answer = {
        **_origin(found, request, Window(first_day(first), last_day(last))),
        "steps": [steps[0], steps[-1]],
        "places": len(rows),
        "units": len(rows) * len(steps),
        "draws": request.draws,
        "seed": request.seed,
        **_provenance(found, data, missing),
        "top": sorted(shown, key=lambda one: (-one["expected"], one["place"]))[:SHOWN],
        "escalation": rises.summary(),
        "weights": sampler.weights(steps) if isinstance(sampler, CountMixture) else None,
        "path": str(file) if file else None,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest() if file else None,
        "draws_sha256": digest.hexdigest(),
    }
    if file is not None:
        described = json.dumps({**answer, "all": sorted(shown, key=lambda one: int(one["place"]))}, indent=1)
        (file.parents[1] / "forecast.json").write_text(described + "\n", encoding="utf-8")
    return answer


def _provenance(found: FatalityData, data: Path, missing: int) -> dict[str, Any]:
    return {
        "data": {"file": data.name, "sha256": found.sha256, "first": first_day(int(found.history.months[0])).isoformat()},
        "not_forecast": missing,
        "skipped": found.skipped,
        "warnings": [*found.warnings, *_short_of(missing)],
        "note": SUMS,
    }


def _check_order(found: FatalityData, first: int, issued_at: dt.date) -> None:
    origin = last_day(found.history.origin)
    if first <= found.history.origin:
        raise WrongUse(
            "the months to forecast are not after the origin",
            "--window or --origin",
            f"a first month after {origin}",
            str(first_day(first)),
        )
    if origin > issued_at:
        raise WrongUse(
            "a forecast may not use what was not yet known when it is issued",
            "--origin and --as-of",
            f"an origin by {issued_at}",
            str(origin),
            "Give an earlier --origin, or a later --as-of.",
        )


def _rows(found: FatalityData, wanted: Path | None) -> tuple[np.ndarray, int]:
    """Return the rows to forecast, and how many places that are wanted have no count in the last month."""
    known = found.history.known()
    if wanted is None:
        return known, len(found.history.places) - len(known)
    places = read_places(wanted, found.place)
    rows = known[np.isin(found.history.places[known], places)]
    if not len(rows):
        raise BadInput("no place of this file has counts", str(wanted), f"{found.place} as in the data", f"{len(places)} others")
    return rows, len(places) - len(rows)


def _in_blocks(
    found: FatalityData, sampler: Sampler, wanted: tuple[np.ndarray, list[int]], request: Request
) -> Iterator[tuple[np.ndarray, Draws]]:
    rows, steps = wanted
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        yield block, as_paths(sampler(block, steps, request.draws), found.history.places[block], request.seed)


def _blocks(
    found: FatalityData, counted: Iterator[tuple[np.ndarray, Draws]], steps: list[int], seen: tuple[list[dict[str, Any]], Any, Rises]
) -> Iterator[tuple[np.ndarray, np.ndarray, Draws]]:
    """Yield months, places and draws block by block; gather what is shown of each place, and the hash of all draws."""
    shown, digest, rises = seen
    months = found.history.origin + np.array(steps)
    for block, counts in counted:
        places = found.history.places[block]
        rising = rises.of_block(block, counts)
        shown += [
            {**_shown(int(place), of_place, int(months[0])), "escalation": rise}
            for place, of_place, rise in zip(places, counts, rising, strict=True)
        ]
        digest.update(np.ascontiguousarray(counts, dtype="<i4").tobytes())
        yield np.tile(months, len(block)), np.repeat(places, len(steps)), counts.reshape(-1, counts.shape[2])


def _shown(place: int, counts: Draws, first: int) -> dict[str, Any]:
    """Return what is said of one place: the deaths of the whole window, what its first year may reach, first and worst month."""
    year, years = (counts[:months].sum(axis=0, dtype=np.int64) for months in (12, 24))
    total = np.quantile(counts.sum(axis=0, dtype=np.int64), [0.05, 0.5, 0.95])
    low, middle, high = np.quantile(counts, [0.05, 0.5, 0.95], axis=1)
    worst = int(high.argmax())
    return {
        "place": place,
        "expected": round(float(counts.mean(axis=1).sum()), 1),
        "total": {"low": float(total[0]), "median": float(total[1]), "high": float(total[2])},
        "first_year_at_least": _reached(year),
        "two_years_at_least": _reached(years) if len(counts) >= 24 else None,
        "chance_of_deaths": round(float((counts[0] > 0).mean()), 3),
        "first_month": {"low": float(low[0]), "median": float(middle[0]), "high": float(high[0])},
        "highest_month": {
            "month": f"{first_day(first + worst):%Y-%m}",
            "low": float(low[worst]),
            "median": float(middle[worst]),
            "high": float(high[worst]),
        },
    }


def _reached(sums: np.ndarray) -> dict[str, float]:
    return {str(deaths): round(float((sums >= deaths).mean()), 3) for deaths in REACHED}


def _origin(found: FatalityData, request: Request, window: Window) -> dict[str, Any]:
    stale = window.stale(request.issued_at)
    origin = last_day(found.history.origin)
    return {
        "vintage": request.vintage or found.vintage,
        "level": request.level,
        "kind": request.kind,
        "model": request.model,
        "origin": origin.isoformat(),
        "issued_at": request.issued_at.isoformat(),
        "window": {"from": window.start.isoformat(), "to": window.end.isoformat()},
        "stale": stale,
        "renew": f"The data end on {origin}. To renew the forecast, load counts of later months." if stale else None,
    }


def _short_of(missing: int) -> list[str]:
    return [f"{missing} places have no count in the last month; they are not forecast."] if missing else []


def _window_name(first: int, last: int) -> str:
    """Return the challenge's name of a calendar year, or first and last month."""
    start, end = first_day(first), first_day(last)
    return f"Y{start.year}" if (start.month, end.month) == (1, 12) and start.year == end.year else f"{start:%Y-%m}_{end:%Y-%m}"
