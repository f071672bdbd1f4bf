"""`tocsin link documents`: which texts are copies of one another, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, out, print_json

#: What each reason says to a reader.
SAID = {
    "same_text": "the same text",
    "near_text": "nearly the same text",
    "cut_copy": "one is a shortened copy",
    "quoted": "one stands inside the other",
    "syndicated": "in another outlet",
    "translation": "the title in another language",
}


def documents(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", readable=False, help="Text files in UTF-8; the items of a digest are compared too.")
    ],
    judgements: Annotated[
        Path | None, typer.Option(readable=False, help="File with id_l, id_r, judgement, who, when; they win over every rule.")
    ] = None,
    least: Annotated[float | None, typer.Option(metavar="SHARE", help="Overlap of word sequences that makes a near copy (0.6).")] = None,
    out_dir: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to write pairs.parquet and clusters.parquet.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Find texts that are the same, nearly the same, taken over by another outlet, or translated."""
    from tocsin.flow.link_documents import link_document_files, write_copies

    answer = link_document_files(files, judgements, least)
    if out_dir is not None:
        write_copies(answer, out_dir)
    said = answer.as_dict()
    if as_json:
        print_json(said)
        return
    out.print(f"{said['documents']:,} documents, {said['different']:,} different ones, {said['seconds']} s", markup=False)
    for pair in said["pairs"]:
        degree = pair["titles"] if pair["jaccard"] is None else pair["jaccard"]
        out.print(f"{degree:.2f}  {pair['left_title']}  =  {pair['right_title']}", markup=False)
        out.print(f"      {', '.join(SAID[reason] for reason in pair['reasons'])}", markup=False)
    if out_dir is not None:
        out.print(f"Written: {out_dir / 'pairs.parquet'}, {out_dir / 'clusters.parquet'}", markup=False)
