"""Finds numbers in running text, in digits or words, with how exactly each is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_UNITS = {
    w: n
    for n, w in enumerate(
        [
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        ]
    )
}
_TENS = {w: n * 10 for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
}
_SMALL = "|".join([*_UNITS, *_TENS])
_SCALE = "|".join(_SCALES)
_WORDS = re.compile(
    rf"\b(?:(?P<half>half\s+a)\s+(?P<halfscale>{_SCALE})"
    rf"|(?P<whole>{_SMALL}|an?)\s+and\s+a\s+half\s+(?P<andscale>{_SCALE})"
    rf"|(?P<words>(?:an?(?=\s+(?:{_SCALE})\b)|(?:{_SMALL})\b)(?:(?:[\s-]+(?:and\s+)?|(?:(?<=thousand)|(?<=million)),\s+(?=(?:{_SMALL})\s+hundred\b))(?:{_SMALL}|{_SCALE})\b){{0,9}}))\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?<![\w.,/:+-])(?P<sign>[$€£¥]\s?)?"
    r"(?P<digits>(?P<comma>\d{1,3},\d{1,2}(?=(?:\s*(?:-|–|—|to|or|and)\s*\d{1,3}(?:,\d{1,2})?)?\s+(?:million|billion|lakh|crore)))|\d{1,3}(?:,\d{3}){1,4}|"
    r"\d{1,3}(?:[ \u00a0\u202f\u2009']\d{3}){1,4}|\d{1,3}(?:\.\d{3}){2,4}|\d{1,12})(?P<fraction>\.\d{1,3})?"
    r"(?:\s?(?P<short>(?-i:M)|mn|bn)\b|(?P<tight>k|m)\b|"
    r"(?![\d/]|[.,:]\d|[a-zA-Z]|-(?:[a-z]|\d))(?:\s*(?P<scale>hundred|thousand|lakh|million|crore|billion)s?\b)?(?P<plus>\+(?!\d))?)",
    re.IGNORECASE,
)
_SHORT = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
#: "3,000-4,000", two numbers and no more: a range, where a date or a telephone number has more parts.
_HYPHEN = re.compile(r"(?<![\w.,/:+-])(\d[\d,]{0,11})-(?=(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?![\w/:-]|[.,]\d))")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "01234567890123456789,.")
_QUALIFIERS = (
    (
        "at_least",
        r"(?:(?:slightly|well|far|significantly|considerably|many)\s+)?(?:more\s+than|over|at\s+least|above|upwards?\s+of|"
        r"(?:no|not)\s+(?:fewer|less)\s+than|in\s+excess\s+of|a\s+minimum\s+of|exceeding|exceeded|surpass(?:ed|ing)|[>≥])",
    ),
    (
        "below",
        r"(?:nearly|almost|close\s+to|up\s+to|as\s+many\s+as|fewer\s+than|less\s+than|under|just\s+under|at\s+most|not\s+more\s+than|"
        r"no\s+more\s+than|a\s+maximum\s+of|[<≤])",
    ),
    (
        "about",
        r"(?:about|around|approximately|approx\.?|some|roughly|circa|ca?\.|ca|an?\s+estimated|estimated|in\s+the\s+order\s+of|or\s+so|[~≈±])",
    ),
)
_QUALIFIER = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _QUALIFIERS)
    + r")(?:\s+|(?<=[<>≤≥~≈±]))(?:an?\s+(?:estimated|total\s+of)\s+)?$",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percent\b|percentage\b)", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|to|or)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"between\s+(?:an?\s+estimated\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_SCALED_RANGE = re.compile(
    r"\s*(?:-|–|—|to|or|and)\s*(?P<upper>\d{1,3}(?:[.,]\d{1,3})?)\s*(?P<scale>thousand|lakh|million|crore|billion|mn|bn|k|(?-i:M))\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\bfrom\s*$", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying))\s+from\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class NumberMention:
    """Holds one number as it was said; `low` and `high` are set where the words set a bound."""

    start: int
    end: int
    value: float
    qualifier: str
    low: float | None = None
    high: float | None = None
    in_words: bool = False
    ranged: bool = False


def find_numbers(text: str) -> list[NumberMention]:
    """Return the numbers of `text` that may count something, in order.

    Sums of money, percentages, ordinals, plain years, and vague words (dozens, hundreds) are none.

    >>> [(m.value, m.qualifier) for m in find_numbers("nearly 600,000 fled; dozens died; two hundred and six are missing")]
    [(600000.0, 'about'), (206.0, 'exact')]
    """
    found = sorted([*_in_digits(text), *_in_words(text)], key=lambda m: (m.start, -m.end))
    qualified = (_qualified(text, m) for m in found)
    return _join_ranges(text, [m for m in qualified if not _is_year(text, m)])


def _in_digits(text: str) -> Iterator[NumberMention]:
    western = _HYPHEN.sub("\\1–", text.translate(_EASTERN))
    for match in _DIGITS.finditer(western):
        if match["sign"] or _PERCENT.match(western, match.end()):
            continue
        scale = _scale(western, match)
        if match["fraction"] and scale == 1:
            continue
        value = round(float(_said(match)) * scale, 3)
        yield NumberMention(match.start(), match.end(), value, *(("at_least", value) if match["plus"] else ("exact",)))


def _said(match: re.Match[str]) -> str:
    """Return the digits as Python writes them: "1,2" before "million" is a fraction, "1,200" is not."""
    return match["comma"].replace(",", ".") if match["comma"] else re.sub(r"\D", "", match["digits"]) + (match["fraction"] or "")


def _scale(text: str, match: re.Match[str]) -> int:
    """Return what the digits are multiplied with; "1.5 to 2 million" says it once, behind the second number."""
    short = match["short"] or match["tight"]
    if short:
        return _SHORT[short.lower()]
    if match["scale"]:
        return _SCALES[match["scale"].lower()]
    later = _SCALED_RANGE.match(text, match.end()) if match["fraction"] or len(match["digits"]) < 4 else None
    if later is None or float(_said(match)) >= float(later["upper"].replace(",", ".")):  # "rose from 300 to 2 million"
        return 1
    return (_SCALES | _SHORT)[later["scale"].lower()]


def _in_words(text: str) -> Iterator[NumberMention]:
    for match in _WORDS.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if before in {"-", "–"} or text[match.end() : match.end() + 1] == "-" or _PERCENT.match(text, match.end()):
            continue
        if match["half"]:
            value = _SCALES[match["halfscale"].lower()] / 2
        elif match["whole"]:
            value = (_value_of_words(match["whole"]) + 0.5) * _SCALES[match["andscale"].lower()]
        else:
            value = _value_of_words(match["words"])
        yield NumberMention(match.start(), match.end(), value, "exact", in_words=True)


def _value_of_words(words: str) -> float:
    total, current = 0.0, 0.0
    for word in re.split(r"[\s,-]+", words.lower().strip()):
        if word in ("a", "an"):
            current += 1
        elif word in _UNITS or word in _TENS:
            current += _UNITS.get(word, _TENS.get(word, 0))
        elif word in ("hundred", "dozen"):
            current = max(current, 1) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0.0
    return total + current


def _qualified(text: str, mention: NumberMention) -> NumberMention:
    """Return the mention with the words of degree before it."""
    match = _QUALIFIER.search(text, max(0, mention.start - 48), mention.start)
    if match is None or mention.qualifier != "exact":
        return mention
    if match["at_least"]:
        return replace(mention, start=match.start(), qualifier="at_least", low=mention.value)
    if match["below"]:
        return replace(mention, start=match.start(), qualifier="about", high=mention.value)
    return replace(mention, start=match.start(), qualifier="about")


def _join_ranges(text: str, mentions: list[NumberMention]) -> list[NumberMention]:
    """Return the mentions with "between A and B", "A to B" and "A-B" made one."""
    joined: list[NumberMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is not None and mention.start < before.end:
            continue
        if before is not None and not before.ranged and _makes_range(text, before, mention):
            middle = (before.value + mention.value) / 2
            opened = _BETWEEN.search(text, max(0, before.start - 24), before.start)
            start = opened.start() if opened else before.start
            joined[-1] = NumberMention(start, mention.end, middle, "about", before.value, mention.value, before.in_words, True)
        else:
            joined.append(mention)
    return joined


def _makes_range(text: str, left: NumberMention, right: NumberMention) -> bool:
    if not left.value < right.value:
        return False
    if _CHANGE.search(text, max(0, left.start - 12), left.start) and not _RANGING.search(text, max(0, left.start - 20), left.start):
        return False
    if _BETWEEN.search(text, max(0, left.start - 24), left.start):
        return bool(_AND.fullmatch(text, left.end, right.start))
    return bool(_RANGE.fullmatch(text, left.end, right.start))


def _is_year(text: str, mention: NumberMention) -> bool:
    """Return True for four bare digits that are a year: "in 2012", not "more than 2012 people"."""
    digits = text[mention.start : mention.end].strip()
    return len(digits) == 4 and digits.isdigit() and 1900 <= mention.value <= 2099 and mention.qualifier == "exact"
