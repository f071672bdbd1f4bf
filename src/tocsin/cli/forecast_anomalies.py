"""`tocsin forecast anomalies`: which counts are unusual, judged by what came before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, out, print_json

if TYPE_CHECKING:
    from tocsin.flow.anomalies import Answer

_SHOWN = 40


def anomalies(
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="FILE",
            readable=False,
            help="CSV or Parquet: t, date, or year and week, and a count (empty: not reported); or one row an event; or figures as exported. "
            "Default: this workspace.",
        ),
    ] = None,
    by: Annotated[str, typer.Option(metavar="COL,..", help="Columns that tell the series apart; default territory, indicator, ...")] = "",
    every: Annotated[str, typer.Option(help="week, month or day.")] = "week",
    method: Annotated[str, typer.Option(help="C1, C2, C3, farrington_original, farrington_improved, several with commas, or all.")] = "all",
    last: Annotated[int | None, typer.Option(metavar="N", min=1, help="Judge the newest N periods only.")] = None,
    years: Annotated[int, typer.Option(metavar="N", min=1, help="Years that the Farrington methods look back.")] = 4,
    fdr: Annotated[float, typer.Option(help="Share of false alarms allowed among the alarms of a period.")] = 0.05,
    control: Annotated[str, typer.Option(help="bh (Benjamini-Hochberg), by (Benjamini-Yekutieli) or none.")] = "bh",
    trust_zeros: Annotated[
        bool, typer.Option("--trust-zeros", help="Take every run of zeros, and every period without an event, as calm.")
    ] = False,
    rise: Annotated[
        bool, typer.Option("--rise", help="The counts are totals at a date, such as people in camps: judge their rise.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Find unusual counts of events and figures: EARS C1 to C3 and Farrington; silence of the reporters is shown as missing, not as calm."""
    from tocsin.flow import anomalies as flow
    from tocsin.flow.figure_files import read_given, rises

    settings = replace(flow.settings_of(method, last, fdr, control), suspect_zeros=not trust_zeros, years=years)
    if data is None:
        from tocsin.cli.common import workspace
        from tocsin.flow.read.anomalies import series_of_workspace

        read = series_of_workspace(workspace(), every)
    else:
        read = read_given(data, [name.strip() for name in by.split(",") if name.strip()], every, trusting=trust_zeros)
    if rise:
        read = rises(read)
    found = flow.answer(read, replace(settings, season=read.season))
    if as_json:
        print_json(flow.as_json(found))
    else:
        _print(found, every)


def _print(found: Answer, every: str) -> None:
    def say(line: str = "") -> None:
        out.print(line, markup=False)

    labels = found.read.labels
    say(f"{len(found.read.series)} series, {len(labels)} {every}s: {labels[0]} to {labels[-1]}; {'; '.join(found.read.notes)}")
    say(f"\n{'method':22}{'judged':>8}{'alarms':>8}{'kept':>6}  false alarms to expect a {every}, if nothing unusual happens")
    for name, rate in found.found.rates.items():
        rows = [row for row in found.found.rows if row.method == name]
        judged, kept = sum(row.alarm is not None for row in rows), sum(bool(row.kept) for row in rows)
        after = "can't be controlled" if rate.after is None else f"{rate.after:.3f} after control"
        alarms = sum(bool(row.alarm) for row in rows)
        say(f"{name:22}{judged:>8}{alarms:>8}{kept:>6}  {rate.expected:.3f} over {rate.judged} series; {after}")
    gaps = [(name, gap) for name, many in found.found.outages.items() for gap in many]
    if gaps:
        say("\nNOT CALM BUT SILENT")
    for name, gap in gaps[:_SHOWN]:
        kind = "not reported" if gap.kind == "not_reported" else f"zeros that look like silence (p = {gap.probability:.1g})"
        say(f"  {name}: {labels[gap.start]} to {labels[gap.end]}, {kind}")
    standing: dict[tuple[int, str], list[str]] = {}
    for row in found.alarms:
        if row.kept:
            limit = f"{row.method} (expected {row.expected:.1f}, limit {row.upperbound:.1f}"
            head = standing.setdefault((row.t, row.series), [f"  {labels[row.t]}  {row.series}: {row.observed:g} seen"])
            head.append(limit + (")" if row.adjusted is None else f", adjusted p {row.adjusted:.2g})"))
    if not any(row.alarm is not None for row in found.found.rows):
        say("\nNOTHING COULD BE JUDGED: too little was reported. EARS needs 7 periods before the one it judges, Farrington years of them.")
        say("This says neither that all is calm nor that it is not.")
        return
    empty = sum(not (counts > 0).any() for counts in found.read.series.values())
    if empty:
        say(f"\nSERIES WITHOUT A SINGLE CASE: {empty}. Whether nothing happened or nobody reported can't be told from them.")
    say(f"\nALARMS THAT STAND: {len(standing)}, newest first")
    for lines in list(standing.values())[:_SHOWN]:
        say("; ".join(lines))
    if len(standing) > _SHOWN:
        say(f"  and {len(standing) - _SHOWN} more: --json")
