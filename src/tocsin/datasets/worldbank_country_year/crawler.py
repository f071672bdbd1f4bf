"""Reads country-year covariates: the five series that ship, or an indicator's download from the World Bank."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tocsin import reference
from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.stages.collect import Crawl, SourceFile

FILE = "worldbank_country_year.csv"


@dataclass(frozen=True)
class Series:
    """Describes one series of the World Development Indicators."""

    code: str
    definition: str
    unit: str


SERIES: Mapping[str, Series] = {
    "population": Series("SP.POP.TOTL", "Population, mid-year estimate", "persons"),
    "infant_mortality": Series("SP.DYN.IMRT.IN", "Deaths before the first birthday, of 1,000 live births", "per 1,000 live births"),
    "gdp_per_capita": Series("NY.GDP.PCAP.KD", "Gross domestic product per person, constant 2015 US dollars", "US dollars"),
    "gdp_growth": Series("NY.GDP.PCAP.KD.ZG", "Growth of gross domestic product per person", "percent a year"),
    "trade_share": Series("NE.TRD.GNFS.ZS", "Exports and imports of goods and services", "percent of GDP"),
}
_BY_CODE = {series.code: indicator for indicator, series in SERIES.items()}


def bundled() -> list[tuple[str, bytes]]:
    """Return the file that ships."""
    return [(FILE, reference.read_text(f"{FILE}.gz").encode("utf-8"))]


def crawl(crawl: Crawl) -> None:
    """Emit one figure for each value; a cell without a value is unknown and emits nothing."""
    codes = frozenset(t.code for t in reference.territories() if not t.invented)
    for item in crawl.items:
        if item.text().lstrip("\ufeff").startswith("territory,"):
            _read_shipped(crawl, item)
        else:
            _read_download(crawl, item, codes)


def _read_shipped(crawl: Crawl, item: SourceFile) -> None:
    for record in crawl.rows(item, ("territory", "year", *SERIES)):
        territory, year = reference.territory(record.need("territory")).code, int(record.need("year"))
        for indicator in SERIES:
            value = record.number(indicator)
            if value is not None:
                _emit(crawl, item, record.locator, (territory, year, indicator), value)
        record.audit(crawl.manifest.ignore)


def _read_download(crawl: Crawl, item: SourceFile, codes: frozenset[str]) -> None:
    for line, row in _downloaded(item):
        indicator = _BY_CODE.get(row["Indicator Code"])
        if indicator is None:
            crawl.skip("series that Tocsin does not use")
        elif row["Country Code"] not in codes:
            crawl.skip("aggregate of countries, or a code that is not ISO 3166-1")
        else:
            for year, text in row.items():
                if year.isdigit() and text:
                    value = _number(text, f"{item.name}, line {line}")
                    _emit(crawl, item, f"line {line}, {year}", (row["Country Code"], int(year), indicator), value)


def _downloaded(item: SourceFile) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of each row under the header, which stands below a few lines about the file."""
    reader = csv.reader(io.StringIO(item.text(), newline=""))
    header = next((row for row in reader if row[:2] == ["Country Name", "Country Code"]), None)
    if header is None or "Indicator Code" not in header:
        raise DatasetChanged(
            "the header is not that of a World Bank download",
            item.name,
            "Country Name, Country Code, Indicator Name, Indicator Code, years",
            "no such line",
            "Download the indicator as CSV, unpack it, and collect the file whose name starts with API_.",
        )
    for row in reader:
        if any(row):
            yield reader.line_num, dict(zip(header, row, strict=False))


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadInput("a value is not a number", where, "a number or nothing", f"{len(text)} characters", "Get the file again.")
    return value


def _emit(crawl: Crawl, item: SourceFile, locator: str, key: tuple[str, int, str], value: float) -> None:
    territory, year, indicator = key
    series, last = SERIES[indicator], dt.date(year, 12, 31)
    crawl.emit(
        "figures",
        item=item,
        locator=f"{locator}, {indicator}",
        key=key,
        available_at=crawl.known_by(last),
        indicator=indicator,
        definition=f"{series.definition} ({series.code})",
        value=value,
        qualifier="exact",
        unit=series.unit,
        territory=territory,
        period_from=dt.date(year, 1, 1),
        period_to=last,
        date_precision="year",
        said_by="World Bank",
        confidence="dataset",
    )
