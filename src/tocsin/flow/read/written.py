"""What people wrote, as tables; read only when a page needs it, so that other readers never load Django."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from tocsin.flow.explain import Use


def read_records() -> Mapping[str, pa.Table]:
    """Return what people wrote by subject."""
    from tocsin.flow import records

    return records.read_records()


def read_stamp() -> str:
    """Return a value that changes with every act of a person."""
    from tocsin.flow import records

    return records.stamp()


def citing(identifier: str) -> list[Use]:
    """Return the alerts issued to the public that cite an id; no other record is named in public."""
    from tocsin.flow import records

    public = {row["id"]: row["headline"] for row in records.read_records()["alerts"].to_pylist() if row["audience"] == "public"}
    cited = {str(entry["id"]) for entry in records.citing(identifier)}
    return [Use(one, "record", headline) for one, headline in public.items() if one in cited]
