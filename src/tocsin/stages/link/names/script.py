"""Tells which script a string is written in."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: First word of the Unicode character name -> script label used in tables.
SCRIPTS = {"LATIN": "latin", "ARABIC": "arabic", "CYRILLIC": "cyrillic", "ETHIOPIC": "ethiopic", "MYANMAR": "burmese"}


@lru_cache(maxsize=65536)
def _script_of_character(character: str) -> str | None:
    name = unicodedata.name(character, "")
    word = name.split(" ", 1)[0]
    return SCRIPTS.get(word, "other") if character.isalpha() else None


def script_of(text: str) -> str:
    """Return the script of most letters in `text`: latin, arabic, cyrillic, ethiopic, burmese, other or none.

    >>> script_of("Ahmad"), script_of("أحمد"), script_of("12"), script_of("ရန်ကုန်")
    ('latin', 'arabic', 'none', 'burmese')
    """
    counts: dict[str, int] = {}
    for character in text:
        script = _script_of_character(character)
        if script is not None:
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return "none"
    return max(sorted(counts), key=lambda script: counts[script])
