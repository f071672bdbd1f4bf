"""Turns what the extract stage read from one document into rows, with ids and locators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tocsin import reference
from tocsin.flow.given_files import given_bytes
from tocsin.model.ids import stable_id
from tocsin.stages.collect import SourceFile, read_plain_text
from tocsin.stages.extract import Extracted, FoundFigure, Gazetteer, Part, extract_document

__all__ = ["Extracted", "document_id", "document_rows", "figure_rows", "gazetteer", "measure_rows", "part_id", "read_file", "read_text"]

#: Columns that every row of one document shares: dataset, item, available_at, first_seen, invented.
Origin = Mapping[str, Any]


@cache
def gazetteer() -> Gazetteer:
    """Return the names of all territories, built once."""
    return Gazetteer.build([(name, t.code) for t in reference.territories() for name in (t.name, *t.names)])


def read_text(name: str, text: str) -> Extracted:
    """Return what can be read from one text."""
    return extract_document(name, text, gazetteer())


def read_file(path: Path) -> tuple[str, str]:
    """Return the hash and the text of a file that a user names.

    Raises:
        BadInput: it is not there, or no plain text.
    """
    source = SourceFile.of(path.name, given_bytes(path, "a text file in UTF-8"))
    return source.sha256, read_plain_text(source)


def document_id(item: str) -> str:
    """Return the id of the document that a preserved file is read as."""
    return stable_id("doc", "extract", item)


def document_rows(found: Extracted, origin: Origin) -> list[dict[str, Any]]:
    """Return the digest itself and one row for each of its parts; other documents have their row from collect."""
    if not found.parts:
        return []
    whole = {
        **origin,
        "id": document_id(origin["item"]),
        "locator": "whole text",
        "kind": found.kind,
        "title": found.title,
        "date": found.date.day if found.date else None,
        "date_precision": found.date.precision if found.date else "unknown",
        "language": found.language,
        "text_hash": found.text_hash,
    }
    return [whole, *(_part_row(part, found, origin) for part in found.parts)]


def figure_rows(found: Extracted, origin: Origin, document: str) -> list[dict[str, Any]]:
    """Return one row a figure; a part of a digest is named as its document."""
    ids = [_figure_id(origin["item"], f) for f in found.figures]
    parts = {part.key: part_id(origin["item"], part) for part in found.parts}
    return [_figure_row(f, ids, parts.get(f.part, document), origin) for f in found.figures]


def measure_rows(found: Extracted, origin: Origin) -> list[dict[str, Any]]:
    """Return one row a measure that the text asks for or says was taken; the toolbox gives its title."""
    titles = {measure.id: measure.name for measure in reference.toolbox().measures}
    return [
        {
            **origin,
            "id": stable_id("mea", "extract", origin["item"], *one.span, one.kind, one.role, one.territory),
            "locator": f"characters {one.span[0]}-{one.span[1]}",
            "kind": one.kind,
            "role": one.role,
            "actor": one.actor,
            "target": one.territory,
            "territory": one.territory,
            "date": one.first,
            "date_to": one.last,
            "date_precision": one.precision,
            "title": titles.get(one.kind),
            "note": "machine reading, unreviewed",
            "span_start": one.span[0],
            "span_end": one.span[1],
        }
        for one in (measure.measure for measure in found.measures)
    ]


def part_id(item: str, part: Part) -> str:
    """Return the id of a part of a document."""
    return stable_id("doc", "extract", item, part.key)


def _part_row(part: Part, found: Extracted, origin: Origin) -> dict[str, Any]:
    return {
        **origin,
        "id": part_id(origin["item"], part),
        "locator": f"characters {part.span[0]}-{part.span[1]}",
        "kind": part.kind,
        "parent": document_id(origin["item"]),
        "section": part.section,
        "number": part.number,
        "title": part.title,
        "author": part.author,
        "outlet": part.outlet,
        "date": part.date.day if part.date else None,
        "date_precision": part.date.precision if part.date else "unknown",
        "language": found.language,
        "link_kind": part.link_kind,
        "link": part.link,
        "territory": part.territory,
        "span_start": part.span[0],
        "span_end": part.span[1],
        "excerpt": part.excerpt,
    }


def _figure_id(item: str, found: FoundFigure) -> str:
    return stable_id("fig", "extract", item, *found.figure.span, found.figure.kind)


def _figure_row(found: FoundFigure, ids: list[str], document: str, origin: Origin) -> dict[str, Any]:
    figure = found.figure
    as_of: dt.date | None = figure.last if figure.precision == "as_of" else None
    return {
        **origin,
        "id": _figure_id(origin["item"], found),
        "locator": f"characters {figure.span[0]}-{figure.span[1]}",
        "indicator": figure.kind,
        "definition": figure.definition or None,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "unit": figure.unit,
        "place": figure.place,
        "territory": figure.territory,
        "period_from": figure.first,
        "period_to": figure.last,
        "date_precision": figure.precision,
        "as_of": as_of,
        "said_by": figure.said_by,
        "relation": found.relation.name if found.relation else None,
        "related": ids[found.relation.of] if found.relation else None,
        "document": document,
        "span_start": figure.span[0],
        "span_end": figure.span[1],
        "confidence": "machine reading, unreviewed",
    }
