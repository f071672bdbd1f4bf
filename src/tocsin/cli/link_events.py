"""`tocsin link events`: which accounts of several datasets tell of the same event, and where they contradict each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.common import JsonOption, out, print_json


def events(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            readable=False,
            help="csv, csv.gz or parquet with id, date_from and a place; the columns stand in the how-to page.",
        ),
    ],
    days: Annotated[int, typer.Option(help="Most days between two accounts of one event (0 to 31).")] = 2,
    km: Annotated[float, typer.Option(help="Most kilometers between them (0 to 100).")] = 25.0,
    share: Annotated[float, typer.Option(help="Difference of the counts, as a share, beyond which they are shown as a conflict.")] = 0.5,
    count: Annotated[float, typer.Option(help="The same as a number; the larger of both holds.")] = 2.0,
    least: Annotated[float, typer.Option(help="Probability from which two accounts are one event.")] = 0.5,
    within: Annotated[
        bool, typer.Option("--within", help="Also compare accounts of one dataset, which may then tell of an event twice.")
    ] = False,
    truth: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column whose equal values are one event; never used to match.")
    ] = None,
    judgements: Annotated[
        Path | None, typer.Option(readable=False, help="File with id_l, id_r, judgement, who, when; they win over every rule.")
    ] = None,
    out_dir: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to write pairs.parquet and clusters.parquet.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Match events across datasets by time, place, actors, acts and harm; conflicting counts stay side by side."""
    from tocsin.flow.link_events import Request, Tolerances, link_event_files, write_events

    tolerances = Tolerances(days, km, share, count, least, one_to_one=not within)
    answer = link_event_files(Request(files, tolerances, truth, judgements))
    if out_dir is not None:
        write_events(answer, out_dir)
    if as_json:
        print_json(answer.as_dict())
    else:
        _show(answer.as_dict(), out_dir)


def _show(said: dict[str, Any], out_dir: Path | None) -> None:
    out.print("Datasets: " + ", ".join(f"{name} ({count:,})" for name, count in said["datasets"].items()), markup=False)
    if said["columns_ignored"]:
        out.print("Columns not used: " + ", ".join(said["columns_ignored"]), markup=False)
    out.print(
        f"{said['accounts']:,} accounts, {said['events']:,} events, {len(said['groups']):,} of them told more than once", markup=False
    )
    for pair in [p for p in said["pairs"] if p["joined"]]:
        reasons = ", ".join(f"{field} {level}" for field, level in pair["reasons"].items())
        out.print(f"{pair['probability']:.2f}  {pair['left']} = {pair['right']}: {reasons}", markup=False)
        if pair["harm_conflict"]:
            (a, b, c), (d, e, f) = pair["harm_conflict"]["left"], pair["harm_conflict"]["right"]
            out.print(f"      counts in conflict: {b:g} ({a:g} to {c:g}) and {e:g} ({d:g} to {f:g})", markup=False)
    if said["conflicts"]:
        out.print(f"{said['conflicts']:,} pairs tell of the same event with counts in conflict: both are kept", markup=False)
    if said["pairwise"]["f1"] is not None:
        figures = "  ".join(f"{key} {value:.4f}" for key, value in said["pairwise"].items() if value is not None)
        out.print(f"pairwise {figures}", markup=False)
    if out_dir is not None:
        out.print(f"Written: {out_dir / 'pairs.parquet'}, {out_dir / 'clusters.parquet'}", markup=False)
