"""`tocsin forecast backtest`: the published onset model replicated, and every model scored on the same country-years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import JsonOption, SeedOption, out, print_json
from tocsin.cli.progress import progress_bar

if TYPE_CHECKING:
    from tocsin.flow.backtest import Backtest


def backtest(
    data: Annotated[
        Path,
        typer.Option("--data", metavar="DIR", readable=False, help="Folder with modeldata_sra* and foos_forecasts_sra* of one edition."),
    ],
    seed: SeedOption = 0,
    fold_seeds: Annotated[int, typer.Option(min=1, max=50, help="Fold seeds the replication is measured with.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Replicate the Early Warning Project's forecasts and score every onset model at rolling origins; nothing is kept."""
    from tocsin.flow.backtest import run_backtest

    with progress_bar("backtest") as report:
        result = run_backtest(data, seed, fold_seeds, report)
    if as_json:
        print_json(result.as_dict())
    else:
        _print(result)


def _print(result: Backtest) -> None:
    shown = result.as_dict()
    out.print(
        f"Read {', '.join(shown['files'])} (edition {shown['edition']}). vintage: {shown['vintage']}. {shown['caveat']}", markup=False
    )
    for note in shown["notes"]:
        out.print(f"Note: {note}", markup=False)
    clone = shown["clone"]
    out.print(
        f"\nReplication of the published model, {clone['rows']:,} forecasts, median of {len(clone['seeds'])} fold seeds: "
        f"rank correlation {_figure(clone['spearman'], '.4f')}, within a year {_figure(clone['within_year'], '.4f')}, "
        f"mean absolute difference {clone['difference']:.5f}",
        markup=False,
    )
    windows = shown["windows"]
    _print_targets("All answered origins" if len(windows) > 1 else "", shown["targets"])
    if len(windows) > 1:
        _print_targets("Origins of the published figures", windows["published"])
        _print_targets("Later origins, which nothing was chosen on", windows["later"])
    missed = shown["targets"]["onset_max2"]["models"][shown["chosen"]]["missed"]
    out.print(f"\nNot among the 30 highest of {shown['chosen']}:", markup=False)
    for one in missed:
        out.print(f"  {one['year']}  {one['place']} (rank {one['rank']:.0f}, {one['probability']:.1%})", markup=False)
    out.print(f"\n{shown['rule']}", markup=False)


def _print_targets(title: str, targets: dict[str, Any]) -> None:
    first, second = targets["onset_1or2"], targets["onset_max2"]
    if title:
        out.print(f"\n{title}, {_span(first)}", markup=False)
    out.print(
        f"\nOnset within two years, origins {_span(first)}: {first['rows']:,} country-years, {first['events']} with an onset", markup=False
    )
    out.print(
        f"{'model':14}{'AUC':>7}{'AP':>7}{'Brier':>8}{'log':>8}{'skill':>8}{'exp.':>8}{'E/O':>6}   gain on published [95 %]", markup=False
    )
    for name, row in first["models"].items():
        out.print(_scores(name, row), markup=False)
    out.print(
        f"\nOnset in a year, {_span(second)}, larger of two forecasts: {second['rows']:,} country-years, {second['events']} onsets",
        markup=False,
    )
    out.print(f"{'model':14}{'top 10':>8}{'top 20':>8}{'top 30':>8}{'AP':>8}{'alerts':>8}{'FA/hit':>8}{'lead':>6}", markup=False)
    for name, row in second["models"].items():
        out.print(_order(name, row), markup=False)


def _span(target: dict[str, Any]) -> str:
    return f"{target['years'][0]} to {target['years'][1]}"


def _scores(name: str, row: dict[str, Any]) -> str:
    gain = row["paired_log_score"]
    parts = (row["auc"], row["average_precision"], row["brier"], row["log_loss"], row["log_loss_skill"], row["log_loss_skill_expanding"])
    widths = ("7.3f", "7.3f", "8.4f", "8.4f", "8.3f", "8.3f")
    figures = "".join(_figure(value, width) for value, width in zip(parts, widths, strict=True)) + _figure(row["expected_observed"], "6.2f")
    return f"{name:14}{figures}   {gain['mean']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]"


def _order(name: str, row: dict[str, Any]) -> str:
    alerts = row["alerts"]
    recall = "".join(_figure(value, "8.3f") for value in row["recall_at"].values())
    rest = _figure(alerts["false_alarms_per_hit"], "8.1f") + _figure(alerts["median_lead_months"], "6.0f")
    return f"{name:14}{recall}{_figure(row['average_precision'], '8.3f')}{alerts['flagged']:>8,}{rest}"


def _figure(value: float | None, width: str) -> str:
    return f"{value:{width}}" if value is not None else f"{'-':>{width.split('.')[0] or 1}}"
