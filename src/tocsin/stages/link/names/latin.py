"""Normalises Latin script: accents, punctuation, particles and honorifics of names."""

from __future__ import annotations

import re
import unicodedata

#: Letters that have no decomposition in Unicode.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h", "ə": "e", "ŋ": "ng"}
)
_APOSTROPHES = re.compile("[\u0027\u0060\u00b4\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2018\u2019\u201b\u02b9]")
_BREAKS = re.compile(r"[^\w]+|_")

#: Titles that are no part of a name; compared after normalisation, in Latin letters.
HONORIFICS = frozenset(
    (
        "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lady", "lord", "rev", "fr", "don", "dona", "senor", "senora",
        "sheikh", "shaikh", "shaykh", "sheik", "haj", "hajj", "hajji", "haji", "hadji", "hajja", "ustaz", "ustadh", "sayyid",
        "imam", "mullah", "maulana", "ato", "woizero", "weyzero", "shaheed", "martyr", "capt", "captain", "col", "colonel", "gen",
        "general", "lt", "lieutenant", "sgt", "sergeant",
    )
)  # fmt: skip
#: The Arabic article as it is written in Latin letters, also assimilated to the next consonant.
ARTICLES = frozenset(["al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "an"])
#: Words that say "son of" or "daughter of".
PATRONYMIC_LINKS = frozenset(["bin", "ben", "ibn", "bint", "bt", "binte", "ould", "wuld", "weld", "walad", "oghlu", "oglu"])
#: Words that open a kunya (father or mother of).
KUNYA = frozenset(["abu", "abou", "aboo", "abi", "umm", "um", "oum", "om"])


def plain_latin(text: str) -> str:
    """Return `text` in lower-case Latin letters without accents; apostrophes fall away, other breaks become spaces.

    >>> plain_latin("Núñez-O’Brien  de la Peña")
    'nunez obrien de la pena'
    """
    text = _APOSTROPHES.sub("", text.casefold()).translate(_PLAIN)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _BREAKS.sub(" ", text).strip()
