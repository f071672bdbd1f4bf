"""The release gate: what may leave, and the findings that keep an edition a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.stages.publish.edition import Digest

#: Tables that may be published as open data, with the columns that may not. No table of persons is in this list.
OPEN_TABLES: dict[str, tuple[str, ...]] = {
    "situations": ("first_seen",),
    "figures": ("first_seen",),
    "measures": ("first_seen",),
    "estimates": (),
    "assessments": (),
    "indices": (),
    "forecasts": ("draws",),
    "scores": (),
    "options": (),
    "clocks": (),
}
#: A count of persons below this is not printed: it may point to a family.
SMALL_CELL = 5


@dataclass(frozen=True)
class Finding:
    """Says what stands in the way of a release, and about which row."""

    check: str
    about: str
    message: str


def open_rows(name: str, table: pa.Table) -> pa.Table:
    """Return what of a table may be published: allowed columns, and no small count of persons.

    A row of `estimates` whose documented count is below `SMALL_CELL` loses its numbers and keeps its place,
    so that a reader sees that something is withheld. Options that were listed for a draft alert about a real
    country stay in: they would say that there is such a draft.

    Raises:
        KeyError: the table is not one that may be published.
    """
    hidden = OPEN_TABLES[name]
    kept = table.select([c for c in table.column_names if c not in hidden])
    if name == "options":
        open_ = [
            bool(made_up) or not any(one.startswith("dra-") for one in inputs) for inputs, made_up in _columns(kept, "inputs", "invented")
        ]
        return kept.filter(pa.array(open_, pa.bool_()))
    if name != "estimates" or kept.num_rows == 0:
        return kept
    small = pc.fill_null(pc.less(kept.column("documented"), SMALL_CELL), False)
    for column in ("documented", "low", "median", "high"):
        position = kept.schema.get_field_index(column)
        values = kept.column(column)
        masked = pc.if_else(small, pa.scalar(None, values.type), values)
        kept = kept.set_column(position, kept.schema.field(position), masked)
    return kept


def _columns(table: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table.column(name).to_pylist() for name in names), strict=True)


def check_digest(digest: Digest) -> list[Finding]:
    """Return every reason why this digest may not be released as it stands."""
    findings = [
        Finding("figure-has-a-source", figure.id, f"The figure {figure.value} names nobody who said it.")
        for section in digest.sections
        for figure in section.summary
        if not figure.said_by
    ]
    findings += [
        Finding("figure-has-a-date", figure.id, f"The figure {figure.value} has no date.")
        for section in digest.sections
        for figure in section.summary
        if not figure.date
    ]
    findings += [
        Finding("item-has-a-title", item.id, f"Item {item.number} has no title.") for item in digest.items if item.title == "Without title"
    ]
    findings += [
        Finding("clash-has-two-sides", clash.about, f"Only one figure is left about {clash.about}.")
        for clash in digest.clashes
        if len(clash.figures) < 2
    ]
    if not digest.items:
        findings.append(Finding("digest-has-items", digest.title, "The digest has no items."))
    return findings
