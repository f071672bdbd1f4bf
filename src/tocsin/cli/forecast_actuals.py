"""`tocsin forecast actuals`: what came, in the layout that `tocsin forecast score` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, err, out, print_json
from tocsin.cli.forecast_fatalities import KINDS, check_choice


def actuals(
    forecast: Annotated[Path, typer.Argument(metavar="FORECAST", readable=False, help="The forecast that is to be scored.")],
    data: Annotated[
        Path, typer.Option("--data", metavar="FILE", readable=False, help="Monthly counts, or events with day, place and deaths.")
    ],
    target: Annotated[Path, typer.Option("--out", metavar="FILE", help="The Parquet file to write.")],
    kind: Annotated[str, typer.Option(help="state-based, non-state or one-sided.")] = "state-based",
    as_json: JsonOption = False,
) -> None:
    """Write the observed deaths of every month and place of a forecast, so that it can be scored."""
    from tocsin.flow.observed import write_observed

    check_choice("--kind", kind, KINDS)
    answer = write_observed(data, forecast, kind, target)
    for warning in answer["warnings"]:
        err.print(f"Warning: {warning}", markup=False)
    if as_json:
        print_json(answer)
    else:
        out.print(f"Written: {answer['path']}, {answer['deaths']:,.0f} {kind} deaths in {answer['units']:,} place-months.", markup=False)
        for reason, number in answer["skipped"].items():
            out.print(f"Left out, {reason}: {number:,} rows", markup=False)
