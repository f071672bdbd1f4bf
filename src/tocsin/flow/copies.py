"""Gathers the texts of a run, or of files, and links their copies: what the link stage needs, from rows and preserved bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tocsin.flow.context import Context
from tocsin.model import tables
from tocsin.stages.extract import find_language
from tocsin.stages.link.documents import Duplicates, Text, link_documents

#: Kinds of documents that are texts of their own; a digest and a summary are made of others.
KINDS = ("text", "item")
_TITLE = 200


def link_texts(context: Context, judgements: Sequence[tuple[str, str, str]]) -> tuple[Duplicates, dict[str, int]]:
    """Return the copies among all documents of a run, and what was left out; invented and real texts are never compared."""
    rows = context.earlier("documents").to_pylist()
    whole = {row["item"]: row["id"] for row in rows if row["kind"] == "text"}
    found: dict[bool, list[Text]] = {False: [], True: []}
    skipped: dict[str, int] = {}
    read: dict[str, str] = {}
    for row in rows:
        if row["kind"] not in KINDS:
            continue
        try:
            text = read.setdefault(row["item"], context.workspace.archive.get(row["item"]).decode("utf-8-sig"))
        except UnicodeDecodeError:
            skipped["document not compared: not UTF-8"] = skipped.get("document not compared: not UTF-8", 0) + 1
            continue
        found[bool(row["invented"])].append(text_of(row, text, whole.get(row["item"])))
    parts = [link_documents(texts, judgements=judgements) for texts in found.values() if texts]
    return joined(parts), skipped


def text_of(row: Mapping[str, Any], text: str, whole: str | None) -> Text:
    """Return a document's row and its file's text as one text to compare.

    Args:
        row: the document.
        text: the text of the whole file.
        whole: id of the document that the whole file is.
    """
    body = text if row["span_start"] is None else text[row["span_start"] : row["span_end"]]
    return Text(
        id=row["id"],
        text=body,
        title=first_line(body) if row["kind"] == "text" and _is_file_name(row["title"]) else row["title"],
        outlet=row["outlet"] or row["author"],
        date=row["date"],
        language=row["language"] or find_language(body),
        part_of=whole if whole != row["id"] else None,
    )


def joined(parts: Iterable[Duplicates]) -> Duplicates:
    """Return several answers as one."""
    parts = list(parts)
    groups = {identifier: group for part in parts for identifier, group in part.groups.items()}
    return Duplicates(
        tables.concat("pairs", [part.pairs for part in parts]),
        tables.concat("clusters", [part.clusters for part in parts]),
        groups,
        tuple(link for part in parts for link in part.found),
    )


def first_line(text: str) -> str | None:
    """Return the first line that holds a word, without its marks; the title of a text that states none."""
    for line in text.splitlines():
        words = line.strip(" #*_\t\ufeff")
        if any(character.isalpha() for character in words):
            return words[:_TITLE]
    return None


def _is_file_name(title: str | None) -> bool:
    return title is None or title.lower().endswith((".txt", ".md"))
