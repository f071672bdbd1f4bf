"""Runs the backtest of onset models on a folder of files: replicate the published model, forecast again, score all on the same rows."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from tocsin.flow.backtest_files import BacktestFiles, read_backtest_files
from tocsin.flow.context import Progress, silent
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.onset.cases import SCORED_FROM, Cases, answered, forecasts_of, larger_of_two, unscored
from tocsin.stages.forecast.onset.models import CLONE, PUBLISHED, STACK
from tocsin.stages.forecast.onset.published import compare_onsets, fidelity, published_risks
from tocsin.stages.forecast.onset.rolling import OnsetRound, first_origin, replicate, rolling_onsets
from tocsin.stages.forecast.onset.rows import HORIZON, CountryYears, country_years
from tocsin.stages.forecast.onset.scored import score_model, score_order

#: Said with every result: what the inputs are not.
VINTAGE = "final"
CAVEAT = "Inputs are today's revised figures, not those of the time: good for comparing models, too kind to all of them."
RULE = (
    "The stack is shown first. Its members, the way they are mixed and its correction were chosen by a rule that was fixed before it was "
    "scored: the best mean rank over log score, average precision (as it is, and without the level of the year) and recall at 10 and 30, "
    "over 200 draws of countries, at origins 1974 to 1990, whose answers were known before 1993. Its weights and its correction at each "
    "origin rest on answers known by then. The form of the correction was first taken when others had been scored on these "
    "rows, and the rule kept it, so the level is no blind test. It is the second stack chosen in this way; the first, "
    "and all others that were ever scored on these rows, stand in the documentation."
)
#: More threads than this bring nothing: the trees share the memory's speed.
THREADS = 8
#: Last origin of the figures that were published: later ones are scored with them and apart from them.
PUBLISHED_TO = 2014


@dataclass(frozen=True)
class Backtest:
    """Holds the result as plain values: what was read, how close the replication is, and every model's scores.

    `windows` holds the scores of both targets for the origins of the published figures, and for later ones where there are any.
    """

    edition: int
    files: tuple[str, str]
    notes: tuple[str, ...]
    seeds: tuple[dict[str, Any], ...]
    onset_1or2: dict[str, Any]
    onset_max2: dict[str, Any]
    windows: dict[str, dict[str, Any]]

    def clone(self) -> dict[str, Any]:
        """Return the fidelity of the replication: each fold seed, and the median of them."""
        keys = ("spearman", "within_year", "difference")
        known = {key: [s[key] for s in self.seeds if s[key] is not None] for key in keys}
        medians = {key: float(np.median(values)) if values else None for key, values in known.items()}
        return {"rows": self.seeds[0]["rows"], **medians, "seeds": list(self.seeds)}

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON shape: the two-year label on top, with the recall of the larger of two forecasts."""
        order = self.onset_max2["models"]
        models = {name: {**scores, "recall_at": order[name]["recall_at"]} for name, scores in self.onset_1or2["models"].items()}
        return {
            "rows": self.onset_1or2["rows"],
            "events": self.onset_1or2["events"],
            "vintage": VINTAGE,
            "caveat": CAVEAT,
            "edition": self.edition,
            "files": list(self.files),
            "chosen": STACK,
            "rule": RULE,
            "clone": self.clone(),
            "models": models,
            "targets": {"onset_1or2": self.onset_1or2, "onset_max2": self.onset_max2},
            "windows": self.windows,
            "notes": list(self.notes),
        }


def run_backtest(folder: Path, seed: int = 0, seeds: int = 5, progress: Progress = silent) -> Backtest:
    """Return the backtest of the newest edition in `folder`.

    Args:
        folder: holds `modeldata_sra*` and `foos_forecasts_sra*`.
        seed: seed of everything drawn at random; the replication's fold seeds are this one and the next.
        seeds: how many fold seeds the replication is measured with.
        progress: is told of each origin that is done.

    Raises:
        BadInput: a file is missing or not as it must be.
    """
    files = read_backtest_files(folder)
    with threadpool_limits(limits=1):
        return _backtest(files, seed, seeds, progress)


def _backtest(files: BacktestFiles, seed: int, seeds: int, progress: Progress) -> Backtest:
    rows = country_years(files.data, files.data_name)
    published = published_risks(files.published, files.published_name)
    notes = (*files.notes, *compare_onsets(files.published, rows, files.published_name), *rows.notes)
    origins = _origins(rows, files.data_name)
    watch = _Watch(progress, len(origins) + rows.last_year - first_origin(rows) + 1)
    threads = min(THREADS, os.cpu_count() or 1)
    clones = replicate(rows, origins, tuple(range(seed, seed + seeds)), threads, watch)
    rounds = rolling_onsets(rows, seed, threads, watch)
    found = []
    for number, clone in enumerate(clones):
        cases = forecasts_of(rows, rounds, clone, published)
        close = fidelity(cases.probabilities[CLONE], cases.probabilities[PUBLISHED], cases.years)
        found.append({"seed": seed + number, **asdict(close)})
    cases = forecasts_of(rows, rounds, clones[0], published)
    notes = (*notes, *unscored(rows, rounds, cases))
    two_year, yearly = answered(cases), larger_of_two(rows, cases, published)
    if not len(two_year.labels):
        raise BadInput("no published forecast has an answer yet", files.published_name, "forecasts of answered years", "none")
    whole = _targets(two_year, yearly, rounds, seed)
    return Backtest(
        files.edition,
        (files.data_name, files.published_name),
        notes,
        tuple(found),
        whole["onset_1or2"],
        whole["onset_max2"],
        _windows(two_year, yearly, rounds, seed),
    )


class _Watch:
    """Counts origins as they are done, from whatever thread."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done, self.lock = progress, total, 0, Lock()

    def __call__(self, year: int) -> None:
        with self.lock:
            self.done += 1
            self.progress(self.done, self.total, f"origin {year}")


def _origins(rows: CountryYears, where: str) -> range:
    """Return the scored origins: from the first published one, and only where enough earlier years are there to learn from."""
    first = max(SCORED_FROM, first_origin(rows))
    if first > rows.last_year:
        got = f"{int(rows.years.min())} to {rows.last_year}"
        raise BadInput("the data end before the first scored origin", where, f"years before {SCORED_FROM} and after it", got)
    return range(first, rows.last_year + 1)


def _windows(two_year: Cases, yearly: Cases, rounds: list[OnsetRound], seed: int) -> dict[str, dict[str, Any]]:
    """Return the scores apart: origins of the published figures, and later ones; a part without rows is left out."""
    last = PUBLISHED_TO
    parts = {"published": (two_year.years <= last, yearly.years <= last + HORIZON)}
    parts["later"] = (two_year.years > last, yearly.years > last + HORIZON)
    return {
        name: _targets(two_year.take(np.flatnonzero(first)), yearly.take(np.flatnonzero(second)), rounds, seed)
        for name, (first, second) in parts.items()
        if first.any() and second.any()
    }


def _targets(two_year: Cases, yearly: Cases, rounds: list[OnsetRound], seed: int) -> dict[str, Any]:
    return {
        "onset_1or2": _target(two_year, {m: score_model(two_year, m, seed) for m in two_year.probabilities}, rounds),
        "onset_max2": _target(yearly, {m: score_order(yearly, m, seed) for m in yearly.probabilities}, rounds),
    }


def _target(cases: Cases, models: dict[str, Any], rounds: list[OnsetRound]) -> dict[str, Any]:
    return {
        "rows": len(cases.labels),
        "events": int(cases.labels.sum()),
        "years": [int(cases.years.min()), int(cases.years.max())],
        "vintage": VINTAGE,
        "weights": {str(r.year): dict(r.weights) for r in rounds if r.year >= SCORED_FROM},
        "models": models,
    }
