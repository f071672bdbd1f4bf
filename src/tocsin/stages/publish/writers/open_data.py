"""Writes open data: each publishable table as CSV and Parquet, the forecasts also as GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

#: Territory -> longitude and latitude of a label point; never the place of an event.
Points = Mapping[str, tuple[float, float]]


def as_csv(table: pa.Table) -> bytes:
    """Return UTF-8 CSV with a header; lists are joined by `; `, what is unknown is an empty cell.

    A text that a spreadsheet would run as a formula is given a leading apostrophe.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([_cell(value) for value in row.values()])
    return stream.getvalue().encode("utf-8")


def as_parquet(table: pa.Table) -> bytes:
    """Return Parquet with the table's own types."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def as_json(table: pa.Table) -> bytes:
    """Return a JSON list with one object a row; what is unknown is null."""
    return (json.dumps(table.to_pylist(), ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8")


def as_geojson(rows: Iterable[Mapping[str, Any]], points: Points) -> bytes:
    """Return GeoJSON: one point a territory with its properties; a territory without a point has a null geometry."""
    features = []
    for row in rows:
        point = points.get(row["territory"])
        geometry = {"type": "Point", "coordinates": list(point)} if point else None
        properties = {key: value for key, value in row.items() if not isinstance(value, list)}
        features.append({"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties})
    content = {"type": "FeatureCollection", "features": features}
    return (json.dumps(content, ensure_ascii=False, default=str) + "\n").encode("utf-8")


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(str(v) for v in value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
