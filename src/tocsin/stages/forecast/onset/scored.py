"""Scores every onset model on the same rows, as plain values that a table or JSON can show."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from tocsin.stages.forecast.evaluation.alerts import alert_record, on_alert
from tocsin.stages.forecast.evaluation.bootstrap import group_interval
from tocsin.stages.forecast.evaluation.calibration import calibration_curve, calibration_line
from tocsin.stages.forecast.evaluation.corp import corp
from tocsin.stages.forecast.evaluation.misses import misses
from tocsin.stages.forecast.evaluation.observed_expected import observed_expected
from tocsin.stages.forecast.evaluation.paired import paired_log_gain
from tocsin.stages.forecast.evaluation.ranking import auc, average_precision
from tocsin.stages.forecast.evaluation.recall import chance_in_top, recall_at
from tocsin.stages.forecast.evaluation.scores import brier, log_losses
from tocsin.stages.forecast.evaluation.skill import log_skill
from tocsin.stages.forecast.onset.cases import Cases
from tocsin.stages.forecast.onset.models import PUBLISHED
from tocsin.stages.forecast.panel import Array

TOP = (10, 20, 30)
#: An alert begins at this two-year chance and ends below the second: the higher of the published project's own two thresholds, and half of it.
ALERT, STAND_DOWN = 0.04, 0.02
BLOCK, ENOUGH = 10, 20
#: The larger of two chances is a rank, no chance: scores of chances stand as unknown beside it.
OF_CHANCES_ONLY = ("brier", "log_loss", "log_loss_skill", "log_loss_skill_expanding", "expected_observed")
#: Scores of probabilities hold them this far from 0 and 1.
HELD = 1e-6


def score_model(cases: Cases, model: str, seed: int) -> dict[str, Any]:
    """Return the proper scores, the order scores and the calibration of one model on answered rows."""
    given, label = np.clip(cases.probabilities[model], HELD, 1 - HELD), cases.labels
    base = cases.probabilities["climatology"]
    total = observed_expected(given, label)
    return {
        "auc": auc(given, label),
        "average_precision": average_precision(given, label),
        "recall_at": {str(k): recall_at(given, label, cases.years, k) for k in TOP},
        "brier": float(brier(given, label).mean()),
        "log_loss": float(log_losses(given, label).mean()),
        "log_loss_skill": log_skill(given, label),
        "log_loss_skill_expanding": log_skill(given, label, base),
        "log_loss_skill_persistence": log_skill(given, label, cases.probabilities["persistence"]),
        "brier_skill": _brier_skill(given, label),
        "expected_observed": total.expected_observed,
        "observed": total.observed,
        "expected": total.expected,
        "blocks": _blocks(given, cases),
        "without_prior": _part(given, label, ~cases.prior),
        "with_prior": _part(given, label, cases.prior),
        "paired_log_score": _paired(given, cases, seed),
        "corp": {"log": asdict(corp(given, label, log_losses)), "brier": asdict(corp(given, label, brier))},
        "calibration": [asdict(one) for one in calibration_curve(given, label)],
        "calibration_line": calibration_line(given, label),
    }


def score_order(cases: Cases, model: str, seed: int) -> dict[str, Any]:
    """Return how well a model orders the countries of each year: recall with its interval, alerts, lead time, misses."""
    given, label = cases.probabilities[model], cases.labels
    alerts = on_alert(given, cases.codes, cases.years, ALERT, STAND_DOWN)
    record = alert_record(alerts, label, cases.codes, cases.years)
    intervals: dict[str, tuple[float, float] | None] = {}
    for k in TOP:
        hits = chance_in_top(given, cases.years, k)
        intervals[str(k)] = group_interval(hits * label, label, cases.codes, seed) if label.any() else None
    return {
        "auc": auc(given, label),
        "average_precision": average_precision(given, label),
        "recall_at": {str(k): recall_at(given, label, cases.years, k) for k in TOP},
        "recall_interval": intervals,
        "alerts": {**asdict(record), "threshold": ALERT, "median_lead_months": record.median_lead},
        **dict.fromkeys(OF_CHANCES_ONLY),
        "paired_log_score": {"against": PUBLISHED, "mean": None, "low": None, "high": None},
        "missed": [asdict(one) for one in misses(given, label, cases.names, cases.years, TOP[-1])],
    }


def _part(given: Array, label: Array, rows: np.ndarray) -> dict[str, Any]:
    """Return the scores on part of the rows: countries without, or with, an earlier mass killing."""
    if not rows.any():
        return {"rows": 0, "events": 0, "auc": None, "log_loss_skill": None}
    own, came = given[rows], label[rows]
    return {"rows": int(rows.sum()), "events": int(came.sum()), "auc": auc(own, came), "log_loss_skill": log_skill(own, came)}


def _paired(given: Array, cases: Cases, seed: int) -> dict[str, Any]:
    other = np.clip(cases.probabilities[PUBLISHED], HELD, 1 - HELD)
    return {"against": PUBLISHED, **asdict(paired_log_gain(given, other, cases.labels, cases.codes, seed))}


def _brier_skill(given: Array, label: Array) -> float | None:
    reference = float(brier(np.full(len(label), label.mean()), label).mean())
    return float(1 - brier(given, label).mean() / reference) if reference else None


def _blocks(given: Array, cases: Cases) -> list[dict[str, Any]]:
    """Return observed and expected by ten years of origins; `judged` where at least `ENOUGH` are expected."""
    found = []
    for first in range(int(cases.years.min()), int(cases.years.max()) + 1, BLOCK):
        rows = (cases.years >= first) & (cases.years < first + BLOCK)
        if not rows.any():
            continue
        block = observed_expected(given[rows], cases.labels[rows])
        found.append(
            {
                "origins": [first, int(cases.years[rows].max())],
                **asdict(block),
                "judged": block.expected >= ENOUGH,
                "consistent": block.consistent,
            }
        )
    return found
