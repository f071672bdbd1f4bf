"""An ask that was read in a text names the body that is asked, never the country it is about as its addressee."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import pytest

from tocsin.flow.read.asks import Ask, on_record
from tocsin.flow.read.published import Published
from tocsin.flow.texts import measure_rows, read_text
from tocsin.model import tables

ORIGIN = {"dataset": "documents", "item": "0" * 64, "available_at": None, "first_seen": None, "invented": False}


class _Tables:
    """Holds the measures of one text as a run would."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = tables.from_rows("measures", rows).to_pylist()

    def select(self, name: str, columns: object = None, **wanted: tuple[str, ...]) -> list[Mapping[str, Any]]:
        return [row for row in self.rows if row["role"] in wanted["role"]] if name == "measures" else []

    def once(self, _key: object, build: Callable[[], Any]) -> Any:
        return build()


def _asks(text: str) -> list[Ask]:
    held = cast(Published, _Tables(measure_rows(read_text("note.txt", text), ORIGIN)))
    return list(on_record(held))


@pytest.mark.parametrize(
    ("text", "sender", "addressee"),
    [
        ("The Security Council should refer the situation in Syria to the International Criminal Court.", "", "Security Council"),
        ("The Arab League warned of a civil war in Syria.", "Arab League", ""),
        ("The Government of Syria is manifestly failing to protect its people.", "", "Government of Syria"),
    ],
)
def test_who_asks_and_who_is_asked_are_not_mixed_up(text, sender, addressee):
    (ask,) = _asks(text)
    assert (ask.sender, ask.addressee, ask.territory) == (sender, addressee, "SYR")
