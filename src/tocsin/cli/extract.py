"""`tocsin extract`: text in; documents, items, figures and measures out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import JsonOption, out, parse_day, print_json

if TYPE_CHECKING:
    from tocsin.flow.texts import Extracted

ITEM = ("section", "title", "author", "outlet", "date", "date_precision", "link_kind")
FIGURE = ("id", "value", "low", "high", "qualifier", "indicator", "place", "territory", "period_from", "date_precision", "said_by")
MEASURE = ("id", "kind", "role", "actor", "target", "territory", "date", "date_precision", "title")
NAMES = {"indicator": "counts", "period_from": "date", "date_precision": "precision"}


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", readable=False, help="Text files in UTF-8.")],
    as_json: JsonOption = False,
) -> None:
    """Read texts for their items, figures and measures; nothing is kept."""
    from tocsin.flow.texts import read_file, read_text

    result: dict[str, list[dict[str, Any]]] = {"documents": [], "figures": [], "measures": []}
    for path in files:
        item, text = read_file(path)
        _add(result, read_text(path.name, text), item)
    if as_json:
        print_json(result)
        return
    for document in result["documents"]:
        out.print(f"{document['title']}: {document['kind']}, {len(document['items'])} items", markup=False)
        for note in document["notes"]:
            out.print(f"  Note: {note}", markup=False)
        for item in document["items"]:
            out.print(
                f"  {item['section']}  {item['title']}, {item['outlet'] or 'no outlet'}, {item['date'] or 'date unknown'}", markup=False
            )
    for figure in result["figures"]:
        where = figure["territory"] or "place unknown"
        out.print(f"{figure['value']:>14,.0f}  {figure['qualifier']:<9} {figure['counts']:<16} {where}", markup=False)

    for measure in result["measures"]:
        out.print(f"{measure['role']:<14}  {measure['title'] or measure['kind']}, {measure['territory'] or 'place unknown'}", markup=False)


def _add(result: dict[str, list[dict[str, Any]]], found: Extracted, item: str) -> None:
    from tocsin.flow.future import without_future_dates
    from tocsin.flow.texts import document_id, document_rows, figure_rows, measure_rows

    origin = {"item": item}
    today = parse_day(None)
    rows, figures, measures = document_rows(found, origin), figure_rows(found, origin, document_id(item)), measure_rows(found, origin)
    late = sum(without_future_dates(name, new, today) for name, new in (("documents", rows), ("figures", figures), ("measures", measures)))
    items = [
        {**{NAMES.get(k, k): row.get(k) for k in ITEM}, "span": [row["span_start"], row["span_end"]]}
        for row in rows
        if row["kind"] == "item"
    ]
    date, precision = (found.date.day, found.date.precision) if found.date else (None, "unknown")
    if date and date > today:
        date, precision, late = None, "unknown", late + (not rows)
    notes = [*found.notes, *([f"{late} dates lie in the future: left out"] if late else [])]
    if found.language not in (None, "en"):
        notes.append("the text is not in English: few of its figures are read")
    summaries = [
        {"section": r["section"], "title": r["title"], "span": [r["span_start"], r["span_end"]]}
        for r in rows
        if r["kind"] == "section_summary"
    ]
    head = {
        "id": document_id(item),
        "title": found.title,
        "kind": found.kind,
        "date": date,
        "precision": precision,
        "language": found.language,
    }
    result["documents"].append({**head, "items": items, "summaries": summaries, "notes": notes})
    renamed = {**NAMES, "date": "date"}
    result["measures"] += [{**{renamed.get(k, k): r.get(k) for k in MEASURE}, "span": [r["span_start"], r["span_end"]]} for r in measures]
    result["figures"] += [{**{NAMES.get(k, k): r.get(k) for k in FIGURE}, "span": [r["span_start"], r["span_end"]]} for r in figures]
