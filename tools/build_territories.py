"""Builds the table of territories from public lists.

    python tools/build_territories.py FOLDER

FOLDER holds `country-codes.csv` (datasets/country-codes, PDDL), `gwstates.csv` and `cowstates.csv`
(andybega/states, MIT). Reads `territories_extra.yml` beside this file; writes three CSV files into
`src/tocsin/reference/data`. A state of the lists that matches no territory stops the script.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tocsin.reference.names import fold

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "tocsin" / "reference" / "data"
LANGUAGES = {"ar": "Arabic", "fr": "French", "es": "Spanish", "ru": "Russian", "zh": "Chinese", "en": "English"}
OFFICIAL = {"zh": "cn"}
MINIMUM_YEAR = "1946"


def main(folder: Path) -> None:
    """Write territories.csv, territory_names.csv and territory_numbers.csv."""
    extra = yaml.safe_load((HERE / "territories_extra.yml").read_text("utf-8"))
    listed = _rows(folder / "country-codes.csv")
    territories = {row["ISO3166-1-Alpha-3"]: _listed(row, extra) for row in listed}
    for code, (name, m49, region, continent, started, ended, predecessor, successors) in extra["added"].items():
        territories[code] = {
            "code": code,
            "name": name,
            "m49": m49 or "",
            "region": region or "",
            "continent": continent or "",
            "started": started or "",
            "ended": ended or "",
            "predecessor": predecessor or "",
            "successors": ";".join(successors),
            "invented": "true" if code in extra["invented"] else "",
        }
    names = sorted({n for row in listed for n in _names(row)} | set(_extra_names(extra)))
    names += [(code, "en", territory["name"]) for code, territory in territories.items()]
    names = sorted({n for n in names if fold(n[2]) not in extra["ambiguous"]})
    index = {fold(name): code for code, _, name in names}
    numbers = [*_numbers(folder, "gw", index, extra), *_numbers(folder, "cow", index, extra)]
    _put_numbers(territories, numbers)
    for row in _rows(folder / "gwstates.csv"):
        code = index.get(fold(row["country_name"]))
        if code and row["end"].startswith("9999") and not territories[code]["started"]:
            territories[code]["started"] = str(extra["started"].get(code, row["start"]))
    columns = ["code", "name", "m49", "gw", "cow", "region", "continent", "started", "ended", "predecessor", "successors", "invented"]
    _write("territories.csv", columns, [[territories[c].get(k, "") for k in columns] for c in sorted(territories)])
    _write("territory_names.csv", ["territory", "language", "name"], names)
    _write(
        "territory_numbers.csv",
        ["scheme", "number", "territory", "from_year", "to_year"],
        sorted(numbers, key=lambda r: (r[0], int(r[1]), r[3])),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(name: str, columns: list[str], rows: list[Any]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    sys.stdout.write(f"{name}: {len(rows)} rows\n")


def _clean(text: str) -> str:
    text = re.sub(r"\s*\*+\s*$", "", text.strip())
    return re.sub(r"\s*\((?:the|la|le|les|l'|el|los|las)\)$", "", text).strip()


def _listed(row: dict[str, str], extra: dict[str, Any]) -> dict[str, Any]:
    code = row["ISO3166-1-Alpha-3"]
    return {
        "code": code,
        "name": extra["display"].get(code) or row["CLDR display name"] or row["official_name_en"],
        "m49": row["M49"] or row["ISO3166-1-numeric"],
        "region": row["Sub-region Name"],
        "continent": row["Region Name"],
        "started": "",
        "ended": "",
        "predecessor": extra["predecessors"].get(code, ""),
        "successors": "",
        "invented": "",
    }


def _names(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    code = row["ISO3166-1-Alpha-3"]
    for language, word in LANGUAGES.items():
        official = row[f"official_name_{OFFICIAL.get(language, language)}"]
        for text in (official, row[f"UNTERM {word} Short"], row[f"UNTERM {word} Formal"]):
            name = _clean(text)
            if language == "en":
                name = re.sub(r"^the ", "", name)
            if name:
                yield code, language, name
            plain = re.sub(r"\s*\([^)]*\)$", "", name)
            if plain and plain != name:
                yield code, language, plain
    if row["CLDR display name"] and len(row["CLDR display name"]) > 2:
        yield code, "en", row["CLDR display name"]


def _extra_names(extra: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for code, by_language in extra["names"].items():
        for language, names in by_language.items():
            yield from ((code, language, name) for name in names)
    for code, names in extra["abbreviations"].items():
        yield from ((code, "abbreviation", name) for name in names)


def _numbers(folder: Path, scheme: str, index: dict[str, str], extra: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    given = extra["numbers"][scheme]
    for number, spells in given.items():
        for code, first, last in spells:
            yield scheme, str(number), code, str(first), str(last or "")
    left_out = set(extra["left_out"]["gw"])
    unknown: list[str] = []
    for row in _rows(folder / f"{scheme}states.csv"):
        number = int(float(row[f"{scheme}code"]))
        if number in given or number in left_out or row["end"] < MINIMUM_YEAR:
            continue
        code = index.get(fold(row["country_name"]))
        if code is None:
            unknown.append(f"{scheme} {number} {row['country_name']}")
            continue
        last = "" if row["end"].startswith("9999") else row["end"][:4]
        yield scheme, str(number), code, row["start"][:4], last
    if unknown:
        raise SystemExit(f"No territory has these names; add them to territories_extra.yml: {'; '.join(unknown)}")


def _put_numbers(territories: dict[str, dict[str, Any]], numbers: list[tuple[str, str, str, str, str]]) -> None:
    """Give each territory its own number: the one whose spell is the latest, the smaller where two are."""
    for scheme, number, code, _, _ in sorted(numbers, key=lambda r: (r[4] or "9999", -int(r[1]))):
        territories[code][scheme] = number


if __name__ == "__main__":
    main(Path(sys.argv[1]))
