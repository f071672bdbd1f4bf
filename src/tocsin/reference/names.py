"""Folds the names of territories, so that case, accents, dots and apostrophes do not matter."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u0060\u00b4]")
_PUNCTUATION = re.compile(r"[.,()/\-\u2013'*]")


def fold(text: str) -> str:
    """Return `text` without case, accents, punctuation and a leading article.

    >>> fold("Côte d'Ivoire") == fold("COTE D'IVOIRE")
    True
    >>> fold("The St. Lucia")
    'saint lucia'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text)) if not unicodedata.combining(c))
    plain = plain.casefold().replace("\u0640", "").replace("&", " and ")
    words = _PUNCTUATION.sub(" ", plain).split()
    if words[:1] == ["the"]:
        words = words[1:]
    return " ".join("saint" if word == "st" else word for word in words)


def is_abbreviation(name: str) -> bool:
    """Return True for a short form that counts only as written: `DRC`, `U.S.`, `oPt`.

    >>> is_abbreviation("DRC"), is_abbreviation("U.S."), is_abbreviation("Mali")
    (True, True, False)
    """
    letters = name.replace(".", "")
    return len(letters) <= 5 and letters.isalpha() and letters.isascii() and sum(c.isupper() for c in letters) >= 2
