"""`tocsin link`: which documents, and which persons, are the same."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli import link_documents, link_events
from tocsin.cli.common import JsonOption, SeedOption, print_json, say
from tocsin.model.errors import WrongUse

if TYPE_CHECKING:
    from tocsin.flow.link_files import Answer

app = typer.Typer(help="Find the records, and the documents, that are about the same person or the same text.", no_args_is_help=True)
app.command("documents")(link_documents.documents)
app.command("events")(link_events.events)


@app.command("persons")
def persons(
    files: Annotated[list[Path], typer.Argument(readable=False, help="Lists of persons: csv, csv.gz or parquet.")],
    truth: Annotated[str | None, typer.Option(metavar="COLUMN|febrl", help="Column whose equal values are one person.")] = None,
    columns: Annotated[str, typer.Option(metavar="ROLE=NAME,..", help="What a column says, where its name does not tell.")] = "",
    judgements: Annotated[Path | None, typer.Option(readable=False, help="File with id_l, id_r, judgement, who, when.")] = None,
    duplicate_free: Annotated[str, typer.Option(metavar="LIST,..", help="Lists known to hold nobody twice.")] = "",
    draws: Annotated[int, typer.Option(min=1, max=1000, help="Clusterings to draw besides the best one.")] = 20,
    seed: SeedOption = 20130111,
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    out_dir: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to write pairs.parquet and clusters.parquet.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Link lists of persons; unsupervised unless judgements are given."""
    from tocsin.flow.link_files import Request, link_files, write_linkage

    request = Request(
        files=files,
        truth=truth,
        columns=_roles(columns),
        judgements=judgements,
        duplicate_free=frozenset(name for name in duplicate_free.split(",") if name),
        draws=draws,
        seed=seed,
        threads=min(4, os.cpu_count() or 1),
        engine=engine,
    )
    answer = link_files(request)
    if out_dir is not None:
        write_linkage(answer, out_dir)
    if as_json:
        print_json(answer.as_dict())
    else:
        _show(answer, out_dir)


def _roles(text: str) -> dict[str, str]:
    roles = {}
    for part in filter(None, text.split(",")):
        role, mark, column = part.partition("=")
        if not mark:
            raise WrongUse("not a role and a column", "--columns", "role=column,role=column", part[:40])
        roles[role.strip()] = column.strip()
    return roles


def _show(answer: Answer, out_dir: Path | None) -> None:
    said = answer.as_dict()
    say("Columns: " + ", ".join(f"{column} = {role}" for role, column in said["columns"].items()))
    say("Candidates by: " + "; ".join(said["blocking"]))
    say(
        f"{said['records']:,} records, {said['clusters']:,} persons in the best single answer "
        f"(95% of draws: {said['clusters_low']:,} to {said['clusters_high']:,}), {said['pairs']:,} pairs, {said['seconds']} s",
    )
    interval = f"95% interval {said['candidate_recall_low']:.3f} to {said['candidate_recall_high']:.3f}"
    say(f"Candidate recall, estimated: {said['candidate_recall']:.3f} ({interval}; {said['candidate_recall_method']})")
    if answer.linked.recall.counted_twice:
        say(f"Note: {answer.linked.recall.counted_twice}")
    if said["warning"]:
        say(f"Note: {said['warning']}")
    for reason, count in said["skipped"].items():
        say(f"{count:,} {reason}")
    for note in said["notes"]:
        say(f"Note: {note}")
    if answer.evaluation is not None:
        for name in ("pairwise", "cluster"):
            figures = "  ".join(f"{key} {value:.4f}" for key, value in said[name].items() if value is not None)
            say(f"{name:<9} {figures or 'nothing to count: no record is linked, and none should be'}")
        say(f"block recall {said['block_recall']}  Brier skill {said['brier_skill']}")
    if out_dir is not None:
        say(f"Written: {out_dir / 'pairs.parquet'}, {out_dir / 'clusters.parquet'}")
