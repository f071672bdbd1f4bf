"""Options for a situation: toolbox measures with lead time, decider, basis, precedents and study counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.stages.respond.lead_times import LEAD_DAYS, fits

FIT_ORDER = {"yes": 0, "perhaps": 1, "unknown": 2, "no": 3}
#: The question that every coercive option carries until a person has answered it.
HARM_CHECK = (
    "Coercive: say who may be harmed and how that is lessened before this is proposed. Force needs a Council decision and comes last."
)


@dataclass(frozen=True)
class Need:
    """Says what options are wanted for: a situation or territory, the time left, and the rows that say so."""

    situation: str | None
    territory: str | None
    days_left: int | None
    as_at: str
    inputs: tuple[str, ...]
    invented: bool


@dataclass(frozen=True)
class Study:
    """Counts what studies found about a family of measures; a literature count, not an effect size."""

    studies: int
    less_harm: int
    mixed: int
    more_harm: int


@dataclass(frozen=True)
class Tool:
    """Describes one measure of the toolbox as options need it."""

    id: str
    title: str
    lead_time: str
    actors: tuple[str, ...]
    basis: str
    pillars: tuple[int, ...]
    coercive: bool
    operational: bool
    precedents: tuple[dict[str, Any], ...]
    study: Study | None


def options_for(needs: Iterable[Need], toolbox: Sequence[Tool]) -> pa.Table:
    """Return the operational measures for each need, least coercive first, then by fit and lead time.

    Structural measures take years and are left to the toolbox page. A measure that no longer fits is
    kept and says so: a reader may know of a later trigger date.
    """
    tools = [tool for tool in toolbox if tool.operational]
    rows: list[dict[str, Any]] = []
    for need in needs:
        ordered = sorted(tools, key=lambda tool: _order(tool, need))
        rows += [_row(need, tool, rank) for rank, tool in enumerate(ordered, start=1)]
    return tables.from_rows("options", rows)


def _order(tool: Tool, need: Need) -> tuple[bool, int, int, str]:
    lead = LEAD_DAYS[tool.lead_time]
    return tool.coercive, FIT_ORDER[fits(lead, need.days_left)], lead[0], tool.id


def _row(need: Need, tool: Tool, rank: int) -> dict[str, Any]:
    low, high = LEAD_DAYS[tool.lead_time]
    study = tool.study
    return {
        "id": stable_id("opt", need.situation, need.territory, need.as_at, tool.id),
        "inputs": list(need.inputs),
        "method": "toolbox-lead-time",
        "parameters": json.dumps({"as_at": need.as_at, "measure": tool.id}),
        "situation": need.situation,
        "territory": need.territory,
        "measure": tool.id,
        "title": tool.title,
        "lead_time": tool.lead_time,
        "lead_days_low": low,
        "lead_days_high": high,
        "days_left": need.days_left,
        "fits": fits((low, high), need.days_left),
        "decided_by": ", ".join(tool.actors),
        "basis": tool.basis,
        "pillar": ", ".join(str(p) for p in tool.pillars),
        "coercive": tool.coercive,
        "precedents": json.dumps(list(tool.precedents), ensure_ascii=False),
        "studies": study.studies if study else None,
        "studies_less_harm": study.less_harm if study else None,
        "studies_mixed": study.mixed if study else None,
        "studies_more_harm": study.more_harm if study else None,
        "harm_check": HARM_CHECK if tool.coercive else None,
        "rank": rank,
        "invented": need.invented,
    }
