"""Runs the warn stage: signals from forecasts, figures and measures, and draft alerts from signals."""

from __future__ import annotations

from tocsin.flow.context import Context, StepResult
from tocsin.flow.warn import warn


def step(context: Context) -> StepResult:
    """Return signals and drafts by the thresholds of the house."""
    found = warn(context.earlier, context.run.as_of)
    return StepResult({"signals": found.signals, "drafts": found.drafts})
