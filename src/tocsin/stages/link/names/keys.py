"""Builds comparison keys of names: one exact form and one loose skeleton, the same for all scripts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tocsin.stages.link.names.arabic import fold_arabic, romanise_arabic
from tocsin.stages.link.names.latin import ARTICLES, HONORIFICS, KUNYA, PATRONYMIC_LINKS, plain_latin
from tocsin.stages.link.names.others import fold_burmese, fold_cyrillic, fold_ethiopic
from tocsin.stages.link.names.script import script_of

#: Honorifics in Arabic script, folded.
_ARABIC_HONORIFICS = frozenset(
    fold_arabic(w) for w in ("الشيخ", "شيخ", "الحاج", "حاج", "الحاجة", "الدكتور", "دكتور", "السيد", "الشهيد", "الشهيدة")
)
_ARABIC_LINKS = frozenset(("بن", "ابن", "بنت"))


@dataclass(frozen=True)
class NameKeys:
    """Holds what comparisons use: `text` (normalised, own script), `key` (loose skeleton in Latin letters), `tokens` of the key."""

    text: str
    key: str
    tokens: tuple[str, ...]


#: Folding a string of several scripts can change which script most of it is in; so often it is folded again.
STEPS = 8


@lru_cache(maxsize=1 << 18)
def normalise(text: str) -> str:
    """Return `text` in lower case, its script's spelling variants folded, honorifics left out; words in order.

    Normalising twice changes nothing.

    >>> normalise("Dr. Aḥmad  AL-Khaṭīb")
    'ahmad al khatib'
    """
    for _ in range(STEPS):
        folded = _folded(text)
        if folded == text:
            break
        text = folded
    return text


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    script = script_of(text)
    if script == "arabic":
        words = [w for w in re.split(r"[^\w]+", fold_arabic(text).casefold()) if w]
        kept = [w for w in words if w not in _ARABIC_HONORIFICS]
    elif script == "burmese":
        words = [w for w in fold_burmese(text).casefold().split() if w]
        kept = words
    else:
        folded = text.casefold()
        folded = fold_cyrillic(unicodedata.normalize("NFC", folded)) if script == "cyrillic" else folded
        folded = fold_ethiopic(folded) if script == "ethiopic" else folded
        words = plain_latin(folded).split()
        kept = [w for w in words if w not in HONORIFICS]
    return " ".join(kept or words)


#: Ways of writing one sound; applied in order to each Latin word.
_SOUNDS = (
    ("x", "ks"), ("tsch", "ch"), ("sch", "ch"), ("tch", "ch"), ("sh", "ch"), ("kh", "x"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("ck", "k"), ("dj", "j"), ("zh", "j"), ("qu", "k"), ("q", "k"), ("p", "b"), ("v", "f"), ("g", "j"),
)  # fmt: skip
_SOFT_C, _HARD_C = re.compile("c(?=[eiy])"), re.compile("c(?!h)")
_DOUBLED = re.compile(r"(.)\1+")
_INNER = re.compile("(?<=.)[aeiouyw]|(?<=.)h$")
_ABD = re.compile("^abd(?:[aeiou][lrsztdn]?|l)?(?=[a-z]{3})")


def _consonants(word: str) -> str:
    """Return the consonant skeleton of one Latin word: inner vowels and glides, doubling and a final h fall away."""
    for written, meant in _SOUNDS:
        word = word.replace(written, meant)
    word = _DOUBLED.sub(r"\1", _HARD_C.sub("k", _SOFT_C.sub("s", word)))
    word = re.sub("^[aeiou]", "a", word)
    return _INNER.sub("", word)


def skeleton(text: str) -> tuple[str, ...]:
    """Return the consonant skeleton of each word that tells names apart.

    Article and "son of" fall away, Abd- and the kunya are joined to the word they belong to.

    >>> skeleton("Mohammed") == skeleton("Muhamad") == skeleton("محمد")
    True
    >>> skeleton("Abdel Rahman") == skeleton("Abd al-Rahman") == skeleton("Abdulrahman") == skeleton("عبد الرحمن")
    True
    >>> skeleton("El-Khatib") == skeleton("Khateeb") == skeleton("الخطيب")
    True
    """
    return _skeleton(normalise(text))


@lru_cache(maxsize=1 << 18)
def _skeleton(normal: str) -> tuple[str, ...]:
    words = normal.split()
    if script_of(normal) == "arabic":
        words = [w for w in words if w not in _ARABIC_LINKS]
        words = [romanise_arabic(w[2:] if w.startswith("ال") and len(w) > 3 else w) for w in words]
    else:
        words = [w for w in words if w not in PATRONYMIC_LINKS] or words
        words = [w for w in words if w not in ARTICLES] or words
    return tuple(s for s in (_consonants(w) for w in _joined(words)) if s)


def _joined(words: list[str]) -> list[str]:
    """Join `abd` and a kunya word with the word that follows; split nothing."""
    joined: list[str] = []
    prefix = ""
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if not last and (word in _ABD_WORDS or word in KUNYA):
            prefix += "abd" if word in _ABD_WORDS else "um" if word.startswith(("u", "o")) else "abu"
            continue
        word = _ABD.sub("abd", word) if not prefix and word not in _ABD_WORDS else word
        joined.append(prefix + word)
        prefix = ""
    return joined


_ABD_WORDS = frozenset(["abd", "abed", "abdel", "abdul", "abdal", "abdu", "abdur", "abdus", "abdul", "abdes", "abdou"])


@lru_cache(maxsize=1 << 18)
def name_keys(text: str | None) -> NameKeys | None:
    """Return the comparison keys of one name field, or None where it holds no letters.

    The key joins the sorted skeletons, so that two surnames in either order have one key.

    >>> name_keys("García Márquez").key == name_keys("Marquez Garcia").key
    True
    >>> name_keys(" - ") is None
    True
    """
    if text is None or script_of(text) == "none":
        return None
    normal = normalise(text)
    if not normal:
        return None
    tokens = _skeleton(normal) or (normal,)
    return NameKeys(normal, " ".join(sorted(tokens)), tokens)
