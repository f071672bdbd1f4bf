"""Scores of the models: over all years, window by window, calibration, misses. The numbers are invented."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from web.rows.content import Content

LOSSES = {"stack": 0.155, "boosting": 0.161, "logit5": 0.165, "persistence": 0.30, "climatology": 0.29}
TARGETS = ("one_sided_25", "one_sided_100", "one_sided_1000")
CALIBRATION = ((0.004, 0.002), (0.02, 0.018), (0.06, 0.05), (0.14, 0.17), (0.33, 0.29), (0.61, 0.55), (0.9, 0.93))
MISSES = (("LBY", 2011, 71), ("CAF", 2013, 44), ("MLI", 2012, 38))
COUNTS = {"count_mixture": 9.3, "conflictology": 10.1, "persistence": 11.0, "climatology": 12.0}


def add(content: Content) -> None:
    """Add the scores; they rest on the first forecasts."""
    given = [row["id"] for row in content.rows["forecasts"]][:3]
    for target in TARGETS:
        _over_all_years(content, target, given)
        for origin in range(2008, 2024):
            _one_window(content, target, origin, given, LOSSES)
        for said, came in CALIBRATION:
            _score(content, target, "stack", f"calibration:{said}", came, given, low=max(0.0, came - 0.05), high=min(1.0, came + 0.05))
        for territory, year, rank in MISSES:
            _score(content, target, "stack", f"miss:{territory}:{year}", float(rank), given, low=0.011)
    for model, crps in COUNTS.items():
        _score(content, "one_sided_count", model, "crps", crps, given)
        _score(content, "one_sided_count", model, "coverage90", 0.91, given)
        skill = 1 - crps / COUNTS["climatology"]
        if skill:
            gained = {"skill": skill, "baseline": "climatology"}
            _score(content, "one_sided_count", model, "crps_gain", COUNTS["climatology"] - crps, given, **gained)
            _score(content, "one_sided_count", model, "crps_skill", skill, given, low=skill - 0.1, high=skill + 0.1, baseline="climatology")
    for origin in range(2008, 2024):
        _one_window(content, "one_sided_count", origin, given, COUNTS)


def _over_all_years(content: Content, target: str, given: list[str]) -> None:
    for model, loss in LOSSES.items():
        values = {
            "log_loss": loss, "brier": loss / 3, "auc": 0.98 - loss / 2, "recall_at_30": 0.9 - loss, "expected_observed": 1.0 + loss / 3,
        }  # fmt: skip
        for metric, value in values.items():
            around = {"low": value * 0.9, "high": value * 1.1, "skill": 1 - loss / 0.29, "baseline": "climatology"}
            _score(content, target, model, metric, value, given, **around)


def _one_window(content: Content, target: str, origin: int, given: list[str], means: dict[str, float]) -> None:
    role = "test" if origin >= 2012 else "choice"
    pairs = [(model, baseline) for model in means for baseline in ("climatology", "persistence") if model != baseline]
    for model, baseline in pairs:
        gain = means[baseline] - means[model] - (0.4 if origin == 2017 else 0.0)
        content.computed(
            "scores", f"{target}-{model}-{baseline}-{origin}", given, "rolling-origin, one window",
            parameters=json.dumps({"horizon_months": 12, "origin": origin, "lead_years": 0, "role": role}),
            model=model, target=target, window_from=dt.date(origin + 1, 1, 1), window_to=dt.date(origin + 1, 12, 31),
            metric="crps_gain" if means is COUNTS else "log_score_gain", value=gain, low=gain - 0.05, high=gain + 0.05,
            skill=gain / means[baseline], baseline=baseline,
            rows=195, events=20, vintage="final",
        )  # fmt: skip


def _score(content: Content, target: str, model: str, metric: str, value: float, given: list[str], **more: Any) -> None:
    content.computed(
        "scores", f"{target}-{model}-{metric}", given, "rolling_origin", model=model, target=target, window_from=dt.date(2000, 1, 1),
        window_to=dt.date(2024, 12, 31), metric=metric, value=value, rows=4800, events=410, vintage="final", **more,
    )  # fmt: skip
