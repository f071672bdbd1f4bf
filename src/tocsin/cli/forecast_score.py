"""`tocsin forecast score`: a forecast of counts against what came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import JsonOption, err, out, print_json

if TYPE_CHECKING:
    from tocsin.flow.challenge_score import Scored

COLUMNS = (("crps", "CRPS"), ("ignorance", "IGN"), ("interval_score", "MIS90"), ("coverage90", "COV90"), ("twcrps25", "TW25"))


def score(
    forecast: Annotated[
        Path, typer.Argument(metavar="FORECAST", readable=False, help="Parquet file, or folder with window= parts, of draws.")
    ],
    actuals: Annotated[
        Path, typer.Argument(metavar="ACTUALS", readable=False, help="The same with one observed count for each month and place.")
    ],
    vintage: Annotated[str | None, typer.Option(metavar="NAME", help="Edition of the counts the forecast was made from.")] = None,
    history: Annotated[
        Path | None, typer.Option(metavar="FILE", readable=False, help="Counts of earlier months: scores conflict-affected places too.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Score draws as the 2023/24 VIEWS challenge does; lower is better, coverage should be 0.90."""
    from tocsin.flow.challenge_score import score_forecast

    scored = score_forecast(forecast, actuals, vintage, history)
    for warning in scored.warnings:
        err.print(f"Warning: {warning}", markup=False)
    if as_json:
        print_json(scored.as_dict())
    else:
        _print(scored)


def _print(scored: Scored) -> None:
    out.print(f"{'window':14}" + "".join(f"{title:>10}" for _, title in COLUMNS) + f"{'units':>9}", markup=False)
    rows: dict[str, dict[str, Any]] = {**scored.by_window, "all": scored.total}
    if scored.affected is not None:
        rows["affected"] = scored.affected
    for name, row in rows.items():
        values = "".join(f"{row[key]:>10.3f}" if row[key] is not None else f"{'-':>10}" for key, _ in COLUMNS)
        out.print(f"{name:14}{values}{row['units']:>9,}", markup=False)
    out.print(
        "\nShare of the transform in ten equal parts (0.10 each is honest): " + " ".join(f"{x:.2f}" for x in scored.pit), markup=False
    )
    for one in scored.vintages:
        mean = f"mean of the actuals (CRPS of the forecast zero) {one['actuals_mean']:.3f}"
        out.print(f"{one['window'] or 'actuals'}: {mean}; edition: {one['actuals'] or 'not known'}", markup=False)
