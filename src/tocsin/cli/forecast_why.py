"""`tocsin forecast why`: what moved a forecast, what changed, what followed in similar cases, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, out, print_json, workspace

if TYPE_CHECKING:
    from tocsin.flow.read.forecast_why import Why

_SHOWN = 5


def why(
    what: Annotated[str, typer.Argument(metavar="ID|TERRITORY", help="Id of a forecast, or a territory by code or name.")],
    as_json: JsonOption = False,
) -> None:
    """Say why the model gives what it gives. It describes the model; nothing in it is a cause."""
    from tocsin.flow.forecast_why import reasons
    from tocsin.flow.read.forecast_why import as_dict

    found = reasons(workspace(), what)
    if as_json:
        print_json([as_dict(one) for one in found])
        return
    for one in found:
        _print(one)


def _print(one: Why) -> None:
    stamp = one.stamp
    ends = f" ({one.low:.1%} to {one.high:.1%})" if one.low is not None and one.high is not None else ""
    out.print(f"{one.place.name}, {one.target}, {stamp.window_from} to {stamp.window_to}: {one.probability:.1%}{ends}", markup=False)
    state = "window has begun or passed, no warning any more" if stamp.stale else "window lies ahead"
    out.print(f"  {one.id}, {one.model}, vintage {one.vintage}, {state}", markup=False)
    for part in one.inputs[:_SHOWN]:
        verb = "raises it" if (part.log_odds or 0) > 0 else "lowers it"
        out.print(f"  {part.name} {part.value:,.0f}: {verb} by {abs(part.log_odds or 0):.2f} in log-odds", markup=False)
    if one.before is not None:
        out.print(f"  At the origin before: {one.before:.1%}", markup=False)
        for part in one.changed[:_SHOWN]:
            out.print(f"    {part.name}: {part.before or 0:,.0f} then, {part.value or 0:,.0f} now ({part.log_odds:+.2f})", markup=False)
    if one.last_run is not None:
        differs = ", ".join(one.last_run.why) or "nothing"
        out.print(f"  In run {one.last_run.run}: {one.last_run.probability:.1%}; what differs: {differs}", markup=False)
    if one.cases:
        out.print(f"  Of the {one.cases} most similar past cases the event followed in {one.events}:", markup=False)
    for case in one.similar:
        out.print(f"    {case.place.name} {case.year}: {case.deaths_after:,} killed in the window after", markup=False)
    out.print(f"  Missing: {', '.join(one.missing) or 'nothing'}\n", markup=False)
