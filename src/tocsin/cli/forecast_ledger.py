"""`tocsin forecast ledger`: every sealed forecast, where it stands, and how it scored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import typer

from tocsin.cli.common import JsonOption, out, print_json, workspace

if TYPE_CHECKING:
    from tocsin.flow.ledger import Entry

_STATES = {
    "ahead": "window ahead",
    "running": "window running: open",
    "awaits labels": "window over, awaits figures: open",
    "scored": "scored",
}


def ledger(as_json: JsonOption = False) -> None:
    """List every sealed forecast; a window without an answer stays open and is never counted as calm."""
    from tocsin.flow import ledger as book

    place = workspace()
    found = book.entries(place, dt.datetime.now(dt.UTC).date())
    count, end = book.end_of_ledger(place)
    problems = book.broken_ledger(place)
    if as_json:
        print_json({"seals": [entry.as_dict() for entry in found], "lines": count, "end_of_ledger": end, "problems": problems})
    elif not found:
        out.print("No forecast is sealed yet. Seal the newest run: tocsin forecast seal", markup=False)
    else:
        for entry in found:
            _print(entry)
        out.print(f"\nEnd of the ledger: {end}", markup=False)
    if problems:
        if not as_json:
            out.print(f"{problems[0]}. Restore a backup; do not rely on this ledger.", markup=False)
        raise typer.Exit(1)


def _print(entry: Entry) -> None:
    line = entry.line
    out.print(f"{line['id']}  {line['window_from']} to {line['window_to']}  {_STATES[entry.state]}", markup=False)
    out.print(f"  {line['rows']:,} forecasts, sealed {line['at']} from data to {line['origin']}", markup=False)
    for number, score in enumerate(entry.scores):
        name = "first score" if number == 0 else "scored again on revised figures"
        for one in score["scores"]:
            if one["metric"] in ("log_loss", "crps"):
                text = f"{one['metric']} {one['value']:.3f}, {one['model']}, {one['target']}, {one['rows']} known, {one['open']} open"
                out.print(f"  {name}, {score['at']}: {text}", markup=False)
