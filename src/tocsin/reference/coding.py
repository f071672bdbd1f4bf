"""Which indicator of the UN Framework each fact of the founding documents speaks for or against.

A first coding by the developers, one rater. A second rater must read it before anything leaves `assess`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tocsin.reference.files import read_rows


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
    return tuple(CodedFact(**row) for row in read_rows("framework_coding.csv"))


@cache
def act_indicators() -> Mapping[str, tuple[str, ...]]:
    """Return, for each code of an act, the indicators that a report of it speaks for; a first coding, one rater."""
    return {row["act"]: tuple(row["indicators"].split(";")) for row in read_rows("act_indicators.csv")}
