"""Why one territory got its forecasts: what moved them, what changed, what followed in similar cases, what is missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tocsin.flow.read.places import Place, place
from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.risk import COLUMNS, Similar, Stamp, similar_cases, stamp_of
from tocsin.model.errors import NotFound
from tocsin.model.targets import deaths_of
from tocsin.storage import Snapshot


@dataclass(frozen=True)
class Moved:
    """Holds one input: its value, its value at the origin before where it is known, and what it moves in log-odds."""

    name: str
    value: float | None
    before: float | None
    log_odds: float | None


@dataclass(frozen=True)
class LastRun:
    """Holds what the run before gave for the same question; `why` says what differs between the two runs."""

    run: str
    probability: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Why:
    """Holds one forecast with everything that explains it."""

    id: str
    place: Place
    target: str
    horizon: int
    probability: float
    low: float | None
    high: float | None
    climatology: float | None
    rank: int | None
    model: str
    vintage: str
    stamp: Stamp
    inputs: tuple[Moved, ...]
    before: float | None
    refit: float | None
    changed: tuple[Moved, ...]
    similar: tuple[Similar, ...]
    cases: int
    events: int
    missing: tuple[str, ...]
    last_run: LastRun | None


def why_of(published: Published, code: str) -> tuple[Why, ...]:
    """Return every chance that the models shown give a territory, windows that lie ahead first."""

    def build() -> tuple[Why, ...]:
        rows = published.select("forecasts", COLUMNS, territory=code, chosen=True)
        rows = [row for row in rows if row["probability"] is not None]
        rows.sort(key=lambda row: (bool(row["stale"]), int(row["horizon_months"]), deaths_of(row["target"])))
        before = _previous(published.snapshot)
        return tuple(_why(row, _last_run(published.snapshot, before, row)) for row in rows)

    return published.once(("why", code), build)


def why_of_id(snapshot: Snapshot, published: Published, identifier: str) -> Why:
    """Return the reasons of one forecast by its id.

    Raises:
        NotFound: no forecast of this run has the id, or it is not of the model shown.
    """
    row = published.row("forecasts", identifier)
    if row is None or row["probability"] is None or not row["why"]:
        raise NotFound(
            "no forecast of the model shown has this id", identifier[:40], "an id from the table of forecasts", "none", "See: /forecasts"
        )
    return _why(row, _last_run(snapshot, _previous(snapshot), row))


def _why(row: Row, last_run: LastRun | None) -> Why:
    found: dict[str, Any] = json.loads(row["why"] or "{}")
    changed = found.get("changed") or {}
    followed = found.get("followed") or {}
    return Why(
        id=row["id"],
        place=place(row["territory"]),
        target=row["target"],
        horizon=int(row["horizon_months"]),
        probability=float(row["probability"]),
        low=row["low"],
        high=row["high"],
        climatology=row["climatology"],
        rank=row["rank"],
        model=row["model"],
        vintage=row["vintage"] or "",
        stamp=stamp_of(row),
        inputs=tuple(Moved(one["input"], one.get("value"), None, one.get("log_odds")) for one in found.get("inputs", ())),
        before=row["previous"],
        refit=changed.get("refit"),
        changed=tuple(Moved(one["input"], one["now"], one["before"], one["log_odds"]) for one in changed.get("inputs", ())),
        similar=similar_cases(found),
        cases=int(followed.get("cases", 0)),
        events=int(followed.get("events", 0)),
        missing=tuple(row["missing"] or ()),
        last_run=last_run,
    )


def _previous(snapshot: Snapshot) -> Snapshot | None:
    """Return the run before this one, where this workspace still holds it."""
    name = snapshot.manifest.get("previous")
    path = snapshot.root / "runs" / f"{name}.json"
    if not name or not path.exists():
        return None
    before = Snapshot(snapshot.root, json.loads(path.read_text("utf-8")))
    return before if all(folder.exists() for folder in before.folders().values()) else None


def _last_run(snapshot: Snapshot, before: Snapshot | None, row: Row) -> LastRun | None:
    if before is None:
        return None
    keys = ("target", "territory", "window_from", "window_to")
    wanted = tuple(row[key] for key in keys)
    found = next((p for k, p in _given(before) if k == wanted), None)
    if found is None:
        return None
    names = {"code": "the version of Tocsin", "seed": "the seed", "inputs": "the data", "as_of": "the day"}
    return LastRun(before.run, found, tuple(text for key, text in names.items() if before.manifest.get(key) != snapshot.manifest.get(key)))


def _given(snapshot: Snapshot) -> list[tuple[tuple[Any, ...], float]]:
    table = snapshot.table("forecasts").select(["target", "territory", "window_from", "window_to", "chosen", "probability"])
    return [
        ((row["target"], row["territory"], row["window_from"], row["window_to"]), float(row["probability"]))
        for row in table.to_pylist()
        if row["chosen"] and row["probability"] is not None
    ]


def as_dict(why: Why) -> dict[str, Any]:
    """Return the reasons of one forecast as JSON."""
    return {
        "id": why.id,
        "territory": why.place.code,
        "target": why.target,
        "horizon_months": why.horizon,
        "window_from": why.stamp.window_from.isoformat(),
        "window_to": why.stamp.window_to.isoformat(),
        "probability": why.probability,
        "low": why.low,
        "high": why.high,
        "climatology": why.climatology,
        "rank": why.rank,
        "model": why.model,
        "vintage": why.vintage,
        "stale": why.stamp.stale,
        "inputs": [{"input": one.name, "value": one.value, "log_odds": one.log_odds} for one in why.inputs],
        "changed": {
            "probability_before": why.before,
            "refit": why.refit,
            "inputs": [{"input": one.name, "before": one.before, "now": one.value, "log_odds": one.log_odds} for one in why.changed],
        },
        "similar": [{"territory": one.place.code, "year": one.year, "deaths_after": one.deaths_after} for one in why.similar],
        "followed": {"cases": why.cases, "events": why.events},
        "missing": list(why.missing),
        "last_run": {"run": why.last_run.run, "probability": why.last_run.probability, "differs": list(why.last_run.why)}
        if why.last_run
        else None,
    }
