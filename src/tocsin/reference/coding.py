"""Which indicator of the UN Framework each fact of the founding documents speaks for or against.

A first coding by the developers, one rater. A second rater must read it before anything leaves `assess`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class CodedFact:
    """Ties one fact to one indicator."""

    fact: str
    indicator: str
    answer: str
    rationale: str


@cache
def framework_coding() -> tuple[CodedFact, ...]:
    """Return the coding in the order of the facts."""
    path = Path(__file__).parent / "data" / "framework_coding.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(CodedFact(**row) for row in csv.DictReader(stream))
