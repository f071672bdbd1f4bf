"""Splits one full name into given name, father's name and family name where the script's custom allows it."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.stages.link.names.keys import normalise
from tocsin.stages.link.names.latin import ARTICLES, KUNYA, PATRONYMIC_LINKS

_JOINERS = ARTICLES | KUNYA | {"abd", "abdel", "abdul", "de", "del", "la", "van", "von", "der", "den", "di", "da", "عبد", "ابو", "ام"}
_LINKS = PATRONYMIC_LINKS | {"بن", "ابن", "بنت"}


@dataclass(frozen=True)
class NameParts:
    """Holds the parts of one name as far as they are known."""

    given: str | None
    father: str | None
    family: str | None


def split_name(text: str | None) -> NameParts:
    """Return given, father's and family name of a full name; a middle part is taken as the father's name.

    A comma puts the family name first. One word alone is a given name.

    >>> split_name("Ahmad bin Khalid al-Masri")
    NameParts(given='ahmad', father='khalid', family='al masri')
    >>> split_name("Masri, Ahmad")
    NameParts(given='ahmad', father=None, family='masri')
    """
    if text is None:
        return NameParts(None, None, None)
    if text.count(",") == 1:
        family, rest = text.split(",")
        first = split_name(rest)
        return NameParts(first.given, first.father or first.family, normalise(family) or None)
    words = _grouped(normalise(text).split())
    if not words:
        return NameParts(None, None, None)
    if len(words) == 1:
        return NameParts(words[0], None, None)
    return NameParts(words[0], " ".join(words[1:-1]) or None, words[-1])


def _grouped(words: list[str]) -> list[str]:
    groups: list[str] = []
    prefix: list[str] = []
    for word in words:
        if word in _LINKS:
            continue
        prefix.append(word)
        if word not in _JOINERS:
            groups.append(" ".join(prefix))
            prefix = []
    if prefix:
        groups.append(" ".join(prefix))
    return groups
