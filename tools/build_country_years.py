"""Builds the country-year figures that ship, from the publishers' own files.

    python tools/build_country_years.py UCDP WORLDBANK

UCDP is the country-year file of the Uppsala Conflict Data Program (organizedviolencecy, CSV, CC BY 4.0); WORLDBANK
is a folder with the CSV downloads of the series in `tocsin.datasets.worldbank_country_year` (names start with API_,
CC BY 4.0). Writes `ucdp_country_year.csv.gz` and `worldbank_country_year.csv.gz` with the years since 1989. Correct
the date in `sources.yml` and the edition in both `dataset.yml` afterwards.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

from tocsin import reference
from tocsin.datasets.ucdp_country_year.crawler import ESTIMATES, KINDS
from tocsin.datasets.worldbank_country_year.crawler import SERIES

OUT = Path(__file__).parents[1] / "src" / "tocsin" / "reference" / "data"
FIRST_YEAR = 1989
DECIMALS = {"population": 0, "infant_mortality": 1, "gdp_per_capita": 2, "gdp_growth": 4, "trade_share": 3}


def main(ucdp: Path, worldbank: Path) -> None:
    """Write both files."""
    columns = [name + suffix for name, _ in KINDS.values() for suffix in ("", "_low", "_high")]
    _write("ucdp_country_year.csv.gz", ["territory", "gw", "year", *columns], _ucdp(ucdp))
    _write("worldbank_country_year.csv.gz", ["territory", "year", *SERIES], _worldbank(worldbank))


def _ucdp(path: Path) -> list[list[str]]:
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            number, year = int(row["country_id_cy"]), int(row["year_cy"])
            counts = [row[f"{prefix}_total_deaths_{estimate}_cy"] for _, prefix in KINDS.values() for estimate in ESTIMATES]
            rows.append([reference.territory_by_number("gw", number, year).code, str(number), str(year), *counts])
    return rows


def _worldbank(folder: Path) -> list[list[str]]:
    indicators = {series.code: name for name, series in SERIES.items()}
    codes = {t.code for t in reference.territories() if not t.invented}
    values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for path in sorted(folder.glob("API_*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = next(row for row in reader if row[:2] == ["Country Name", "Country Code"])
            for cells in reader:
                row = dict(zip(header, cells, strict=False))
                name = indicators.get(row.get("Indicator Code", ""))
                if name and row["Country Code"] in codes:
                    for year, text in row.items():
                        if year.isdigit() and text and int(year) >= FIRST_YEAR:
                            values[row["Country Code"], year][name] = f"{float(text):.{DECIMALS[name]}f}"
    return [[code, year, *(found.get(name, "") for name in SERIES)] for (code, year), found in values.items()]


def _write(name: str, header: list[str], rows: list[list[str]]) -> None:
    lines = [header, *sorted(rows, key=lambda r: (r[0], r[header.index("year")]))]
    text = "".join(",".join(line) + "\n" for line in lines)
    (OUT / name).write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{name}: {len(rows)} rows\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
