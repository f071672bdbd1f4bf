"""`tocsin estimate`: how many in all, from lists that overlap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, SeedOption, err, out, print_json

if TYPE_CHECKING:
    from tocsin.flow.casualties import Casualties, Estimate, MethodAnswer


def estimate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="CSV or Parquet: a 0/1 column for each list, `count` (default 1), strata.")
    ],
    method: Annotated[str, typer.Option(help="dga, lcm, loglinear, chao, coverage, several with commas, or all.")] = "dga",
    strata: Annotated[str, typer.Option(metavar="COL,..", help="Estimate by these columns and add up by draws.")] = "",
    lists: Annotated[str, typer.Option(metavar="COL,..", help="The list columns; default every column that holds only 0 and 1.")] = "",
    pairs: Annotated[
        str, typer.Option(metavar="A:B,..", help="Fit the one log-linear model with these effects of two lists, or say why it can't be.")
    ] = "",
    clusters: Annotated[
        Path | None, typer.Option(metavar="DIR", help="clusters.parquet of `tocsin link`; FILE then holds the records with their `list`.")
    ] = None,
    out_dir: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the one-page report and the answer as JSON here.")
    ] = None,
    seed: SeedOption = 20130111,
    as_json: JsonOption = False,
) -> None:
    """Estimate how many there are in all, also those on no list; documented and estimated stand apart."""
    from tocsin.flow import casualties, list_files

    methods = casualties.methods_named(method)
    layout = list_files.Layout(_names(strata), _names(lists), clusters)
    deep = method == "all" or out_dir is not None
    read = list_files.read_lists(files, layout)
    if pairs:
        answer = casualties.count_with_pairs(read, pairs)
    else:
        answer = casualties.count_casualties(read, methods, seed=seed, workers=os.cpu_count() or 1, deep=deep)
    if out_dir is not None:
        written = casualties.write_report(answer, out_dir, title=", ".join(f.name for f in files))
        err.print(f"Written: {', '.join(str(p) for p in written)}", markup=False)
    if as_json:
        print_json(casualties.as_json(answer))
    else:
        _print(answer)
    if answer.structural:
        raise typer.Exit(1)


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _print(answer: Casualties) -> None:
    def say(line: str = "") -> None:
        out.print(line, markup=False)

    say("DOCUMENTED")
    say(f"  at least {answer.documented:,} different people, on {len(answer.sizes)} lists:")
    say("  " + ", ".join(f"{name} {size:,}" for name, size in answer.sizes.items()))
    say()
    say("ESTIMATED: documented and never recorded together; 95% interval")
    for row in answer.rows:
        say("  " + _line(row.pooled.estimate))
        for extra in _extra(row):
            say("      " + extra)
    if answer.spread.low is not None and answer.spread.high is not None:
        say(f"  Spread of the medians over methods: {answer.spread.low:,.0f} to {answer.spread.high:,.0f}")
    _print_table("What the prior decides (graph averaging)", [("", e) for e in answer.fan])
    _print_table("Each list left out", list(answer.without.items()))
    _print_table("Each two lists joined", list(answer.merged.items()))
    for title, lines in (("Beware", answer.warnings), ("How it was counted", answer.notes)):
        if lines:
            say()
            say(title)
            for line in lines:
                say(f"  {line}")


def _print_table(title: str, rows: list[tuple[str, Estimate]]) -> None:
    if rows:
        out.print(f"\n{title}", markup=False)
    for label, estimate in rows:
        out.print("  " + (f"{label}: " if label else "") + _line(estimate), markup=False)


def _line(e: Estimate) -> str:
    head = f"{e.method} ({e.settings})"
    if e.refused or e.median is None or e.low is None or e.high is None:
        return f"{head}: refused. {e.refused}"
    return f"{head}: {e.median:,.0f}  ({e.low:,.0f} to {e.high:,.0f})"


def _extra(row: MethodAnswer) -> list[str]:
    shares = row.pooled.shares
    lines = []
    if shares is not None and row.pooled.estimate.method == "dga":
        parts = (("linkage", shares.linkage), ("imputation", shares.imputation), ("model", shares.model), ("sampling", shares.sampling))
        lines.append("variance from " + ", ".join(f"{name} {value:.0%}" for name, value in parts if value is not None))
    weight = row.pooled.estimate.details.get("saturated_weight")
    if isinstance(weight, float):
        lines.append(f"weight of the saturated graph {weight:.2g}")
    lines += row.pooled.estimate.notes
    lines += [f"{name}: documented {e.documented:,}; {_line(e)}" for name, e in row.pooled.by_stratum.items()]
    return lines
