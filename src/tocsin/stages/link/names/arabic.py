"""Normalises Arabic script and writes it in plain Latin letters.

Orthographic variants that writers mix freely are folded: the seats of hamza, alef maqsura and ya,
ta marbuta and ha, Persian and Urdu letter forms, tatweel and short vowels (Unicode, chapter 9.2;
Habash 2010, Introduction to Arabic Natural Language Processing, chapters 2 and 3).
"""

from __future__ import annotations

import re

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u061c]")
_FOLD = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
        "ک": "ك", "ڪ": "ك", "ء": "",
    }
)  # fmt: skip
#: One letter -> plain Latin, after folding. Emphatic letters share the sign of their plain partner, as
#: passports and press do; long vowels are written a, u, i and fall away in the skeleton.
_LATIN = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "d", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
    "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ڨ": "g", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n",
}  # fmt: skip


def fold_arabic(text: str) -> str:
    """Fold spelling variants of Arabic script that do not tell names apart.

    >>> fold_arabic("إِبْرَاهِيم") == fold_arabic("ابراهيم"), fold_arabic("فاطمة") == fold_arabic("فاطمه")
    (True, True)
    """
    return _MARKS.sub("", text).translate(_FOLD)


def romanise_arabic(text: str) -> str:
    """Write folded Arabic script in plain Latin consonants and long vowels, letter by letter.

    >>> romanise_arabic("محمد")
    'mhmd'
    """
    folded = fold_arabic(text)
    written = "".join(_LATIN.get(character, character) for character in folded)
    return "a" + written if folded.startswith("ع") else written
