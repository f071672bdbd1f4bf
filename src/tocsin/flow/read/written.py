"""What people wrote, as tables; read only when a page needs it, so that other readers never load Django."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from tocsin.flow.explain import People


def read_records() -> Mapping[str, pa.Table]:
    """Return what people wrote by subject."""
    from tocsin.flow import records

    return records.read_records()


def read_stamp() -> str:
    """Return a value that changes with every act of a person."""
    from tocsin.flow import records

    return records.stamp()


def public_people() -> People:
    """Return what people wrote as far as it is public: issued alerts with their answers, and released editions."""
    from tocsin.flow.people import Public

    return Public()


def desk_people() -> People:
    """Return all that people wrote, for those who work at the desk."""
    from tocsin.flow.people import Desk

    return Desk()
