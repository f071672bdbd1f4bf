"""`tocsin warn`: what crosses which threshold in the newest run, and which drafts follow."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import JsonOption, finished_run, out, print_json

if TYPE_CHECKING:
    from tocsin.flow.warn import Warnings

SIGNAL = ("id", "trigger", "territory", "situation", "value", "threshold", "baseline", "changed", "why", "stale", "invented", "inputs")
DRAFT = ("id", "territory", "headline", "addressee", "ask", "due", "why", "unknown", "stale", "invented", "signals")


def warn(
    territory: Annotated[str | None, typer.Option(metavar="CODE|NAME", help="Only this territory.")] = None,
    level: Annotated[str, typer.Option(metavar="TARGET=P,..", help="Try other levels, such as one_sided_100=0.4.")] = "",
    rise: Annotated[float | None, typer.Option(metavar="P", help="Try another least gain over the year before.")] = None,
    drafts: Annotated[int | None, typer.Option(metavar="N", help="Try another most drafts about real territories.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show signals and drafts of the newest run; with other thresholds, what they would give. Nothing is kept."""
    import datetime as dt

    from tocsin.flow.warn import territory_code, thresholds_of
    from tocsin.flow.warn import warn as find

    snapshot = finished_run()
    wanted = territory_code(territory)
    found = find(snapshot.table, dt.date.fromisoformat(str(snapshot.manifest["as_of"])), thresholds_of(level, rise, drafts))
    signals, drafted = ([row for row in table.to_pylist() if wanted in (None, row["territory"])] for table in (found.signals, found.drafts))
    if as_json:
        print_json(_as_dict(snapshot.run, found, signals, drafted))
        return
    _print(signals, drafted)


def _as_dict(run: str, found: Warnings, signals: list[dict[str, Any]], drafts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "run": run,
        "thresholds": asdict(found.thresholds),
        "signals": [{key: row[key] for key in SIGNAL} for row in signals],
        "drafts": [{key: row[key] for key in DRAFT} for row in drafts],
    }


def _print(signals: list[dict[str, Any]], drafts: list[dict[str, Any]]) -> None:
    out.print(f"{len(signals):,} signals: a stated threshold was crossed, and nothing more.", markup=False)
    for row in signals:
        mark = " [window begun or passed]" if row["stale"] else ""
        mark += " [invented]" if row["invented"] else ""
        out.print(f"{row['id']}  {row['territory'] or row['situation']}: {row['why']}{mark}", markup=False)
    out.print(f"\n{len(drafts):,} drafts: nobody has read or signed them.", markup=False)
    for row in drafts:
        mark = " [invented]" if row["invented"] else ""
        out.print(f"{row['id']}  {row['headline']}{mark}\n  to {row['addressee']}, by {row['due']}: {row['ask']}.", markup=False)
        for line in row["unknown"]:
            out.print(f"  Not known: {line}", markup=False)
    out.print("\nTo sign a draft: tocsin alerts sign ID. What it rests on: tocsin explain ID.", markup=False)
