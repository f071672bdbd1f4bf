"""Reads the user's own lists of victims: one CSV file or several, columns recognised by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from tocsin.datasets.victim_list.columns import recognise
from tocsin.model.casualties import CAUSES, CIVILIAN_STATUSES, CONSENTS, DUPLICATE, STATUSES, UNKNOWN
from tocsin.model.errors import BadInput
from tocsin.stages.collect import Crawl, Record, SourceFile

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")
_SEX = {"m": "m", "male": "m", "man": "m", "ذكر": "m", "f": "f", "female": "f", "woman": "f", "أنثى": "f", "انثى": "f"}


def crawl(crawl: Crawl) -> None:
    """Emit one person for each row; a row without any name stays, since a body without a name is a victim too."""
    mapping = _mapping(crawl)
    for item in crawl.items:
        if item.name.endswith((".csv", ".parquet")):
            _read_list(crawl, item, mapping)


def _mapping(crawl: Crawl) -> dict[str, str]:
    for item in crawl.items:
        if item.name.rsplit("/", 1)[-1] == "mapping.yml":
            value = yaml.safe_load(item.text())
            if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
                raise BadInput("mapping.yml is not a list of roles", item.name, "role: column", type(value).__name__, "See the how-to.")
            return {str(k): v for k, v in value.items()}
    return {}


def _read_list(crawl: Crawl, item: SourceFile, mapping: Mapping[str, str]) -> None:
    roles: dict[str, str] | None = None
    stem = item.name.rsplit("/", 1)[-1].removesuffix(".csv").removesuffix(".parquet")
    for number, record in enumerate(crawl.rows(item, ()), start=1):
        if roles is None:
            header = list(record.values)
            roles = recognise(header, mapping, item.name)
            left = len(set(header) - set(roles.values()))
            if left:
                crawl.skip("column not recognised", left)
        _emit(crawl, item, record, _Taken(record, roles), stem, number)
    if roles is None:
        raise BadInput("the list has no rows", item.name, "a header and one row for each person", "a header alone", "Check the export.")


class _Taken:
    """Takes values of a record by role instead of by column."""

    def __init__(self, record: Record, roles: Mapping[str, str]) -> None:
        self.record = record
        self.roles = roles

    def text(self, role: str) -> str | None:
        return self.record.pop(self.roles[role]) if role in self.roles else None


def _emit(crawl: Crawl, item: SourceFile, record: Record, taken: _Taken, stem: str, number: int) -> None:
    label = taken.text("list") or stem
    identifier = taken.text("record") or f"row {number}"
    date, precision = record.date(taken.roles["date"])
    age = record.count(taken.roles["age"]) if "age" in taken.roles else None
    given, father, family = (taken.text(role) for role in ("given", "father", "family"))
    territory = taken.text("territory")
    crawl.check_territory(territory, record.where)
    duplicate_of = taken.text("duplicate_of")
    name = taken.text("name") or " ".join(part for part in (given, father, family) if part) or None
    crawl.emit(
        "persons",
        item=item,
        locator=record.locator,
        key=[label, identifier],
        list=label,
        record=identifier,
        name=name,
        given=given,
        father=father,
        family=family,
        script=script_of(name),
        date=date,
        date_precision=precision,
        place=taken.text("place"),
        admin_code=taken.text("admin_code") or territory,
        sex=_SEX.get((taken.text("sex") or "").lower()),
        age=age,
        status=_one_of(taken.text("status"), STATUSES, record) or (DUPLICATE if duplicate_of else STATUSES[0]),
        cause=_one_of(taken.text("cause"), (*CAUSES, UNKNOWN), record),
        civilian_status=_one_of(taken.text("civilian_status"), (*CIVILIAN_STATUSES, UNKNOWN), record),
        duplicate_of=duplicate_of,
        consent=_one_of(taken.text("consent"), CONSENTS, record),
    )


def _one_of(value: str | None, known: Sequence[str], record: Record) -> str | None:
    """Return the word of a fixed vocabulary that a field holds; None where it is empty."""
    if value is None:
        return None
    word = value.lower().replace(" ", "_").replace("-", "_")
    if word not in known:
        raise BadInput(
            "no status, cause, civilian status or consent has this name", record.where, ", ".join(known), "another word", "Correct the row."
        )
    return word


def script_of(text: Any) -> str | None:
    """Return `Arab`, `Latn` or `mixed` for the letters of a name; None where it has no letter."""
    letters = _LETTER.findall(text or "")
    arabic = sum(bool(_ARABIC.match(c)) for c in letters)
    if not letters:
        return None
    return "Arab" if arabic == len(letters) else "mixed" if arabic else "Latn"
