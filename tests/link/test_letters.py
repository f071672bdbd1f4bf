"""One letter is one letter in every script."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tocsin.stages import link
from tocsin.stages.link.letters import one_byte_letters
from tocsin.storage import connect


def _level(one: str, two: str) -> str:
    """Return how two given names compare in a list of two records."""
    source = pa.table({"given": [one, two], "family": ["Hasan", "Hasan"], "dob": ["1980-01-02", "1980-01-02"]})
    linked = link.link_persons(source, link.recognise(source.column_names), connect(1), link.Options(draws=1, threads=1))
    level = int(linked.scored.engine.compare(np.array([0]), np.array([1])).levels[0, 0])
    return linked.scored.model.field("given").labels[level]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("بلال", "بلاز"),  # another letter, of which the second byte differs too
        ("بلال", "بلانل"),  # one letter more
        ("جميل", "جيمل"),  # two letters exchanged: four bytes
        ("Møller", "Mølner"),
        ("Çelik", "Çebik"),
        ("አበበ", "አበጠ"),
    ],
)
def test_one_letter_apart_is_seen_in_every_script(one, two):
    assert _level(one, two) in ("one letter apart", "equal by sound")


@pytest.mark.parametrize(("one", "two"), [("بلال", "كمال"), ("Møller", "Mønstar")])
def test_two_letters_apart_are_not_one(one, two):
    assert _level(one, two) != "one letter apart"


def test_texts_in_ascii_stay_and_equal_letters_stay_equal():
    texts = ["ali", "علي", "على", None, "عali"]
    short = one_byte_letters({"a": pa.array(texts), "b": pa.array(["علي", None, "x", "y", "z"])})
    a, b = short["a"].to_pylist(), short["b"].to_pylist()
    assert a[0] == "ali"
    assert a[3] is None
    assert a[1] == b[0]
    assert a[1] != a[2]
    assert [len(t.encode()) for t in a if t] == [3, 3, 3, 4]


def test_more_letters_than_signs_leave_the_rarest_as_they_are():
    many = [chr(0x4E00 + i) for i in range(300)]
    short = one_byte_letters({"a": pa.array([many[0] * 3, *many])})["a"].to_pylist()
    assert len(short[0].encode()) == 3
    assert len(set(short[1:])) == 300
