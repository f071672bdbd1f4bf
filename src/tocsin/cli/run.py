"""`tocsin run`: the whole path, with progress bars and a summary at the end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import (
    AsOfOption,
    JsonOption,
    SeedOption,
    as_called,
    counted,
    finished_run,
    out,
    parse_day,
    print_json,
    workspace_made,
)
from tocsin.cli.progress import progress_bars
from tocsin.model.text import method, number

if TYPE_CHECKING:
    from tocsin.flow.pipeline import StageReport
    from tocsin.storage import Snapshot

#: So many things that figures disagree about are printed.
SHOWN = 5


def run(
    only: Annotated[str | None, typer.Option("--only", metavar="STAGE", help="Run one stage on what the last run left.")] = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 20130111,
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    fresh: Annotated[bool, typer.Option("--fresh", help="Compute every stage again, also those already done for the same inputs.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run the whole path; ends with a summary table and where to look."""
    from tocsin.flow import pipeline
    from tocsin.flow.summary import summarize

    started = time.perf_counter()
    options = pipeline.Options(as_of=parse_day(as_of), seed=seed, engine=engine, only=only, fresh=fresh)
    place = workspace_made()
    records = _records()
    with progress_bars() as bar:
        reports = pipeline.run(place, options, records, lambda stage: bar(stage, 1))
    snapshot = finished_run()
    summary = summarize(snapshot, time.perf_counter() - started, _alerts(snapshot))
    if as_json:
        print_json(summary)
    else:
        _print(reports, summary)


def _records() -> dict[str, Any]:
    """Return what people wrote; nothing where nobody has written yet."""
    from tocsin.cli.django import ready, records_exist

    if not records_exist():
        return {}
    ready()
    from tocsin.flow.records import read_records

    return read_records()


def _alerts(snapshot: Snapshot) -> dict[str, int]:
    """Return how many alerts people issued, and how many drafts of a run nobody has signed off."""
    from tocsin.cli.django import records_exist

    drafts = snapshot.table("drafts").column("id").to_pylist()
    if not records_exist():
        return {"issued": 0, "drafts": len(drafts)}
    from tocsin.flow.records import counts

    return counts(drafts)


def _print(reports: Sequence[StageReport], summary: dict[str, Any]) -> None:
    from rich.table import Table

    table = Table("Stage", "Rows", "Left out", "Seconds", title=f"Run {summary['run']}", title_justify="left")
    for report in reports:
        rows = ", ".join(counted(count, name) for name, count in report.rows.items() if count)
        skipped = ", ".join(f"{count:,} {reason}" for reason, count in report.skipped.items())
        table.add_row(report.stage, rows or "none", skipped or "nothing", "kept" if report.reused else f"{report.seconds:.1f}")
    out.print(table)
    _print_risk(summary)
    _print_estimates(summary["estimates"])
    _print_disagreements(summary["disagreements"])
    digest = summary["digest"]
    out.print(f"\nDigest: {digest['items']} items in {digest['sections']} sections, a draft until somebody signs it.", markup=False)
    out.print(f"Alerts: {summary['alerts']} issued, {summary['drafts']} drafts await a reader.", markup=False)
    out.print(as_called("\nWhere to look: tocsin serve, then http://127.0.0.1:8765"), markup=False)
    if summary["top_risk"]:
        out.print(as_called(f"Any number opens: tocsin explain {summary['top_risk'][0]['id']}"), markup=False)


def _print_risk(summary: dict[str, Any]) -> None:
    from rich.table import Table

    if not summary["top_risk"]:
        return
    window = " to ".join(summary["window"])
    table = Table("Territory", "The model gives", "Interval", "Id", title=f"At least 100 one-sided deaths, {window}", title_justify="left")
    for row in summary["top_risk"]:
        interval = f"{row['low']:.0%} to {row['high']:.0%}" if row["low"] is not None else "not known"
        table.add_row(row["name"], f"{row['probability']:.0%}", interval, row["id"])
    out.print(table)
    if summary["stale"]:
        out.print("This window has begun or passed: these numbers are no warning of what comes next.", markup=False)
    out.print(f"They rest on figures up to {summary['origin']}.", markup=False)
    if summary["renew"]:
        out.print(as_called(f"Where newer ones are out, collect them: {summary['renew']}"), markup=False)


def _print_disagreements(found: Sequence[dict[str, Any]]) -> None:
    if not found:
        return
    out.print(f"\nFigures disagree about {len(found):,} {'thing' if len(found) == 1 else 'things'}; each stands:", markup=False)
    for one in found[:SHOWN]:
        values = "; ".join(f"{row['qualifier'].replace('_', ' ')} {number(row['value'])} ({row['id']})" for row in one["figures"])
        out.print(f"  {one['about'].replace('-', ' ')}: {values}", markup=False)
    if len(found) > SHOWN:
        out.print(f"  and {len(found) - SHOWN:,} more on the pages", markup=False)


def _print_estimates(estimates: Sequence[dict[str, Any]]) -> None:
    refusals: dict[tuple[str, str], list[str]] = {}
    for row in estimates:
        if row["stratum"] is not None or not (row["main"] or row["median"] is None):
            continue
        place = f"{row['name']} (invented)" if row["invented"] else row["name"]
        if row["refused"]:
            refusals.setdefault((f"{row['quantity']}, {place}", row["refused"]), []).append(method(row["method"]))
        elif row["median"] is None:
            out.print(f"{row['quantity']}, {place}: documented, at least {row['documented']:,}", markup=False)
        else:
            span = f"{row['low']:,.0f} to {row['high']:,.0f}"
            about = (row["quantity"], row["territory"], None)
            same = [r for r in estimates if (r["quantity"], r["territory"], r["stratum"]) == about]
            others = [r["median"] for r in same if r["median"] is not None and not r["bound"]]
            spread = f"; the methods give {min(others):,.0f} to {max(others):,.0f}" if len(others) > 1 else ""
            out.print(
                f"{row['quantity']}, {place}: estimated {row['median']:,.0f} ({span}) by {method(row['method'])}{spread}", markup=False
            )
    for (what, reason), methods in refusals.items():
        out.print(f"{what}: no estimate ({', '.join(dict.fromkeys(methods))}): {reason}", markup=False)
