"""Says which numbers of a sentence can count at all: no label, age, share, difference, whole of a part, or number of those who did it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.stages.extract import lexicon as words
from tocsin.stages.extract.numbers import NumberMention
from tocsin.stages.extract.phrases import ASIDE, PEOPLE, PLACE

_FLAGS = re.IGNORECASE
_REACH = 140
_DONE = r"(?:killed|dead|injured|wounded|missing|displaced|detained|arrested|abducted|kidnapped|raped)"
#: "two of the five hostages", "one in ten of the city's 800,000 residents": the second number is the whole that a part is named of.
_PART_OF = re.compile(
    r"\s+of\s+|(?:\s+[\w’'-]+){0,2}?\s+(?:of|among)\s+(?:the|its|their|these|those|his|her|our|(?:the\s+)?[\w’'-]+[’']s?)\s+"
    r"(?:(?!and\b|or\b)[\w’'-]+\s+){0,2}?",
    _FLAGS,
)
#: What says of a part that it is spared, or that it is nobody.
_SPARED = re.compile(r"\b(?:not|no|all\s+but)\s*$", _FLAGS)
_FRACTION = re.compile(r"\s*-?(?:half|halves|thirds?|quarters?|fifths?|sixths?|tenths?)\b", _FLAGS)
#: What was done to a whole that is itself counted: "12 of the 60 passengers injured were children".
_COUNTED = re.compile(
    rf"\s+{words.MODIFIERS}(?:{'|'.join(words.NOUNS.values())}|{words.HUMAN}\s+(?:{_DONE}|in\s+(?:\w+\s+)?need)|{_DONE})(?!\w)", _FLAGS
)
#: "1,600 soldiers killed 12 rebels": the first number did it. A number follows the verb at once.
_DID_IT = re.compile(
    rf"(?:{PEOPLE}){PLACE}{ASIDE}[\s,]+(?:(?:has|have|had|who|that|which|reportedly|allegedly|then|later|also)\s+){{0,3}}"
    r"(?:killed|murdered|massacred|slaughtered|executed|beheaded|injured|wounded|abducted|kidnapped|raped|detained|arrested)"
    r"(?:\s+(?:and|or)\s+\w+ed)?\s+(?:another\s+|a\s+further\s+|the\s+)?$",
    _FLAGS,
)
_OF_END = re.compile(r"\b(?:of|among)\s+(?:the|these|those)\s+$", _FLAGS)
#: "120 more deaths than last year": a difference.
_DIFFERENCE = re.compile(r"\s+(?:more|fewer|less|additional)\s+[^.;,]{0,60}\bthan\b", _FLAGS)
#: "Name, 87, killed": an age. "Lot 12", "Route 9": a label. "No one": nobody.
_AGE = re.compile(r"(?:[^\W\d][\w’'”\")-]*\.?,|\bage[d]?,?)\s*$", _FLAGS)
_AFTER_AGE = re.compile(r"\s*[,.;)]")
_LABEL = re.compile(
    r"\b(?:Lot|Route|Room|Chapter|Section|Article|Resolution|Pillar|Annex|Table|Figure|Page|No|Unit|Flight|Highway|Building|Block|Suite|Part|"
    r"Phase|Level|Zone|Sector|Grade|Class|Day|Week|Goal|Option)\.?\s*$"
)
_NOBODY = re.compile(r"\bno\s*$", _FLAGS)
#: "One in five", "3 out of 4": a share.
_SHARE = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?", _FLAGS)


def counts_something(sentence: str, numbers: Sequence[NumberMention], index: int) -> bool:
    """Return False for a number that names, ages or compares something, is a share or a whole, or counts who did it."""
    number = numbers[index]
    left = sentence[max(numbers[index - 1].end if index else 0, number.start - _REACH) : number.start]
    right = sentence[number.end : numbers[index + 1].start if index + 1 < len(numbers) else len(sentence)]
    named = _is_label(number, left, right) or _is_share(sentence, numbers, index) or _FRACTION.match(right)
    compared = _DIFFERENCE.match(sentence, number.end)
    more = index + 1 < len(numbers)
    did_it = more and _DID_IT.fullmatch(right) and not _OF_END.search(left)
    spared = more and _is_part(sentence, numbers, index) and _SPARED.search(left)
    return not (named or compared or did_it or spared or _is_bare_whole(sentence, numbers, index))


def reach(sentence: str, numbers: Sequence[NumberMention], index: int) -> tuple[int, int]:
    """Return where the words that speak of a number begin and end behind it; a part's stand behind its whole: "two of the five hostages died"."""
    start, last = numbers[index].end, index
    if _is_part(sentence, numbers, index) and _is_bare_whole(sentence, numbers, index + 1):
        start, last = numbers[index + 1].end, index + 1
    return start, numbers[last + 1].start if last + 1 < len(numbers) else len(sentence)


def _is_part(sentence: str, numbers: Sequence[NumberMention], index: int) -> bool:
    """Return True where the next number is the whole of which this one is a part."""
    if index + 1 >= len(numbers) or not numbers[index].value < numbers[index + 1].value:
        return False
    return _PART_OF.fullmatch(sentence, numbers[index].end, numbers[index + 1].start) is not None


def _is_bare_whole(sentence: str, numbers: Sequence[NumberMention], index: int) -> bool:
    """Return True for a whole of which only a part is counted; "12 of the 60 injured" counts both."""
    if index == 0 or not _is_part(sentence, numbers, index - 1):
        return False
    return _COUNTED.match(sentence, numbers[index].end) is None


def _is_label(number: NumberMention, left: str, right: str) -> bool:
    """Return True for a number that names or ages something, and for "no one"."""
    if number.qualifier != "exact":
        return False
    age = number.value <= 110 and not number.in_words and _AGE.search(left) and _AFTER_AGE.match(right)
    return bool(age or _LABEL.search(left) or (number.value == 1 and _NOBODY.search(left)))


def _is_share(sentence: str, numbers: Sequence[NumberMention], index: int) -> bool:
    """Return True for either number of "one in five households"."""
    pairs = ((index - 1, index), (index, index + 1))
    near = [(numbers[a], numbers[b]) for a, b in pairs if a >= 0 and b < len(numbers)]
    return any(a.value < b.value <= 100 and _SHARE.fullmatch(sentence, a.end, b.start) for a, b in near)
