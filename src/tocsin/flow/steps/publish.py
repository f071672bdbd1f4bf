"""Runs the publish stage: every edition as a draft with its watermark."""

from __future__ import annotations

from functools import cache

from tocsin.flow.context import Context, StepResult
from tocsin.flow.editions import Masthead, build_editions
from tocsin.model import tables


def step(context: Context) -> StepResult:
    """Return the draft editions of this run; what gate and linter said is noted here and in the rows of each edition."""
    editions = build_editions(cache(context.earlier), Masthead(context.run.as_of))
    rows = [file.row for file in editions.files]
    files = {file.path: file.data for file in editions.files}
    counts = {"items": editions.items, "sections": editions.sections}
    notes = tuple(f"{said.check}: {said.message}" for said in (*editions.findings, *editions.remarks))
    return StepResult({"publications": tables.from_rows("publications", rows)}, files, notes=notes, counts=counts)
