"""Normalises Cyrillic, Ethiopic and Burmese script; these are folded, not transliterated across scripts."""

from __future__ import annotations

import unicodedata

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ј": "i", "љ": "l", "њ": "n", "ћ": "c", "ђ": "d", "џ": "dz",
}  # fmt: skip
#: Ethiopic series that modern Amharic pronounces alike and writers exchange, as offsets of their first letter:
#: ሐ ኀ -> ሀ, ሠ -> ሰ, ዐ -> አ, ፀ -> ጸ.
_ETHIOPIC_SERIES = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}


def fold_cyrillic(text: str) -> str:
    """Write lower-case Cyrillic in plain Latin letters; signs of hardness and softness fall away.

    >>> fold_cyrillic("ольга")
    'olga'
    """
    return "".join(_CYRILLIC.get(character, character) for character in text)


def fold_ethiopic(text: str) -> str:
    """Fold Ethiopic letters that sound alike and are exchanged in writing.

    >>> fold_ethiopic("ፀሐይ") == fold_ethiopic("ጸሀይ")
    True
    """
    folded = []
    for character in text:
        base = ord(character) & ~7
        target = _ETHIOPIC_SERIES.get(base)
        folded.append(chr(target + (ord(character) & 7)) if target is not None else character)
    return "".join(folded)


def fold_burmese(text: str) -> str:
    """Bring Burmese to one Unicode order without joiners and without asat, virama or dot below.

    >>> fold_burmese("အောင်") == fold_burmese("အောင်\u200b")
    True
    """
    kept = (c for c in unicodedata.normalize("NFC", text) if c not in "\u200b\u200c\u200d\u103a\u1039\u1037")
    return "".join(kept)
