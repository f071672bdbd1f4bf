"""Seals forecasts before their window opens, and scores what was sealed when the answer is known.

A seal is a hash over the forecast rows, the version of the code and the files behind the data, taken while the
window still lay ahead. Whoever wrote the hash down can later tell whether the forecast is the one that was made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from tocsin.model.errors import BadInput, Refused
from tocsin.model.ids import stable_id
from tocsin.model.tables import Row
from tocsin.model.targets import deaths_of
from tocsin.stages.forecast.evaluation import brier, crps_of_draws, log_losses

State = Literal["ahead", "running", "awaits labels", "scored"]
#: What of a forecast is sealed: the question, the answer given, and the dates. The rest can be made again from it.
SEALED = (
    "id",
    "target",
    "territory",
    "origin",
    "horizon_months",
    "window_from",
    "window_to",
    "issued_at",
    "model",
    "chosen",
    "probability",
    "low",
    "high",
    "climatology",
    "draws",
    "vintage",
)


@dataclass(frozen=True)
class Made:
    """Says how sealed forecasts were made: run, code, seed, and the files of each dataset behind them."""

    run: str
    code: str
    seed: int
    files: Mapping[str, Sequence[str]]


def sealed_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the sealed part of forecast rows as plain JSON values, in the order of their ids."""
    return sorted(({name: _plain(row.get(name)) for name in SEALED} for row in rows), key=lambda row: str(row["id"]))


def fingerprint(value: object) -> str:
    """Return the SHA-256 of a JSON value written one way only: sorted keys, no spaces, floats in full.

    >>> fingerprint({"b": 1, "a": 0.1}) == fingerprint({"a": 0.1, "b": 1})
    True
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal(rows: Sequence[Row], made: Made, now: dt.datetime) -> dict[str, Any]:
    """Return the line of the ledger that seals `rows`: one window, three hashes, and when.

    Raises:
        BadInput: there is no row, a number is not finite, or the rows have several windows.
        Refused: the window has begun.
    """
    windows = sorted({(row["window_from"], row["window_to"]) for row in rows})
    if len(windows) != 1:
        raise BadInput(
            "a seal holds the forecasts of one window",
            "forecast rows",
            "one window",
            f"{len(windows)} windows",
            "Seal each window on its own.",
        )
    start, end = windows[0]
    refuse_begun(start, now)
    kept = sealed_rows(rows)
    if any(row["probability"] is not None and not math.isfinite(row["probability"]) for row in kept):
        raise BadInput("a probability is not a finite number", "forecast rows", "0 to 1", "not finite", "Run the forecast again.")
    hashes = {"forecast": fingerprint(kept), "data": fingerprint({name: list(made.files[name]) for name in sorted(made.files)})}
    body = {
        "kind": "seal",
        "at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "run": made.run,
        "code": made.code,
        "seed": made.seed,
        "files": {name: list(made.files[name]) for name in sorted(made.files)},
        "window_from": start.isoformat(),
        "window_to": end.isoformat(),
        "origin": _one(kept, "origin"),
        "issued_at": _one(kept, "issued_at"),
        "vintage": _one(kept, "vintage"),
        "targets": sorted({str(row["target"]) for row in kept}),
        "rows": len(kept),
        "territories": len({row["territory"] for row in kept}),
        "forecast_sha256": hashes["forecast"],
        "data_sha256": hashes["data"],
    }
    sealed = fingerprint([hashes["forecast"], made.code, hashes["data"], body["window_from"], body["window_to"]])
    return {"id": stable_id("sea", sealed), "seal_sha256": sealed, **body}


def refuse_begun(start: dt.date, now: dt.datetime) -> None:
    """Refuse to seal for a window that begins today or has begun.

    Raises:
        Refused: the day of `now` in UTC is not before `start`.
    """
    today = now.astimezone(dt.UTC).date()
    if today >= start:
        raise Refused(
            "the window has begun, so a forecast of it can't be sealed any more",
            f"window from {start}",
            f"a day before {start}",
            str(today),
            "Seal forecasts while their window lies ahead: tocsin run, then tocsin forecast seal.",
        )


def wrong_in(line: Row, rows: Sequence[Row]) -> str:
    """Return what does not fit between a line of the ledger and the rows kept with it; nothing where all fits."""
    if fingerprint(list(rows)) != line["forecast_sha256"]:
        return "the forecast rows are not the ones that were sealed"
    if fingerprint(line["files"]) != line["data_sha256"]:
        return "the list of files is not the one that was sealed"
    expected = fingerprint([line["forecast_sha256"], line["code"], line["data_sha256"], line["window_from"], line["window_to"]])
    if expected != line["seal_sha256"] or line["id"] != stable_id("sea", expected):
        return "the seal is not the hash of what it names"
    if line["at"][:10] >= line["window_from"]:
        return "it was sealed after its window had begun"
    return ""


def state_of(line: Row, scored: bool, today: dt.date) -> State:
    """Return where a sealed forecast stands: ahead, running, awaiting labels, or scored."""
    if scored:
        return "scored"
    if today.isoformat() < line["window_from"]:
        return "ahead"
    return "running" if today.isoformat() <= line["window_to"] else "awaits labels"


def score_sealed(line: Row, rows: Sequence[Row], deaths: Mapping[tuple[str, int], float]) -> list[dict[str, Any]]:
    """Return the scores of a sealed forecast by model and target over the territories whose answer is known.

    A territory without a figure for every year of the window is left out as unknown, never counted as calm; where
    no territory has an answer the window is unresolved and nothing is returned. Each entry holds model, target,
    metric, value, baseline, rows, events and how many territories are still open.

    Args:
        line: the line of the ledger.
        rows: the rows sealed under it.
        deaths: one-sided deaths by territory and year, as now known.
    """
    years = range(int(line["window_from"][:4]), int(line["window_to"][:4]) + 1)
    groups: dict[tuple[str, str], list[tuple[Row, float]]] = {}
    unknown: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (str(row["model"]), str(row["target"]))
        counts = [deaths.get((str(row["territory"]), year)) for year in years]
        if any(count is None for count in counts):
            unknown[key] = unknown.get(key, 0) + 1
        else:
            groups.setdefault(key, []).append((row, float(sum(count for count in counts if count is not None))))
    found = []
    for (model, target), answered in sorted(groups.items()):
        rest = {"model": model, "target": target, "rows": len(answered), "open": unknown.get((model, target), 0)}
        found += [{**rest, **score} for score in _scores(target, answered)]
    return found


def _scores(target: str, answered: list[tuple[Row, float]]) -> list[dict[str, Any]]:
    came = np.array([count for _, count in answered])
    if answered[0][0]["draws"]:
        draws = np.array([row["draws"] for row, _ in answered], dtype=float)
        inside = [row["low"] <= count <= row["high"] for row, count in answered]
        return [
            {"metric": "crps", "value": float(crps_of_draws(draws, came).mean()), "baseline": None, "events": int((came > 0).sum())},
            {"metric": "coverage90", "value": float(np.mean(inside)), "baseline": None, "events": int((came > 0).sum())},
        ]
    labels = (came >= deaths_of(target)).astype(float)
    given = np.array([row["probability"] for row, _ in answered])
    usual = np.array([row["climatology"] for row, _ in answered])
    events = int(labels.sum())
    losses, reference = log_losses(given, labels), log_losses(usual, labels)
    return [
        {"metric": "log_loss", "value": float(losses.mean()), "baseline": None, "events": events},
        {"metric": "brier", "value": float(brier(given, labels).mean()), "baseline": None, "events": events},
        {"metric": "log_score_gain", "value": float((reference - losses).mean()), "baseline": "climatology", "events": events},
    ]


def _one(rows: Sequence[Row], name: str) -> Any:
    values = {row[name] for row in rows}
    return values.pop() if len(values) == 1 else None


def _plain(value: object) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, list | tuple) else value
