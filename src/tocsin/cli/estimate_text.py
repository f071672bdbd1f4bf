"""Prints the answer of `tocsin estimate` for people: documented, then estimated, then what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tocsin.cli.common import say as _say

if TYPE_CHECKING:
    from tocsin.flow.casualties import Casualties, Estimate, MethodAnswer

WIDTH = 43


def show(answer: Casualties) -> None:
    """Print the whole answer; no estimate stands without its interval, no refusal without its reason."""
    _documented(answer)
    _estimated(answer)
    _refused(answer)
    _table("WHAT THE PRIOR DECIDES (graph averaging)", [(e.settings, e) for e in answer.fan])
    _table("EACH LIST LEFT OUT", [(f"without {name}", e) for name, e in answer.without.items()])
    _table("EACH TWO LISTS JOINED", list(answer.merged.items()))
    _lines("BEWARE", answer.warnings)
    _lines("HOW IT WAS COUNTED", answer.notes)


def _documented(answer: Casualties) -> None:
    from tocsin.flow.casualties import documented_note

    _say("DOCUMENTED")
    _say(f"  at least {answer.documented:,} different people, on {len(answer.sizes)} lists:")
    _say("  " + ", ".join(f"{name} {size:,}" for name, size in answer.sizes.items()))
    _say(f"  Rule: {answer.rule}")
    note = documented_note(answer)
    if note:
        _say(f"  {note}")
    if answer.minimum < answer.documented:
        _say(f"  The least over {max(answer.clusterings, answer.imputations)} ways to tell who is who is {answer.minimum:,}.")


def _estimated(answer: Casualties) -> None:
    from tocsin.flow.casualties import bounds, main_row, rows_too_low

    _say()
    _say("ESTIMATED: documented and never recorded together; 95% interval")
    first, too_low = main_row(answer), rows_too_low(answer)
    if first is None:
        _say("  No method that allows for dependence between lists gave a number; the reasons are below.")
    for row in answer.rows:
        if row.pooled.estimate.refused is None and not bounds(row):
            _method(row, first is row)
            if row in too_low:
                _say("      probably too low: a lower bound lies above it")
    spread = answer.spread
    if spread.low is not None and spread.high is not None:
        apart = f"; {spread.between_methods:.0%} of the doubt lies between methods" if spread.between_methods is not None else ""
        _say(f"  Spread of the medians over methods: {spread.low:,.0f} to {spread.high:,.0f}{apart}")
    if answer.recall is not None:
        _say(f"  Candidate recall: linking could find about {answer.recall:.1%} of the true pairs")
    low = [row for row in answer.rows if row.pooled.estimate.refused is None and bounds(row)]
    if low:
        _say()
        _say("LOWER BOUNDS: the total is at least about this, and may be far above it")
        for row in low:
            _say("  " + _line(row.pooled.estimate.settings.removeprefix("lower bound, "), row.pooled.estimate))


def _method(row: MethodAnswer, first: bool) -> None:
    e = row.pooled.estimate
    _say("  " + _line(f"{e.method} ({e.settings})", e))
    if first:
        _say("      named first, by a fixed order of the methods")
    for line in _extra(row):
        _say("      " + line)


def _refused(answer: Casualties) -> None:
    why: dict[str, list[str]] = {}
    for row in answer.rows:
        e = row.pooled.estimate
        if e.refused:
            why.setdefault(e.refused, []).append(f"{e.method} ({e.settings})")
    every = len(answer.rows) if len(answer.rows) > 1 else 0
    _lines("REFUSED", [f"{'every method' if len(names) == every else ', '.join(names)}: {reason}" for reason, names in why.items()])


def _extra(row: MethodAnswer) -> Iterable[str]:
    shares, details = row.pooled.shares, row.pooled.estimate.details
    if shares is not None and (shares.model is not None or shares.sampling < 1):
        parts = (
            ("linkage", shares.linkage),
            ("imputation", shares.imputation),
            ("model choice", shares.model),
            ("sampling", shares.sampling),
        )
        yield "variance from " + ", ".join(f"{name} {value:.0%}" for name, value in parts if value is not None)
    weight = details.get("saturated_weight")
    if isinstance(weight, float):
        yield f"weight of the saturated graph {weight:.2g}"
    rule = details.get("t_rule")
    if isinstance(rule, dict):
        yield f"by the t rule over imputations: {rule['median']:,.0f}  ({rule['low']:,.0f} to {rule['high']:,.0f})"
    yield from row.pooled.estimate.notes
    for name, e in row.pooled.by_stratum.items():
        yield _line(f"{name}, documented {e.documented:,}", e)


def _table(title: str, rows: Sequence[tuple[str, Estimate]]) -> None:
    if rows:
        _say()
        _say(title)
    reasons = {estimate.refused for _, estimate in rows}
    if len(rows) > 1 and len(reasons) == 1 and None not in reasons:
        _say(f"  every row is refused. {reasons.pop()}")
        return
    for label, estimate in rows:
        _say("  " + _line(label, estimate))


def _line(label: str, e: Estimate) -> str:
    if e.refused or e.median is None or e.low is None or e.high is None:
        return f"{label}: refused. {e.refused}"
    prior = "  (mostly its prior)" if _mostly_prior(e) else ""
    return f"{label:{WIDTH}} {e.median:>10,.0f}  ({e.low:,.0f} to {e.high:,.0f}){prior}"


def _mostly_prior(estimate: Estimate) -> bool:
    weight = estimate.details.get("saturated_weight")
    return isinstance(weight, float) and weight > 0.5


def _lines(title: str, lines: Sequence[str]) -> None:
    if lines:
        _say()
        _say(title)
        for line in lines:
            _say(f"  {line}")
