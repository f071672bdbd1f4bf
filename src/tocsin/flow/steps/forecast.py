"""Runs the forecast stage on the yearly figures of a run."""

from __future__ import annotations

import json

from threadpoolctl import threadpool_limits

from tocsin.flow.context import Context, StepResult
from tocsin.stages.forecast import issue_forecasts

#: What every model learned, beside the tables of the stage.
MODELS_FILE = "models.json"


def step(context: Context) -> StepResult:
    """Return forecasts and scores; one thread a library, so that every computer gives the same numbers."""
    with threadpool_limits(limits=1):
        issue = issue_forecasts(context.earlier("figures").to_pylist(), context.run.as_of, context.run.seed)
    notes = () if issue.forecasts.num_rows else ("No yearly deaths are on hand, so nothing was forecast.",)
    content = json.dumps({"models": list(issue.models)}, ensure_ascii=False, indent=1).encode("utf-8")
    files = {MODELS_FILE: content} if issue.models else {}
    return StepResult({"forecasts": issue.forecasts, "scores": issue.scores, "input_sets": issue.input_sets}, files, notes=notes)
