"""Runs the collect stage on a workspace."""

from __future__ import annotations

from tocsin.flow.context import Context, StepResult


def step(context: Context) -> StepResult:
    """Return the tables of this stage."""
    return StepResult(tables={})
