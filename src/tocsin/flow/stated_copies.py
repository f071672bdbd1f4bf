"""What the keepers of a list say of their own records: this one is a duplicate of that one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from tocsin.flow.judged import Pair

UNKNOWN = "duplicate_of that names no record of these lists"


def stated_copies(persons: pa.Table, judged: Iterable[Pair]) -> tuple[list[tuple[str, str, str]], dict[str, int]]:
    """Return the stated duplicates as positive judgements, and how many name a record that is not there.

    A value is a record of the same list, or LIST/RECORD. What people judged of a pair at the desk is left to them.

    Args:
        persons: rows of the table `persons`, all of one dataset.
        judged: pairs of row ids that people judged, smaller id first.
    """
    rows = persons.select(["id", "list", "record", "duplicate_of"]).to_pylist()
    by_name: Mapping[tuple[str, str], str] = {(row["list"], row["record"]): row["id"] for row in rows}
    known, found, unknown = set(judged), [], 0
    for row in rows:
        if not row["duplicate_of"]:
            continue
        within = (row["list"], row["duplicate_of"])
        other = by_name.get(within) or by_name.get(_elsewhere(row["duplicate_of"]))
        if other is None or other == row["id"]:
            unknown += 1
            continue
        pair = (min(row["id"], other), max(row["id"], other))
        if pair not in known:
            found.append((*pair, "positive"))
    return sorted(set(found)), {UNKNOWN: unknown} if unknown else {}


def _elsewhere(text: str) -> tuple[str, str]:
    name, _, record = text.partition("/")
    return name, record
