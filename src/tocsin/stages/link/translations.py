"""Compares the titles and the numbers of two texts in different languages: what survives a translation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.stages.link.concepts import EMPTY, concepts, fold, months
from tocsin.stages.link.names import skeleton

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_GROUPED = re.compile(r"(?<=\d)[,.\u00a0\u202f\u066c](?=\d{3}(?!\d))")
_WORD = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d+|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_YEAR = re.compile(r"(?:19|20)\d{2}")
#: Arabic words carry "and", "in" and the article in one piece.
_ATTACHED = ("وال", "بال", "لل", "ال", "و", "ب", "ل")
_SHORTEST_SOUND, _SHORTEST_WORD = 2, 3


@dataclass(frozen=True)
class TitleMatch:
    """Says how far two titles agree: `share` of the shorter one's telling words, which are shared, and whether one is a name, number or date."""

    share: float
    shared: tuple[str, ...]
    firm: bool


def title_tokens(title: str) -> frozenset[str]:
    """Return what a title says in a form that does not depend on its language: concepts, numbers, months, sounds of names.

    >>> sorted(title_tokens("12 killed in Vesharim, May 2031")) == sorted(title_tokens("12 muertos en Vesharim en mayo de 2031"))
    True
    """
    found: set[str] = set()
    month = None
    for word in _WORD.findall(_plain(title)):
        if word[0].isdigit():
            found.add(_number(word, month))
            continue
        said = _known(fold(word))
        if said is None:
            sound = "" if word[0].islower() else "".join(skeleton(word))  # a word in small letters is no name
            said = f"sound:{sound}" if len(sound) >= _SHORTEST_SOUND else ""
        if said:
            found.add(said)
        month = months().get(fold(word), month if said == "" else None)
    return frozenset(found)


def compare_titles(left: frozenset[str], right: frozenset[str]) -> TitleMatch | None:
    """Return how far two titles agree, or None where one of them says nothing."""
    if not left or not right:
        return None
    shared = left & right
    firm = any(not token.startswith("concept:") for token in shared)
    return TitleMatch(len(shared) / min(len(left), len(right)), tuple(sorted(shared)), firm)


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of two and more digits in a text, years and dates left out.

    >>> sorted(numbers_of("On 2031-05-06 about 1,250 fled; ٤٠ died in 2031."))
    ['1250', '40']
    """
    words = _WORD.findall(_plain(text))
    return frozenset(w for w in words if w[0].isdigit() and "-" not in w and len(w) > 1 and not _YEAR.fullmatch(w))


def numbers_agree(left: frozenset[str], right: frozenset[str]) -> float | None:
    """Return the share of the shorter set's numbers that the other has too; None where one text has none."""
    if not left or not right:
        return None
    return len(left & right) / min(len(left), len(right))


def _plain(text: str) -> str:
    return _GROUPED.sub("", text.translate(_DIGITS))


def _number(word: str, month: int | None) -> str:
    """Return the token of a number: a date gives its month, and so does a year that follows the name of one."""
    if "-" in word:
        return f"date:{word[:7]}"
    if _YEAR.fullmatch(word):
        return f"date:{word}-{month:02d}" if month else f"date:{word}"
    return f"number:{int(word)}"


def _known(word: str) -> str | None:
    """Return the concept of a folded word, "" for a word that says nothing, None for a word that is not in the table."""
    forms = [word, *(word[len(p) :] for p in _ATTACHED if word.startswith(p) and len(word) - len(p) >= _SHORTEST_WORD)]
    for form in forms:
        if form in EMPTY or form in months():
            return ""
        if form in concepts():
            return f"concept:{concepts()[form]}"
    return None
