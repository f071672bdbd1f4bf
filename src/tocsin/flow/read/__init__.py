"""Read models of the public pages: pure functions from a published run to plain dataclasses."""

from tocsin.flow.read.published import Published, Shelf
from tocsin.flow.read.written import desk_people, public_people, read_records, read_stamp

__all__ = ["Published", "Shelf", "desk_people", "public_people", "read_records", "read_stamp"]
