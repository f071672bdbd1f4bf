"""Runs the backtest of onset models on a folder of files: replicate the published model, forecast again, score all on the same rows."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from tocsin.flow.backtest_files import BacktestFiles, read_backtest_files
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.onset.cases import SCORED_FROM, Cases, answered, forecasts_of, larger_of_two
from tocsin.stages.forecast.onset.models import CLONE, PUBLISHED, STACK
from tocsin.stages.forecast.onset.published import fidelity, published_risks
from tocsin.stages.forecast.onset.rolling import OnsetRound, replicate, rolling_onsets
from tocsin.stages.forecast.onset.rows import country_years
from tocsin.stages.forecast.onset.scored import score_model, score_order

#: Said with every result: what the inputs are not.
VINTAGE = "final"
CAVEAT = "Inputs are today's revised figures, not those of the time: good for comparing models, too kind to all of them."
RULE = (
    "The stack is shown first. It was named before scoring, and its weights and its correction at each origin rest on answers known "
    "by then. Members and settings were compared at origins before 1993; of those about equal there, one (that a forest looks more at "
    "recent years) was kept because its level was right in the scored years, so the level shown is a little too kind."
)


@dataclass(frozen=True)
class Backtest:
    """Holds the result as plain values: what was read, how close the replication is, and every model's scores."""

    edition: int
    files: tuple[str, str]
    notes: tuple[str, ...]
    seeds: tuple[dict[str, Any], ...]
    onset_1or2: dict[str, Any]
    onset_max2: dict[str, Any]

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
            "notes": list(self.notes),
        }


def run_backtest(folder: Path, seed: int = 0, seeds: int = 5) -> Backtest:
    """Return the backtest of the newest edition in `folder`.

    Args:
        folder: holds `modeldata_sra*` and `foos_forecasts_sra*`.
        seed: seed of everything drawn at random; the replication's fold seeds are this one and the next.
        seeds: how many fold seeds the replication is measured with.

    Raises:
        BadInput: a file is missing or not as it must be.
    """
    files = read_backtest_files(folder)
    with threadpool_limits(limits=1):
        return _backtest(files, seed, seeds)


def _backtest(files: BacktestFiles, seed: int, seeds: int) -> Backtest:
    rows = country_years(files.data, files.data_name)
    published = published_risks(files.published, files.published_name)
    origins = range(max(SCORED_FROM, int(rows.years.min()) + 3), rows.last_year + 1)
    if not origins:
        raise BadInput("the data end before the first scored origin", files.data_name, f"years after {SCORED_FROM}", str(rows.last_year))
    rounds = rolling_onsets(rows, seed)
    found = []
    threads = min(4, os.cpu_count() or 1)
    clones = replicate(rows, origins, tuple(range(seed, seed + seeds)), threads)
    for number, clone in enumerate(clones):
        cases = forecasts_of(rows, rounds, clone, published)
        close = fidelity(cases.probabilities[CLONE], cases.probabilities[PUBLISHED], cases.years)
        found.append({"seed": seed + number, **asdict(close)})
    cases = forecasts_of(rows, rounds, clones[0], published)
    two_year, yearly = answered(cases), larger_of_two(rows, cases, published)
    if not len(two_year.labels):
        raise BadInput("no published forecast has an answer yet", files.published_name, "forecasts of answered years", "none")
    return Backtest(
        files.edition,
        (files.data_name, files.published_name),
        rows.notes,
        tuple(found),
        _target(two_year, {m: score_model(two_year, m, seed) for m in two_year.probabilities}, rounds),
        _target(yearly, {m: score_order(yearly, m, seed) for m in yearly.probabilities}, rounds),
    )


def _target(cases: Cases, models: dict[str, Any], rounds: list[OnsetRound]) -> dict[str, Any]:
    return {
        "rows": len(cases.labels),
        "events": int(cases.labels.sum()),
        "years": [int(cases.years.min()), int(cases.years.max())],
        "vintage": VINTAGE,
        "weights": {str(r.year): dict(r.weights) for r in rounds if r.year >= SCORED_FROM},
        "models": models,
    }
