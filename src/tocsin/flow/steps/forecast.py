"""Runs the forecast stage on the yearly figures of a run."""

from __future__ import annotations

from threadpoolctl import threadpool_limits

from tocsin.flow.context import Context, StepResult
from tocsin.stages.forecast import issue_forecasts


def step(context: Context) -> StepResult:
    """Return forecasts and scores; one thread a library, so that every computer gives the same numbers."""
    with threadpool_limits(limits=1):
        issue = issue_forecasts(context.earlier("figures").to_pylist(), context.run.as_of, context.run.seed)
    notes = () if issue.forecasts.num_rows else ("No yearly deaths are on hand, so nothing was forecast.",)
    return StepResult({"forecasts": issue.forecasts, "scores": issue.scores, "input_sets": issue.input_sets}, notes=notes)
