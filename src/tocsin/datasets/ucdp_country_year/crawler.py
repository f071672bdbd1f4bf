"""Reads deaths by country, year and kind of violence: UCDP's own country-year file, or the nine columns that ship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tocsin import reference
from tocsin.model.errors import BadInput
from tocsin.stages.collect import Crawl, Record, SourceFile

FILE = "ucdp_country_year.csv"
#: Indicator -> column of the bundled file, and prefix of the columns in UCDP's own.
KINDS: Mapping[str, tuple[str, str]] = {
    "deaths_state_based": ("state_based", "sb"),
    "deaths_non_state": ("non_state", "ns"),
    "deaths_one_sided": ("one_sided", "os"),
}
DEFINITIONS: Mapping[str, str] = {
    "deaths_state_based": "Deaths in fighting between a state and another state or an organized group",
    "deaths_non_state": "Deaths in fighting between organized groups, none of which is a state",
    "deaths_one_sided": "Deaths of civilians in attacks by a state or an organized group",
}
ESTIMATES = ("best", "low", "high")
#: Columns that UCDP's own file must have, and those that the bundled one must.
THEIRS = ("country_id_cy", "year_cy", *(f"{prefix}_total_deaths_{one}_cy" for _, prefix in KINDS.values() for one in ESTIMATES))
OURS = ("territory", "year", *(column for column, _ in KINDS.values()))


def bundled() -> list[tuple[str, bytes]]:
    """Return the file that ships."""
    return [(FILE, reference.read_text(f"{FILE}.gz").encode("utf-8"))]


def crawl(crawl: Crawl) -> None:
    """Emit three figures, one a kind of violence, for each country and year."""
    for item in crawl.items:
        theirs = THEIRS[0].encode() in item.data.split(b"\n", 1)[0]
        for record in crawl.rows(item, THEIRS if theirs else OURS):
            if theirs:
                _emit_row(crawl, item, record, *_original(record))
            else:
                _emit_row(crawl, item, record, *_shipped(record))
                record.audit(crawl.manifest.ignore)


def _year(record: Record, column: str) -> int:
    year = record.count(column)
    if year is None or not 1900 <= year <= 2100:
        raise BadInput(f'column "{column}" is no year', record.where, "a year such as 2024", str(year), "Correct the row.")
    return year


def _shipped(record: Record) -> tuple[str, int, dict[str, list[int]]]:
    territory, year = reference.territory(record.need("territory")).code, _year(record, "year")
    record.pop("gw")
    return territory, year, {name: _counts(record, (column, f"{column}_low", f"{column}_high")) for name, (column, _) in KINDS.items()}


def _original(record: Record) -> tuple[str, int, dict[str, list[int]]]:
    year, number = _year(record, "year_cy"), record.count("country_id_cy")
    territory = reference.territory_by_number("gw", number or 0, year).code
    counts = {
        name: _counts(record, tuple(f"{prefix}_total_deaths_{estimate}_cy" for estimate in ESTIMATES))
        for name, (_, prefix) in KINDS.items()
    }
    return territory, year, counts


def _counts(record: Record, columns: tuple[str, ...]) -> list[int]:
    counts = []
    for column in columns:
        count = record.count(column)
        if count is None:
            raise BadInput(
                f'column "{column}" has no value', record.where, "a count; 0 where none is recorded", "nothing", "Get the file again."
            )
        counts.append(count)
    return counts


def _emit_row(crawl: Crawl, item: SourceFile, record: Record, territory: str, year: int, counts: Mapping[str, list[int]]) -> None:
    last = dt.date(year, 12, 31)
    for indicator, (best, low, high) in counts.items():
        crawl.emit(
            "figures",
            item=item,
            locator=f"{record.locator}, {indicator}",
            key=[territory, year, indicator],
            available_at=crawl.known_by(last),
            indicator=indicator,
            definition=DEFINITIONS[indicator],
            value=float(best),
            low=float(low) if low <= best else None,
            high=float(high) if high >= best else None,
            qualifier="exact",
            unit="persons",
            territory=territory,
            period_from=dt.date(year, 1, 1),
            period_to=last,
            date_precision="year",
            said_by="Uppsala Conflict Data Program",
            confidence="dataset",
            note=_crossed(best, low, high),
        )


def _crossed(best: int, low: int, high: int) -> str | None:
    """Return what to say of a row whose own bounds do not hold its best estimate: the bound is left out, never moved."""
    if low > best:
        return f"The publisher's low estimate, {low:,}, lies above its best and is left out"
    return f"The publisher's high estimate, {high:,}, lies below its best and is left out" if high < best else None
