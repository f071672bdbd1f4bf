"""`tocsin forecast scorecard`: every model against every baseline in every window, as text, JSON or a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.common import JsonOption, out, print_json, workspace


def scorecard(
    out_dir: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write scorecard.json and scorecard.html there.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how good the forecasts of the newest run were, bad years too; sealed forecasts stand beside them."""
    from tocsin.flow.scorecard import scorecard as read
    from tocsin.flow.scorecard import write_scorecard

    card = read(workspace(), dt.datetime.now(dt.UTC).date())
    files = write_scorecard(card, out_dir) if out_dir is not None else []
    if as_json:
        print_json(card)
        return
    _print(card)
    for file in files:
        out.print(f"Written: {file}", markup=False)


#: Scores of chances that the table prints; counts have others.
CHANCES = ("log_loss", "log_score_gain:climatology", "log_score_gain:persistence", "brier", "log_score_skill:climatology")


def _print(card: dict[str, Any]) -> None:
    from rich.table import Table

    for one in card["cards"]:
        title = f"{one['target']}, {one['horizon_months']} months: {one['events']:,} events in {one['rows']:,} country-years"
        title += f", {one['window_from']} to {one['window_to']}, vintage {one['vintage']}"
        counts = one["target"].startswith("one_sided_count")
        heads = ("CRPS", "Inside 90%") if counts else ("Log loss", "Brier")
        keys = ("crps", "crps_gain:climatology", "crps_gain:persistence", "coverage90", "crps_skill:climatology") if counts else CHANCES
        table = Table("Model", heads[0], "Gain over base rate", "Gain over last year", heads[1], "Skill", title=title, title_justify="left")
        for model, about in one["models"].items():
            note = " (shown)" if model == one["shown"] else " (baseline)" if about["baseline"] else ""
            table.add_row(model + note, *(_cell(about["metrics"].get(key)) for key in keys))
        out.print(table)
        if one["summary"]:
            out.print(one["summary"] + "\n", markup=False)
    for one in card["counts"]:
        _print_counts(one)
    out.print(f"Sealed forecasts: {len(card['ledger'])}. See: tocsin forecast ledger", markup=False)


def _print_counts(one: dict[str, Any]) -> None:
    from rich.table import Table

    years = [year["window_from"][:4] for year in one["years"]]
    title = f"Deaths by month, {one['kind'].replace('_', '-')} ({one['source']}), calendar years {years[0]} to {years[-1]}, "
    title += f"data to October of the year before, {one['places']} places, vintage final"
    table = Table(
        "Model", "Against", "CRPS", "Ratio", "Better in", "Ignorance", "Inside 90%", "where deaths were", title=title, title_justify="left"
    )
    for row in one["against"]:
        own = one["all_years"]["models"][row["model"]]
        ratio = "-" if row["crps_ratio"] is None else f"{row['crps_ratio']:.3f}"
        cells = [_cell(own.get(key)) for key in ("crps", "ignorance", "coverage90", "coverage90_affected")]
        table.add_row(row["model"], row["baseline"], cells[0], ratio, f"{row['better']} of {row['years']}", *cells[1:])
    out.print(table)


def _cell(score: dict[str, Any] | None) -> str:
    if score is None:
        return "-"
    ends = f" [{score['low']:.3f}, {score['high']:.3f}]" if score["low"] is not None else ""
    return f"{score['value']:.3f}{ends}"
