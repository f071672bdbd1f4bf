"""What people wrote, as tables; read only when a page needs it, so that other readers never load Django."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from tocsin.flow.explain import Use


def _records() -> Any | None:
    found = importlib.util.find_spec("tocsin.flow.records")
    return importlib.import_module("tocsin.flow.records") if found else None


def read_records() -> Mapping[str, pa.Table]:
    """Return what people wrote by subject."""
    records = _records()
    return records.read_records() if records else {}


def read_stamp() -> str:
    """Return a value that changes with every act of a person."""
    records = _records()
    return str(records.stamp()) if records else ""


def citing(identifier: str) -> list[Use]:
    """Return the records that cite an id and that the public may see: none of them names a person."""
    records = _records()
    if records is None:
        return []
    return [Use(str(entry["id"]), str(entry.get("kind", "record")), str(entry.get("label", ""))) for entry in _public(records, identifier)]


def _public(records: Any, identifier: str) -> list[dict[str, Any]]:
    public = {row["id"] for row in records.read_records()["alerts"].to_pylist() if row.get("audience") == "public"}
    return [entry for entry in records.citing(identifier) if entry.get("id") in public]
