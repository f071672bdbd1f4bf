"""Chooses how each field is compared: ordered levels of agreement in SQL; missing is always its own level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Level = dict[str, Any]


def comparisons(fields: frozenset[str]) -> list[dict[str, Any]]:
    """Return one Splink comparison for each thing that the lists say about persons.

    Dependent fields are one comparison with joint levels: a town implies its region, so they are not counted twice.
    """
    chosen = [_name(role, fields) for role in ("given", "father", "family") if role in fields]
    chosen += [_date(role) for role in ("born", "died") if f"{role}_year" in fields]
    if "age" in fields and "born_year" not in fields:
        chosen.append(_age())
    if "sex" in fields:
        chosen.append(_comparison("sex", [_null("sex"), _level("sex_l = sex_r", "equal")]))
    if "place" in fields or "region" in fields:
        chosen.append(_place(fields))
    for name, build in _OTHERS.items():
        if name in fields:
            chosen.append(build())
    return chosen


#: What a comparison looks at, where that is not the column of its own name; one of them given is enough.
LOOKS_AT = {"born": ("born_year",), "died": ("died_year",), "place": ("place", "region")}


def known(table: pa.Table, chosen: Sequence[dict[str, Any]]) -> npt.NDArray[np.bool_]:
    """Return, for each record and comparison, whether the record says anything about it."""
    columns = []
    for comparison in chosen:
        name = comparison["output_column_name"]
        given = [table.column(column).is_valid().to_numpy() for column in LOOKS_AT.get(name, (name,)) if column in table.column_names]
        columns.append(np.any(given, axis=0))
    return np.ascontiguousarray(np.column_stack(columns))


def _comparison(name: str, levels: list[Level]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": [*levels, {"sql_condition": "ELSE", "label_for_charts": "different"}]}


def _null(*columns: str) -> Level:
    condition = " OR ".join(f"{c}_l IS NULL OR {c}_r IS NULL" for c in columns)
    return {"sql_condition": condition, "label_for_charts": "missing", "is_null_level": True}


def _level(condition: str, label: str, rarity: str | None = None) -> Level:
    level: Level = {"sql_condition": condition, "label_for_charts": label}
    return level if rarity is None else level | {"rarity": rarity}


_EXCHANGED = "given_key_l = family_key_r AND family_key_l = given_key_r AND given_key_l <> family_key_l"


def _name(role: str, fields: frozenset[str]) -> dict[str, Any]:
    """Return the levels of one name field; names that stand in each other's place count once, with the given name."""
    key, letters = f"{role}_key", f"{role}_letters"
    both = {"given", "family"} <= fields
    missing = _null(role)
    if role == "family" and both:
        missing["sql_condition"] += f" OR ({_EXCHANGED})"
    levels = [
        missing,
        _level(f"{role}_l = {role}_r", "equal", role),
        _level(f"{key}_l = {key}_r", "equal by sound", key),
        _level(f"abs(len({role}_l) - len({role}_r)) <= 1 AND damerau_levenshtein({letters}_l, {letters}_r) <= 1", "one letter apart"),
    ]
    if role == "given" and both:
        alone = "(family_l IS NULL OR family_r IS NULL)"
        levels.insert(2, _level(_EXCHANGED, "given and family name exchanged", "name_key"))
        levels.append(
            _level(f"{alone} AND (given_key_l = family_key_r OR family_key_l = given_key_r)", "one record has only the family name")
        )
    if role == "family":
        several = f"(contains({key}_l, ' ') OR contains({key}_r, ' '))"
        shared = f"list_has_any(string_split({key}_l, ' '), string_split({key}_r, ' '))"
        levels.append(_level(f"{several} AND {shared}", "one of two surnames equal"))
    begins = f"(left({role}_l, 1) = left({role}_r, 1) OR left({key}_l, 1) = left({key}_r, 1))"
    shortens = f"left({role}_l, 1) = left({role}_r, 1) AND (starts_with({role}_l, {role}_r) OR starts_with({role}_r, {role}_l))"
    levels += [
        _level(f"{begins} AND {_alike(letters, key, 0.9)}", "very similar"),
        _level(shortens, "one shortens the other"),
        _level(f"{begins} AND {_alike(letters, key, 0.8)}", "similar"),
    ]
    return _comparison(role, levels)


def _alike(letters: str, key: str, least: float) -> str:
    """Return that the names, or their skeletons, are alike (Jaro and Winkler); only asked of names with one initial, since it is dear."""
    sides = (f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}" for column in (letters, key))
    return f"({' OR '.join(sides)})"


def _date(role: str) -> dict[str, Any]:
    text, year, month, day = (f"{role}_{part}" for part in ("text", "year", "month", "day"))
    coarse = f"({text}_l IS NULL OR {text}_r IS NULL)"
    both_months = f"{month}_l IS NOT NULL AND {month}_r IS NOT NULL"
    gap = f"abs({day}_l - {day}_r)"
    same_day = f"right({text}_l, 2) = right({text}_r, 2)"
    # the first of January often stands for a day that nobody knew
    other_year = f"right({text}_l, 4) = right({text}_r, 4) AND right({text}_l, 4) <> '0101'"
    one_half = f"left({text}_l, 6) = left({text}_r, 6) OR {same_day}"
    return _comparison(
        role,
        [
            _null(year),
            _level(f"{text}_l = {text}_r", "same day", text),
            _level(f"{coarse} AND {both_months} AND {year}_l = {year}_r AND {month}_l = {month}_r", "same month, day not given"),
            _level(f"{coarse} AND NOT ({both_months}) AND {year}_l = {year}_r", "same year, no more given"),
            _level(f"{gap} <= 1", "one day apart"),
            _level(f"({one_half}) AND damerau_levenshtein({text}_l, {text}_r) <= 1", "one digit apart"),
            _level(other_year, "same day and month, another year"),
            _level(f"{gap} <= 7", "within a week"),
            _level(f"{gap} <= 31 OR ({year}_l = {year}_r AND {same_day})", "within a month, or the month alone is another"),
            _level(f"{year}_l = {year}_r OR {gap} <= 366", "within a year"),
            _level(f"abs({year}_l - {year}_r) <= 10", "within ten years"),
        ],
    )


def _age() -> dict[str, Any]:
    gap = "abs(age_l - age_r)"
    return _comparison(
        "age",
        [_null("age"), _level(f"{gap} = 0", "equal"), _level(f"{gap} <= 2", "two years apart"), _level(f"{gap} <= 6", "six years apart")],
    )


def _place(fields: frozenset[str]) -> dict[str, Any]:
    if "place" not in fields:
        return _comparison("place", [_null("region"), _level("region_l = region_r", "same region", "region")])
    levels = [_null("place"), _level("place_l = place_r", "same place", "place")]
    near = "(left(place_l, 2) = left(place_r, 2) AND jaro_winkler_similarity(place_l, place_r) >= 0.9)"
    levels.append(_level(f"{near} OR contains(place_l, place_r) OR contains(place_r, place_l)", "similar"))
    if "region" in fields:
        levels[0] = {
            "sql_condition": "(place_l IS NULL OR place_r IS NULL) AND (region_l IS NULL OR region_r IS NULL)",
            "label_for_charts": "missing",
            "is_null_level": True,
        }
        alone = "(place_l IS NULL OR place_r IS NULL)"
        levels.append(_level(f"region_l = region_r AND {alone}", "same region, place not given", "region"))
        levels.append(_level("region_l = region_r", "same region, other place"))
        levels.append(_level("region_l IS NULL OR region_r IS NULL", "other place, region not given"))
    return _comparison("place", levels)


def _postcode() -> dict[str, Any]:
    area = "regexp_extract({}, '^[a-z]{{1,2}}[0-9]')"
    return _comparison(
        "postcode",
        [
            _null("postcode"),
            _level("postcode_l = postcode_r", "equal", "postcode"),
            _level("damerau_levenshtein(postcode_l, postcode_r) <= 1", "one sign apart"),
            _level(
                "left(postcode_l, greatest(2, len(postcode_l) - 3)) = left(postcode_r, greatest(2, len(postcode_r) - 3))", "same district"
            ),
            _level(f"{area.format('postcode_l')} = {area.format('postcode_r')} AND {area.format('postcode_l')} <> ''", "same area"),
        ],
    )


def _email() -> dict[str, Any]:
    user = "split_part(email_{}, '@', 1)"
    return _comparison(
        "email",
        [
            _null("email"),
            _level("email_l = email_r", "equal", "email"),
            _level(f"{user.format('l')} = {user.format('r')}", "same user name"),
            _level("jaro_winkler_similarity(email_l, email_r) >= 0.9", "similar"),
        ],
    )


def _number() -> dict[str, Any]:
    return _comparison(
        "number",
        [
            _null("number"),
            _level("number_l = number_r", "equal", "number"),
            _level("damerau_levenshtein(number_l, number_r) <= 1", "one digit apart"),
            _level("damerau_levenshtein(number_l, number_r) <= 2", "two digits apart"),
        ],
    )


def _address() -> dict[str, Any]:
    similar = "jaro_winkler_similarity(address_l, address_r) >= 0.9"
    return _comparison("address", [_null("address"), _level("address_l = address_r", "equal", "address"), _level(similar, "similar")])


def _house() -> dict[str, Any]:
    return _comparison("house", [_null("house"), _level("house_l = house_r", "equal", "house")])


def _occupation() -> dict[str, Any]:
    return _comparison("occupation", [_null("occupation"), _level("occupation_l = occupation_r", "equal", "occupation")])


_OTHERS: dict[str, Callable[[], dict[str, Any]]] = {
    "postcode": _postcode,
    "email": _email,
    "number": _number,
    "address": _address,
    "house": _house,
    "occupation": _occupation,
}
