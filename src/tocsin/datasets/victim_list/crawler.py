"""Reads the user's own lists of victims: one CSV file or several, columns recognised by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from tocsin.datasets.victim_list.columns import recognise
from tocsin.model.ages import read_age
from tocsin.model.casualties import CAUSES, CIVILIAN_STATUSES, CONSENTS, DUPLICATE, STATUSES, UNKNOWN
from tocsin.model.dates import day_before_month, first_day, months_first, read_date
from tocsin.model.errors import BadInput
from tocsin.model.periods import DatePoint
from tocsin.model.sexes import read_sex
from tocsin.stages.collect import Crawl, Record, SourceFile

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_NUMBER = re.compile(r"-?[\d.]+")
_LETTER = re.compile(r"[^\W\d_]")


#: What `tocsin link persons --out` writes, perhaps into the folder of the lists.
WRITTEN_BY_LINKING = ("pairs.parquet", "clusters.parquet")
#: What to do about a word that is not known.
_TODO = {"consent": "Write given only where the person or the family agreed that the name is published, refused where not."}


def crawl(crawl: Crawl) -> None:
    """Emit one person for each row; a row without any name stays, since a body without a name is a victim too."""
    mapping = _mapping(crawl)
    for item in crawl.items:
        if item.name.rsplit("/", 1)[-1] in WRITTEN_BY_LINKING:
            crawl.skip("file that linking wrote, no list")
        elif item.name.endswith((".csv", ".parquet")):
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
    records = list(crawl.rows(item, (), delimiter=None))
    if not records:
        raise BadInput("the list has no rows", item.name, "a header and one row for each person", "a header alone", "Check the export.")
    header = list(records[0].values)
    roles = recognise(header, mapping, item.name)
    left = [column for column in header if column not in roles.values()]
    if left:
        crawl.skip(f"column not recognised: {', '.join(left)} ({item.name})", len(left))
    dates = _dates(crawl, item, roles["date"], records)
    stem = item.name.rsplit("/", 1)[-1].removesuffix(".csv").removesuffix(".parquet")
    for number, (record, date) in enumerate(zip(records, dates, strict=True), start=1):
        _emit(crawl, item, _Taken(record, roles, f"row {number}", stem), date)


def _dates(crawl: Crawl, item: SourceFile, column: str, records: Sequence[Record]) -> list[DatePoint]:
    """Return the dates of a list; a word that says no date is unknown and counted.

    Raises:
        BadInput: a day does not exist, or no date can be read, so the column holds something else.
    """
    written = [record.pop(column) for record in records]
    read = [read_date(text) for text in (map(day_before_month, written) if months_first(written) else written)]
    for record, date in zip(records, read, strict=True):
        if date is not None and date.precision == "impossible":
            raise BadInput(f'column "{column}" is not a date', record.where, "a day that exists", "one that does not", "Correct the row.")
    unread = sum(text is not None and date is None for text, date in zip(written, read, strict=True))
    if unread and unread == sum(text is not None for text in written):
        expected = "2025-03-14, 14/03/2025, 14 mars 2025, 2025-03 or 2025"
        raise BadInput("no date of the list can be read", item.name, expected, "something else", "Name the column of dates in mapping.yml.")
    if unread:
        crawl.skip("date that can't be read, taken as unknown", unread)
    return [first_day(date) for date in read]


class _Taken:
    """Takes values of a record by role instead of by column."""

    def __init__(self, record: Record, roles: Mapping[str, str], row: str, stem: str) -> None:
        self.record = record
        self.roles = roles
        self.label = self.text("list") or stem
        self.identifier = self.text("record") or row

    def text(self, role: str) -> str | None:
        return self.record.pop(self.roles[role]) if role in self.roles else None

    def joined(self, *roles: str) -> str | None:
        return " ".join(part for role in roles if (part := self.text(role))) or None

    def one_of(self, role: str, known: Sequence[str]) -> str | None:
        """Return the word of a fixed vocabulary that a field holds; None where it is empty.

        Raises:
            BadInput: it holds another word; consent is never guessed.
        """
        value = self.text(role)
        if value is None:
            return None
        word = value.lower().replace(" ", "_").replace("-", "_")
        if word not in known:
            what = f'column "{self.roles[role]}" ({role.replace("_", " ")}) holds a word that is not known'
            raise BadInput(what, self.record.where, ", ".join(known), "another word", _TODO.get(role, "Correct the row."))
        return word


def _emit(crawl: Crawl, item: SourceFile, taken: _Taken, date: DatePoint) -> None:
    record, label, identifier = taken.record, taken.label, taken.identifier
    given, father, family = taken.joined("given", "given2"), taken.text("father"), taken.joined("family", "family2")
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
        date=date.day,
        date_precision=date.precision,
        place=taken.text("place"),
        admin_code=taken.text("admin_code") or territory,
        sex=read_sex(taken.text("sex") or ""),
        age=_age(crawl, taken),
        status=taken.one_of("status", STATUSES) or (DUPLICATE if duplicate_of else STATUSES[0]),
        cause=taken.one_of("cause", (*CAUSES, UNKNOWN)),
        civilian_status=taken.one_of("civilian_status", (*CIVILIAN_STATUSES, UNKNOWN)),
        duplicate_of=duplicate_of,
        consent=taken.one_of("consent", CONSENTS),
    )


def _age(crawl: Crawl, taken: _Taken) -> int | None:
    """Return the age: a number is checked as a count, words are read, and what says no age, such as a band, is unknown and counted."""
    column = taken.roles.get("age", "")
    if _NUMBER.fullmatch(taken.record.values.get(column, "").strip()):
        return taken.record.count(column)
    written = taken.text("age")
    age = read_age(written or "")
    if written is not None and age is None:
        crawl.skip("age that is no number of years, taken as unknown")
    return age


def script_of(text: Any) -> str | None:
    """Return `Arab`, `Latn` or `mixed` for the letters of a name; None where it has no letter."""
    letters = _LETTER.findall(text or "")
    arabic = sum(bool(_ARABIC.match(c)) for c in letters)
    if not letters:
        return None
    return "Arab" if arabic == len(letters) else "mixed" if arabic else "Latn"
