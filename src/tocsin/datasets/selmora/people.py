"""Reads the four lists of Selmora, each in its own columns, script and habits, into one table of persons."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.stages.collect import Crawl, Record, SourceFile

#: List -> what its columns are called: identifier, date, sex.
_COLUMNS: Mapping[str, tuple[str, str, str]] = {
    "hospitals": ("serial", "date_of_death", "sex"),
    "researchers": ("record_id", "date", "gender"),
    "news": ("id", "date", "sex"),
    "families": ("record", "date", "sex"),
}
_PARTS: Mapping[str, tuple[str, str, str]] = {
    "researchers": ("given_name", "father_name", "family_name"),
    "families": ("given", "father", "family"),
}
_WHOLE: Mapping[str, str] = {"hospitals": "full_name", "news": "name"}
_SEX: Mapping[str, str] = {"m": "m", "f": "f", "ذكر": "m", "أنثى": "f"}


def crawl_lists(crawl: Crawl) -> None:
    """Emit one person for each record of each list; place names become those of the country's own gazetteer."""
    gazetteer = _gazetteer(crawl)
    for item in crawl.items:
        if item.name.startswith("list_"):
            name = item.name.removeprefix("list_").removesuffix(".csv")
            identifier, date, sex = _COLUMNS[name]
            for record in crawl.rows(item, (identifier, date, sex, "place", "district", "entered")):
                _emit(crawl, item, name, record, gazetteer)
                record.audit()


def _gazetteer(crawl: Crawl) -> dict[str, tuple[str, str]]:
    """Return for each spelling of a place or district its Latin name and the code of its district."""
    found: dict[str, tuple[str, str]] = {}
    for item in crawl.items:
        if item.name == "places.csv":
            for record in crawl.rows(item, ("code", "name", "arabic", "admin_code")):
                name, admin = record.need("name"), record.need("admin_code")
                found[name] = found[record.need("arabic")] = (name, admin)
    return found


def _emit(crawl: Crawl, item: SourceFile, name: str, record: Record, gazetteer: Mapping[str, tuple[str, str]]) -> None:
    identifier, date_column, sex_column = _COLUMNS[name]
    number = record.need(identifier)
    if name in _PARTS:
        given, father, family = (record.pop(column) for column in _PARTS[name])
        whole: str | None = " ".join(part for part in (given, father, family) if part)
    else:
        whole = record.pop(_WHOLE[name])
        given, father, family = parts_of(whole or "")
    date, precision = record.date(date_column)
    entered, _ = record.date("entered")
    place, _ = gazetteer.get(record.pop("place") or "", (None, None))
    _, admin = gazetteer.get(record.pop("district") or "", (None, None))
    crawl.emit(
        "persons",
        item=item,
        locator=record.locator,
        key=[name, number],
        available_at=entered,
        list=name,
        record=number,
        name=whole,
        given=given,
        father=father,
        family=family,
        script="Arab" if name == "families" else "Latn",
        date=date,
        date_precision=precision,
        place=place,
        admin_code=admin,
        sex=_SEX.get(record.pop(sex_column) or ""),
        age=record.count("age"),
        status=record.pop("status") or "reported",
        cause=record.pop("cause"),
        civilian_status=record.pop("civilian_status"),
        consent=record.pop("consent"),
    )


def parts_of(name: str) -> tuple[str | None, str | None, str | None]:
    """Return given name, father's name and family of a whole name as these lists write it, in this order.

    A kunya (Abu or Umm and a name) stands for the given name, and an article written apart belongs to the family.

    >>> parts_of("Nadiya Hamid Al Zuswabi")
    ('Nadiya', 'Hamid', 'Al Zuswabi')
    >>> parts_of("Abu Karim el-Dafruw")
    ('Abu Karim', None, 'el-Dafruw')
    """
    words = name.split()
    head = 2 if words[:1] in (["Abu"], ["Umm"]) else 1
    given, rest = " ".join(words[:head]) or None, words[head:]
    tail = 2 if len(rest) > 1 and rest[-2] in ("Al", "El") else 1
    family = " ".join(rest[-tail:]) or None
    return given, " ".join(rest[:-tail]) or None, family
