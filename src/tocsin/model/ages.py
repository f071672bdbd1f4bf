"""Reads ages as lists write them: 34, 34.0, 34 ans, 6 months; a band such as 18-59 is no age."""

from __future__ import annotations

import re

OLDEST = 120
_WRITTEN = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*([^\W\d_]*)\.?")
_YEARS = re.compile(r"|y|yrs?|yo|years?|ans?|ann[eé]es?|a|a[nñ]os?|سن[ةه]|سنوات|عام(اً?)?")
_MONTHS = re.compile(r"m|mo|months?|mois|mes|meses|شهر|[اأ]شهر")
_LESS = re.compile(r"weeks?|semanas?|semaines?|days?|jours?|d[ií]as?|[اأ]سبوع|[اأ]سابيع|يوم|[اأ]يام")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def read_age(written: str) -> int | None:
    """Return the age in whole years, or None where the text does not say one; months, weeks and days are less than a year.

    >>> [read_age(text) for text in ("34", "7 ans", "6 months", "18-59", "200")]
    [34, 7, 0, None, None]
    """
    match = _WRITTEN.fullmatch(written.strip().lower().translate(_DIGITS))
    if match is None:
        return None
    number, unit = int(match.group(1)), match.group(2)
    years = number if _YEARS.fullmatch(unit) else number // 12 if _MONTHS.fullmatch(unit) else 0 if _LESS.fullmatch(unit) else None
    return years if years is not None and years <= OLDEST else None
