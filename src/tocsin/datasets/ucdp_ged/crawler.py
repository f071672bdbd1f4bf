"""Reads UCDP's georeferenced events: one row an event, with its kind, days, place and deaths; people who are named are left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from tocsin import reference
from tocsin.model.errors import BadInput
from tocsin.model.periods import Precision
from tocsin.stages.collect import Crawl, Record, SourceFile

#: Kind of violence -> indicator, as in the country-year figures.
KINDS: Mapping[int, str] = {1: "deaths_state_based", 2: "deaths_non_state", 3: "deaths_one_sided"}
#: How exactly the days are known: a day, up to a week, a month, a year.
DATES: Mapping[int, Precision] = {1: "day", 2: "approximate", 3: "approximate", 4: "month", 5: "year"}
#: How exactly the place is known; from 6 on, the point stands for a whole country or a sea.
PLACES: Mapping[int, str] = {1: "town", 2: "town", 3: "district", 4: "province", 5: "province", 6: "country", 7: "country"}
COUNTRY_ONLY = 6
NEEDED = ("id", "type_of_violence", "date_start", "date_end", "country", "best")
CANDIDATE = re.compile(r"_0_\d{1,2}\b|_\d{2}_0_\d{1,2}", re.IGNORECASE)


def crawl(crawl: Crawl) -> None:
    """Emit one event a row: the yearly edition first, then candidate events of the months after it."""
    covered: dt.date | None = None
    for item in sorted(crawl.items, key=lambda one: is_candidate(one.name)):
        candidate = is_candidate(item.name)
        last = None
        for record in crawl.rows(item, NEEDED):
            end = _emit(crawl, item, record, covered if candidate else None, candidate=candidate)
            last = max(end, last or end)
        if last is not None and not candidate:
            covered = max(covered or last, dt.date(last.year, 12, 31))


def is_candidate(name: str) -> bool:
    """Return True for a file of candidate events, whose version has a 0 in the middle.

    >>> is_candidate("GEDEvent_v25_0_9.csv"), is_candidate("GEDEvent_v25_1.csv")
    (True, False)
    """
    return CANDIDATE.search(name) is not None


def known_on(end: dt.date, lag_days: int, *, candidate: bool) -> dt.date:
    """Return the day from which an event could be known: the yearly edition by the middle of the next year, or the 20th of the next month.

    >>> known_on(dt.date(2024, 3, 9), 181, candidate=False), known_on(dt.date(2024, 12, 9), 181, candidate=True)
    (datetime.date(2025, 6, 30), datetime.date(2025, 1, 20))
    """
    if candidate:
        return (end.replace(day=1) + dt.timedelta(days=31)).replace(day=20)
    return dt.date(end.year, 12, 31) + dt.timedelta(days=lag_days)


def _emit(crawl: Crawl, item: SourceFile, record: Record, covered: dt.date | None, *, candidate: bool) -> dt.date:
    start, end = _day(record, "date_start"), _day(record, "date_end")
    if covered is not None and end <= covered:
        crawl.skip("candidate event in a year that the yearly edition covers")
        return end
    kind, best = record.count("type_of_violence"), record.count("best")
    if kind is None or kind not in KINDS or best is None:
        raise BadInput("no kind of violence, or no deaths", record.where, "type_of_violence 1 to 3, best of 0 or more", f"{kind}, {best}")
    territory = _territory(record, end)
    low, high = record.count("low"), record.count("high")
    exact = record.count("where_prec")
    longitude, latitude = record.number("longitude"), record.number("latitude")
    vague = exact is not None and exact >= COUNTRY_ONLY
    sides = [side for side in (record.pop("side_a"), record.pop("side_b")) if side]
    crawl.emit(
        "events",
        item=item,
        locator=record.locator,
        key=[record.need("id")],
        available_at=known_on(end, crawl.manifest.lag_days or 0, candidate=candidate),
        title=record.pop("dyad_name") or " - ".join(sides) or None,
        date_from=start,
        date_to=end,
        date_precision=DATES.get(record.count("date_prec") or 1, "approximate"),
        territory=territory.code,
        place=record.pop("where_coordinates"),
        longitude=None if vague else longitude,
        latitude=None if vague else latitude,
        place_precision=PLACES.get(exact or 0),
        actors=sides,
        acts=[],
        indicator=KINDS[kind],
        best=best,
        low=low if low is not None and low <= best else None,
        high=high if high is not None and high >= best else None,
        said_by=crawl.manifest.publisher,
        confidence="dataset",
        invented=territory.invented,
    )
    record.audit(crawl.manifest.ignore)
    return end


def _territory(record: Record, end: dt.date) -> reference.Territory:
    """Return the state of the last day of the year by its number, or by name where there is no number."""
    number, name = record.count("country_id"), record.need("country")
    if number is not None:
        return reference.territory_by_number("gw", number, end.year)
    found = reference.find_territory(name)
    if found is None:
        raise BadInput("no territory has this name", record.where, "a number in country_id, or a known name in country", "another name")
    return found


def _day(record: Record, column: str) -> dt.date:
    value = record.need(column)
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError as error:
        raise BadInput(f'column "{column}" is not a day', record.where, "YYYY-MM-DD", "something else", "Correct the row.") from error
