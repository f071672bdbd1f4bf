"""Finds dates in running text and keeps how exact each is: day, month, year or approximate."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.model.periods import DatePoint, Precision

_MONTH_NAMES = (
    "january jan janvier enero يناير",
    "february feb février fevrier febrero فبراير",
    "march mar mars marzo مارس",
    "april apr avril abril أبريل",
    "may mai mayo مايو",
    "june jun juin junio يونيو",
    "july jul juillet julio يوليو",
    "august aug août aout agosto أغسطس",
    "september sept sep septembre septiembre سبتمبر",
    "october oct octobre octubre أكتوبر",
    "november nov novembre noviembre نوفمبر",
    "december dec décembre decembre diciembre ديسمبر",
)
#: Months that are other words in lower case.
_WORDS = frozenset(("may", "march", "mar", "mars", "august"))
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19|20)\d{2}(?!\d|[,.]\d|-year)"
#: A year said with a day or a month may be cut short: 11 Jan '13.
_ANY_YEAR = rf"(?:{_YEAR}|['’]\d{{2}}(?!\d))"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DASH = r"\s*(?:-|–|—|to)\s*"
_ROUGH = r"(?:(?P<rough>early|mid|late|the beginning of|the end of)[\s-]+)"
_DATE = re.compile(
    rf"(?P<iso>\b{_YEAR}-\d{{2}}-\d{{2}}\b)"
    rf"|(?<![\d./-])(?P<nd>\d{{1,2}})(?P<sep>[./])(?P<nm>\d{{1,2}})(?P=sep)(?P<ny>(?:19|20)\d{{2}})(?![\d/])"
    rf"|\b(?P<d1>{_DAY}){_DASH}(?P<d2>{_DAY})\s+(?P<dm>{_MONTH})(?:,?\s+(?P<dy>{_ANY_YEAR}))?"
    rf"|\b(?P<day>{_DAY})\s+(?:de\s+|of\s+)?(?P<month>{_MONTH})(?:,?\s+(?:de\s+)?(?P<year>{_ANY_YEAR}))?"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>{_DAY})\b(?!\s*,?\s*\d{{3}}(?!\d))(?:\s*,?\s*(?P<year2>{_ANY_YEAR}))?"
    rf"|{_ROUGH}?\b(?P<month3>{_MONTH}),?\s+(?:de\s+)?(?P<year3>{_ANY_YEAR})"
    rf"|\b(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<year5>{_YEAR})"
    rf"|(?:(?P<rough4>early|mid|late|the beginning of|the end of)[\s-]+)?\b(?<![\d.,/-])(?P<year4>{_YEAR})"
    r"(?:[-–/](?P<next>\d{2})(?![\d-]))?(?![/\d])",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:and|to|until|till|through|-|–|—)\s*", re.IGNORECASE)
_OPEN = re.compile(r"(?:between|from)\s*$", re.IGNORECASE)
_NOT_A_YEAR = re.compile(
    r"(?:resolution|resolutions|no\.|number|article|chapter|room|security council|res)\s*$|[$€£]\s*$|over\s*$|than\s*$", re.I
)
_LAST_CENTURY = 70
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}


@dataclass(frozen=True)
class DateMention:
    """Holds where a date stands and the first and last day it allows."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    precision: Precision


def find_dates(text: str, base: dt.date | None = None) -> list[DateMention]:
    """Return the dates in `text`, in order; two joined by "between ... and ..." or "from ... to ..." are one.

    Args:
        text: prose.
        base: the day of the text; a date without a year is the last such day up to then, and is left
            out where `base` is unknown.

    >>> [(m.first.isoformat(), m.precision) for m in find_dates("in March 2012 and on 4 May 2013")]
    [('2012-03-01', 'month'), ('2013-05-04', 'day')]
    """
    found = list(_dates(text, base))
    merged: list[DateMention] = []
    for mention in found:
        before = merged[-1] if merged else None
        if before is not None and mention.first >= before.first and _is_range(text, before, mention):
            precision = before.precision if before.precision == mention.precision else "approximate"
            merged[-1] = DateMention(before.start, mention.end, before.first, mention.last, precision)
        else:
            merged.append(mention)
    return merged


def day_spans(text: str) -> list[tuple[int, int]]:
    """Return where days and months are written, with or without a year: a number in one of them counts nothing.

    >>> day_spans("On 7 January 40 people fled")
    [(3, 12)]
    """
    return [m.span() for m in _DATE.finditer(text) if not m["year4"] and not m["season"] and _is_date(text, m)]


def whole_date(line: str, *, years: bool = False) -> DatePoint | None:
    """Return the date that makes up the whole `line`, or None; with `years` also 04/06/2029, of which only the year is sure.

    >>> whole_date("January 2013")
    DatePoint(day=datetime.date(2013, 1, 1), precision='month')
    """
    stripped = line.strip().strip("*_").strip()
    if not 4 <= len(stripped) <= 40:
        return None
    weekday = re.match(r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)", stripped)
    rest = stripped[weekday.end() :] if weekday else stripped
    found = find_dates(rest)
    if len(found) != 1 or found[0].start != 0 or rest[found[0].end :].strip(" .") or rest.isdigit():
        return None
    if found[0].precision == "year" and not years:
        return None
    return DatePoint(found[0].first, found[0].precision)


def _is_range(text: str, left: DateMention, right: DateMention) -> bool:
    if not _JOIN.fullmatch(text, left.end, right.start):
        return False
    dash = text[left.end : right.start].strip() in {"-", "–", "—"}
    return dash or bool(_OPEN.search(text, max(0, left.start - 12), left.start))


def _dates(text: str, base: dt.date | None) -> Iterator[DateMention]:
    matches = [m for m in _DATE.finditer(text) if _is_date(text, m)]
    years = [_year(m) for m in matches]
    for index, match in enumerate(matches):
        year = years[index]
        if year is None and index + 1 < len(matches) and matches[index + 1].start() - match.end() < 12:
            year = years[index + 1]  # "March 4 and April 11, 2013": the year is said once
        mention = _read(match, year, base)
        if mention is not None:
            yield mention


def _is_date(text: str, match: re.Match[str]) -> bool:
    month = match["month"] or match["month2"] or match["month3"] or match["dm"]
    if month is not None:  # "may" needs a capital letter, or a day and a year beside it
        whole = match["dy"] or match["year"] or match["year2"]
        return bool(whole) or month[0].isupper() or month.lower().rstrip(".") not in _WORDS
    return not (match["year4"] and _NOT_A_YEAR.search(text, max(0, match.start() - 20), match.start()))


def _year(match: re.Match[str]) -> int | None:
    said = match["ny"] or match["dy"] or match["year"] or match["year2"] or match["year3"] or match["year4"] or match["year5"]
    if said and not said[0].isdigit():  # '13 is of this century, '94 of the last
        return int(said[1:]) + (1900 if int(said[1:]) >= _LAST_CENTURY else 2000)
    return int(said) if said else None


def _read(match: re.Match[str], year: int | None, base: dt.date | None) -> DateMention | None:
    try:
        days = _days(match, year, base)
    except ValueError:  # 31 February: not a date
        return None
    return None if days is None else DateMention(match.start(), match.end(), *days)


def _days(match: re.Match[str], year: int | None, base: dt.date | None) -> tuple[dt.date, dt.date, Precision] | None:
    if match["iso"]:
        day = dt.date.fromisoformat(match["iso"])
        return day, day, "day"
    if match["ny"]:
        return _in_figures(int(match["nd"]), int(match["nm"]), int(match["ny"]), dotted=match["sep"] == ".")
    if match["season"] and year is not None:
        low, high = _SEASONS[match["season"].lower()]
        return dt.date(year, low, 1), _month_end(year, high), "approximate"
    if match["next"] and year is not None:  # "2007-08": one season over two years, or a month of one
        if int(match["next"]) != (year + 1) % 100:
            raise ValueError(match["next"])
        return dt.date(year, 1, 1), dt.date(year + 1, 12, 31), "approximate"
    if match["year4"] and year is not None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "approximate" if match["rough4"] else "year"
    month = MONTHS[(match["dm"] or match["month"] or match["month2"] or match["month3"]).lower().rstrip(".")]
    if match["month3"] and year is not None:
        return dt.date(year, month, 1), _month_end(year, month), "approximate" if match["rough"] else "month"
    first = int(re.sub(r"\D", "", match["d1"] or match["day"] or match["day2"]))
    last = int(re.sub(r"\D", "", match["d2"])) if match["d2"] else first
    if year is None:
        if base is None:
            return None
        year = base.year if (month, first) <= (base.month, base.day) else base.year - 1
    return dt.date(year, month, first), dt.date(year, month, last), "day"


def _in_figures(one: int, two: int, year: int, *, dotted: bool) -> tuple[dt.date, dt.date, Precision]:
    """Return the day of 05.06.2029 or 25/06/2029; with a slash and both numbers up to 12 only the year is sure."""
    if dotted or one > 12 or one == two:
        day = dt.date(year, two, one)
    elif two > 12:
        day = dt.date(year, one, two)
    else:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
    return day, day, "day"


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
