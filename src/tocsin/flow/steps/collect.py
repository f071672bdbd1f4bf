"""Runs the collect stage on a workspace: what its crawlers make of the preserved files, as the world could know it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.datasets import catalogue
from tocsin.flow.collect import read_collection
from tocsin.flow.context import Context, StepResult
from tocsin.model import tables
from tocsin.model.ids import item_id
from tocsin.storage import Archive, Collection

UNKNOWN_YET = "rows that the world could not know by the day of the run"


def step(context: Context) -> StepResult:
    """Return every table that the newest collection of each dataset gives, and `items`, the preserved files behind them."""
    archive, day = context.workspace.archive, context.run.as_of
    collections = archive.collections(day)
    datasets = [one for one in catalogue() if one.name in collections]
    parts: dict[str, list[pa.Table]] = defaultdict(list)
    skipped: Counter[str] = Counter()
    for number, one in enumerate(datasets):
        context.progress(number, len(datasets), one.name)
        reading = read_collection(context.workspace, one, collections[one.name])
        for reason, count in reading.skipped.items():
            skipped[f"{reason} ({one.name})"] += count
        for name, table in reading.tables.items():
            kept = _known_by(table, day)
            parts[name].append(kept)
            if kept.num_rows < table.num_rows:
                skipped[f"{UNKNOWN_YET} ({one.name})"] += table.num_rows - kept.num_rows
    nameless = sorted(set(collections) - {one.name for one in datasets})
    notes = tuple(f"{name} was collected by another version of Tocsin, which knew this dataset; it is left out" for name in nameless)
    content = {name: tables.concat(name, found) for name, found in parts.items()}
    content["items"] = _items(archive, [collections[one.name] for one in datasets], day)
    return StepResult(content, skipped=dict(skipped), notes=notes)


def _known_by(table: pa.Table, day: dt.date) -> pa.Table:
    """Return the rows that the world could know by `day`; rows that name no day are as old as their file."""
    known = pc.fill_null(pc.less_equal(table.column("available_at"), pa.scalar(day, pa.date32())), True)
    return table.filter(known)


def _items(archive: Archive, collections: list[Collection], day: dt.date) -> pa.Table:
    rows: dict[str, dict[str, object]] = {}
    for collection in collections:
        for item in archive.items_of(collection):
            available = dt.date.fromisoformat(item.available_at[:10]) if item.available_at else None
            if item.sha256 in rows or (available is not None and available > day):
                continue
            rows[item.sha256] = {
                "id": item_id(item.sha256),
                "sha256": item.sha256,
                "name": item.name,
                "dataset": item.dataset,
                "size": item.size,
                "media_type": item.media_type,
                "received_at": dt.datetime.fromisoformat(item.received_at),
                "available_at": available,
                "key_id": item.key_id,
                "origin": item.origin,
            }
    return tables.from_rows("items", rows.values())
