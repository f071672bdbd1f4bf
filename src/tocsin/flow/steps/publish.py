"""Runs the publish stage: every edition as a draft with its watermark."""

from __future__ import annotations

from tocsin.flow.context import Context, StepResult
from tocsin.flow.editions import build_editions
from tocsin.model import tables


def step(context: Context) -> StepResult:
    """Return the draft editions of this run; what gate and linter found is noted beside them."""
    editions = build_editions(context.earlier, context.run.as_of)
    rows = [file.row for file in editions.files]
    files = {file.path: file.data for file in editions.files}
    counts = {"items": editions.items, "sections": editions.sections}
    notes = tuple(f"{finding.check}: {finding.message}" for finding in editions.findings)
    return StepResult({"publications": tables.from_rows("publications", rows)}, files, notes=notes, counts=counts)
