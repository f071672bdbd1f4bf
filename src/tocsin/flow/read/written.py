"""What people wrote, as tables; read only when a page needs it, so that other readers never load Django."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping

import pyarrow as pa


def read_records() -> Mapping[str, pa.Table]:
    """Return what people wrote by subject."""
    if importlib.util.find_spec("tocsin.flow.records") is None:
        return {}
    records: Mapping[str, pa.Table] = importlib.import_module("tocsin.flow.records").read_records()
    return records
