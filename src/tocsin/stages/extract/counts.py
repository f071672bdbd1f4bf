"""Says what a number counts, from the words on both sides of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.stages.extract import lexicon as words
from tocsin.stages.extract.numbers import NumberMention
from tocsin.stages.extract.parts import counts_something, reach
from tocsin.stages.extract.phrases import ASIDE, OF, PEOPLE, PLACE

_REACH_LEFT = 140
_REACH_RIGHT = 170
_FLAGS = re.IGNORECASE
_RIGHT = {
    kind: re.compile(rf"(?:{PEOPLE}|{OF}(?:\s+(?:others?|more))?){PLACE}{ASIDE}[\s,]+{words.AUXILIARIES}(?P<hit>{predicate})\b", _FLAGS)
    for kind, predicate in words.PREDICATES.items()
}
_NOUN = {kind: re.compile(rf"{OF}\s+(?P<noun>{words.MODIFIERS}(?P<hit>{noun}))\b", _FLAGS) for kind, noun in words.NOUNS.items()}
_ONLY_PEOPLE = re.compile(PEOPLE, _FLAGS)
_BARE = re.compile(
    r"(?:\s+more\b)?\s*(?:[,.;:)!?\"”]|$|(?:and|or|in|on|at|near|during|since|from|after|while|when|of\s+(?:them|whom))\b|to\s*$)", _FLAGS
)
_LEFT = {kind: re.compile(rf"\b(?P<hit>{verb})\s+(?:the\s+|another\s+|a\s+further\s+)?$", _FLAGS) for kind, verb in words.ACTIVE.items()}
_TOTAL = {
    kind: re.compile(rf"\b(?P<hit>{subject})\b[^.;:\d]{{0,50}}?\b{words.TOTAL_VERB}\s+(?:(?!whom\b|them\b|which\b)\w+\s+)?$", _FLAGS)
    for kind, subject in words.TOTALS.items()
}
_BUILDINGS = re.compile(rf"{OF}\s+(?P<noun>{words.MODIFIERS}(?P<hit>{words.BUILDINGS}))\b", _FLAGS)
_LIVES = re.compile(r"\s+(?:more\s+)?(?P<hit>(?:civilian\s+|human\s+|innocent\s+)?lives)\b", _FLAGS)
_BOTH = re.compile(
    r"\s*(?:and|or|and/or)\s+(?:were\s+)?(?:killed|dead|injured|wounded|maimed|missing)\b|(?:killed|injured|wounded|dead)\s+(?:and|or|and/or)\s*$",
    _FLAGS,
)
_AND_KILLED = re.compile(
    r"(?:killed|dead|injured|wounded)\s+(?:and|or|and/or)\s+(?:killed|dead|injured|wounded|injuring|killing)\s+$", _FLAGS
)
_SUBSET = re.compile(r"(?:including|among\s+them|among\s+whom|of\s+whom|of\s+them|most\s+of\s+them)\s*,?\s*$", _FLAGS)
#: "twenty people, including nine children, were killed"
_PART = re.compile(r"\s*[,(]\s*(?:including|among\s+them|most\s+of\s+them|at\s+least\s+)\s*(?:at\s+least\s+)?$", _FLAGS)
#: "six people, two of them children, were killed"
_ASIDE_START, _SOME_OF_THEM = re.compile(r"\s*[,(]\s*$"), re.compile(r"[\w,]+\s+of\s+(?:them|whom)\b", _FLAGS)
_ASIDE_END = re.compile(r"[^.;:]{0,60}?[,)]\s*(?=(?:was|were|have|has|had|are|is)\b)", _FLAGS)
_OF_THEM = re.compile(r"\s+(?:of\s+(?:them|whom|those)|(?:were|are)\s+(?:women|children|civilians))\b", _FLAGS)
_OF_THEM_NEXT = re.compile(r"\s+of\s+(?:them|whom)\b", _FLAGS)
_SERIES = re.compile(r"\b(?:to|and)\s+$", _FLAGS)
_FROM = re.compile(r"\bfrom\s*$", _FLAGS)
_ELSEWHERE = re.compile(r"\s+(?:(?:others?|more)\s+)?(?:in|at|near)\s", _FLAGS)
_OTHERS = re.compile(r"\s+(?:others?)\b", _FLAGS)
_ONE_AND = re.compile(r"\b(?:he|she|[A-Z][\w’'-]+)\s+and\s+$")
_CLAUSE = re.compile(r"[;:—–(]|\b(?:during|in|after|under)\s+which\b|\s-\s|--|,\s+(?:and|but|while|with|which|when|where)\s")
_ONE_VICTIM = re.compile(
    r"\b(?:kill(?:ed|ing)|murder(?:ed|ing)|shot\s+dead|shooting\s+dead|execut(?:ed|ing)|behead(?:ed|ing))\s+(?:him\b|her\b(?=\s*(?:[.,;:!?)\"”]|$|(?:and|in|on|at|with|after|before|when)\b)))",
    _FLAGS,
)
#: What may stand between a number and "dead" or "injured" used as nouns; "two dogs injured" is no harm to people.
_PLAIN_WORD = re.compile(rf"(?:\w+ly|more|others?|confirmed|civilian|known|now|internally|left|{words.HUMAN})$", _FLAGS)
_ADJECTIVES = frozenset(["dead", "injured", "wounded", "missing", "displaced"])
#: "One of his aides wounded a policeman": the people counted did it, it was not done to them.
_OBJECT = re.compile(r"\s+(?:an?|the|his|her|their|its|him|them|several|some|many|dozens)\b", _FLAGS)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|are|is)\b", _FLAGS)
_NOT = re.compile(r"\bnot\s+(?:\w+\s+)?$", _FLAGS)
_DONE_TO = ("killed", "injured", "abducted", "raped", "detained")
_FOUND = re.compile(r"\b(?:found|rescued|located|returned)\b", _FLAGS)
_FAMILIES = re.compile(r"\b(?:families|households)\b", _FLAGS)
_LABELED = {kind: re.compile(rf"(?:^|[\s,.;|•*-])(?P<hit>{label})\s*:\s*$", _FLAGS) for kind, label in words.LABELS.items()}
#: "Three officers and 17 protesters died": what stands between two numbers that one verb is said of, and what may stand before them.
_JOINED = re.compile(rf"\s+(?P<noun>{words.MODIFIERS}(?:{words.HUMAN}))\s*(?:,|,?\s+and)\s+$", _FLAGS)
_OPENS = re.compile(r"(?:^|[:;,.“\"]|\b(?:that|said|says|when|where|while|after|least|and))\s*$", _FLAGS)
_NEEDS_PEOPLE = ("crowd", "returned", "summoned", "listed")
_CHILD_KINDS = ("refugees", "idps", "displaced")


@dataclass(frozen=True)
class Counted:
    """Says what one number counts.

    `also` adds a person said beside the number ("he and four others"); `inherits` marks a number that
    counts a part of, or the same as, the number before it.
    """

    kind: str
    definition: str
    unit: str
    forecast: bool = False
    crowd: bool = False
    also: int = 0
    subset: bool = False


def count_kinds(sentence: str, numbers: Sequence[NumberMention], is_people: Callable[[str], bool]) -> list[Counted | None]:
    """Return what each number of `sentence` counts, or None where the words do not say.

    Args:
        sentence: one sentence of prose.
        numbers: its numbers, in order.
        is_people: says of a word whether it names the people of a place ("Kenyans").
    """
    found: list[Counted | None] = []
    for index, number in enumerate(numbers):
        left_edge = numbers[index - 1].end if index else 0
        left = sentence[max(left_edge, number.start - _REACH_LEFT) : number.start]
        right = _beyond_aside(sentence, *reach(sentence, numbers, index))[:_REACH_RIGHT]
        counts = counts_something(sentence, numbers, index)
        own = _own_kind(left, right, is_people) if counts else None
        if own is None and index and counts:
            own = _from_before(sentence, numbers, index, found, right)
        found.append(own)
    return _with_coordinated(sentence, numbers, found)


def _with_coordinated(sentence: str, numbers: Sequence[NumberMention], found: list[Counted | None]) -> list[Counted | None]:
    """Return the counts with both of "A officers and B protesters died", and of "killed A officers and B protesters"."""
    for index in range(len(numbers) - 2, -1, -1):
        after, between = found[index + 1], sentence[numbers[index].end : numbers[index + 1].start]
        joined = _JOINED.fullmatch(between)
        of_both = joined and found[index] is None and after and after.kind in _DONE_TO and not after.subset
        if joined and after and of_both and _OPENS.search(sentence, 0, numbers[index].start):
            found[index] = replace(after, definition=joined["noun"])
    for index in range(1, len(numbers)):
        first, between = found[index - 1], sentence[numbers[index - 1].end : numbers[index].start]
        people = _ONLY_PEOPLE.match(sentence, numbers[index].end)
        ends = people and _BARE.match(sentence, people.end())
        if found[index] is None and first and first.kind in _DONE_TO and _JOINED.fullmatch(between) and people and ends:
            found[index] = replace(first, definition=people["noun"], also=0)
    return found


def _beyond_aside(sentence: str, start: int, edge: int) -> str:
    """Return what follows a number up to the next one; an aside that names a part, "including nine children,", is passed over."""
    right = sentence[start:edge]
    opened = _PART.search(right) or (_ASIDE_START.search(right) if _SOME_OF_THEM.match(sentence, edge) else None)
    closed = _ASIDE_END.match(sentence, edge) if opened and edge < len(sentence) else None
    if opened is None or closed is None:
        return right
    return f"{right[: opened.start()]} {sentence[closed.end() :]}"


def implied_victims(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each statement that one person was killed, without a number: "killing him"."""
    for match in _ONE_VICTIM.finditer(sentence):
        if not words.FORECAST.search(sentence, max(0, match.start() - 40), match.start()):
            yield match.span()


def _own_kind(left: str, right: str, is_people: Callable[[str], bool]) -> Counted | None:
    kind, definition = _kind(left, right, is_people)
    if kind is None:
        return None
    clause = left[max((m.end() for m in _CLAUSE.finditer(left)), default=0) :]
    if words.HYPOTHETICAL.search(clause) or _is_unsaid(kind, left, right) or _is_pace(clause, right):
        return None
    forecast = kind not in ("crowd", "not_reached") and _is_forecast(kind, clause, right)
    also = int(bool(_OTHERS.match(right) and _ONE_AND.search(left)))
    unit = "homes" if kind == "homes_destroyed" else "families" if _FAMILIES.search(definition) else "persons"
    return Counted(kind, definition, unit, forecast, kind == "crowd", also, bool(_SUBSET.search(left) or _OF_THEM_NEXT.match(right)))


def _is_unsaid(kind: str, left: str, right: str) -> bool:
    """Return True where the words around the number deny or doubt it."""
    denied = kind != "not_reached" and words.DENIED.search(left)
    after = right[: min((m.start() for m in _CLAUSE.finditer(right)), default=len(right))]
    return bool(denied or words.DOUBTED.search(after))


def _is_pace(clause: str, right: str) -> bool:
    """Return True for so many a day: a pace counts nothing that happened."""
    after = right[: min((m.start() for m in _CLAUSE.finditer(right)), default=len(right))]
    return bool(words.PACE.search(clause[-50:]) or words.PACE.search(after[:60]))


def _kind(left: str, right: str, is_people: Callable[[str], bool]) -> tuple[str | None, str]:
    """Return the kind and the words that say it: what stands nearest to the number wins."""
    crowd = _LEFT["crowd"].search(left)
    if crowd:
        return "crowd", crowd["hit"]
    for look in (_by_label, _by_noun, _by_active, _by_predicate, _by_total):
        kind, definition = look(left, right, is_people)
        if kind is not None:
            return (None if kind == "none" else kind), re.sub(r"\s+", " ", definition).strip()[:80]
    return None, ""


def _by_label(left: str, right: str, is_people: Callable[[str], bool]) -> tuple[str | None, str]:
    """Return what a label counts: "Killed: 45"."""
    if not _BARE.match(right) and _people(right, is_people) is None:
        return None, ""
    return next(((kind, match["hit"]) for kind, label in _LABELED.items() if (match := label.search(left))), (None, ""))


def _by_noun(left: str, right: str, is_people: Callable[[str], bool]) -> tuple[str | None, str]:
    lives = _LIVES.match(right)
    if lives:
        lost = words.LIVES.search(left[-60:]) or words.LIVES.search(right[lives.end() : lives.end() + 40])
        return ("killed" if lost else "none"), lives["hit"]
    building = _BUILDINGS.match(right)
    if building:
        hit = words.DESTROYED.search(left[-60:]) or words.DESTROYED.search(right[building.end() : building.end() + 60])
        return ("homes_destroyed" if hit else "none"), building["noun"]
    best: tuple[int, str, str] | None = None
    for kind, pattern in _NOUN.items():
        match = pattern.match(right)
        if match and _speaks_of_people(match, is_people) and (best is None or match.end() > best[0]):
            best = (match.end(), kind, match["noun"])
    if best is None:
        return None, ""
    end, kind, definition = best
    if words.PREVENTED.search(left):
        return "none", definition
    if kind == "missing" and _FOUND.search(right, end, end + 40):
        return "none", definition
    if kind in ("killed", "injured") and _BOTH.match(right, end):
        return "casualties", definition
    if kind in _CHILD_KINDS and _RIGHT["returned"].match(" people" + right[end:]):
        return "returned", definition
    return kind, definition


def _speaks_of_people(match: re.Match[str], is_people: Callable[[str], bool]) -> bool:
    """Return False where "dead", "injured" and the like are said of something that is not named as people."""
    if match["hit"].lower() not in _ADJECTIVES:
        return True
    between = match["noun"][: len(match["noun"]) - len(match["hit"])].split()
    return not between or bool(_PLAIN_WORD.match(between[-1])) or is_people(between[-1])


def _by_active(left: str, right: str, is_people: Callable[[str], bool]) -> tuple[str | None, str]:
    people = _people(right, is_people)
    if people is None:
        return None, ""
    for kind, pattern in _LEFT.items():
        match = pattern.search(left)
        if match:
            if kind in ("killed", "injured") and _AND_KILLED.search(left):
                return "casualties", people
            return kind, people or match["hit"]
    return None, ""


def _people(right: str, is_people: Callable[[str], bool]) -> str | None:
    """Return the people named after a number, "" where nothing is named, None where something else is."""
    match = _ONLY_PEOPLE.match(right)
    if match:
        return match["noun"]
    for word in re.findall(r"[\w’'-]+", right[:60])[:3]:
        if is_people(word):
            return str(word)
    return "" if _BARE.match(right) else None


def _by_predicate(left: str, right: str, is_people: Callable[[str], bool]) -> tuple[str | None, str]:
    if words.PARTITIVE.search(left):
        return None, ""
    best: tuple[int, str, str] | None = None
    variants = [right]
    named = re.match(r"\s+(?:[\w’'-]+\s+){0,2}?([\w’'-]+)", right)
    if named and is_people(named[1]):
        variants.append(" people" + right[named.end() :])
    for text in variants:
        for kind, pattern in _RIGHT.items():
            match = pattern.match(text)
            if (
                match
                and _is_done_to(kind, text, match)
                and not _NOT.search(text, 0, match.start("hit"))
                and (best is None or match.start("hit") < best[0])
            ):
                both = kind in ("killed", "injured") and _BOTH.match(text, match.end())
                best = (match.start("hit"), "casualties" if both else kind, " ".join(filter(None, (match["noun"], match["hit"]))))
    return (None, "") if best is None else (best[1], best[2])


def _is_done_to(kind: str, text: str, match: re.Match[str]) -> bool:
    if kind in _NEEDS_PEOPLE:
        return bool(match["noun"])
    active = kind in _DONE_TO and _OBJECT.match(text, match.end()) and not _PASSIVE.search(text, 0, match.start("hit"))
    return not active


def _by_total(left: str, right: str, is_people: Callable[[str], bool]) -> tuple[str | None, str]:
    for kind, pattern in _TOTAL.items():
        match = pattern.search(left)
        if match and (_people(right, is_people) is not None or kind == "in_need"):
            return kind, match["hit"]
    return None, ""


def _from_before(
    sentence: str, numbers: Sequence[NumberMention], index: int, found: Sequence[Counted | None], right: str
) -> Counted | None:
    """Return what the number before counts, where this one continues it: "from A to B", "including N children"."""
    number = numbers[index]
    nearest = next((i for i in range(index - 1, -1, -1) if found[i] is not None), index - 1)
    before, kind = numbers[nearest], found[nearest]
    between = sentence[before.end : number.start]
    if kind is None or (nearest < index - 1 and not _SUBSET.search(between)):
        return None
    continues = _SERIES.search(between) and _FROM.search(sentence, max(0, before.start - 8), before.start)
    part = _SUBSET.search(between) or _OF_THEM.match(right)
    elsewhere = len(between) < 60 and re.search(r"(?:\band|,)\s+$", between) and _ELSEWHERE.match(right)
    if not (continues or part or elsewhere) or words.OTHER_FATE.match(right):
        return None
    people = _ONLY_PEOPLE.match(right)
    definition = people["noun"] if people else kind.definition
    return Counted(kind.kind, definition, kind.unit, kind.forecast, kind.crowd, 0, bool(part))


def _is_forecast(kind: str, clause: str, right: str) -> bool:
    if words.FORECAST.search(clause):
        return True
    if kind in ("refugees", "idps"):  # what may happen to people who are counted now is no forecast of their number
        return False
    pattern = _RIGHT.get(kind)
    match = pattern.match(right) if pattern else None
    said = right[: match.start("hit")] if match else right[:40].split(",")[0]
    return bool(words.FORECAST.search(said) or (kind != "in_need" and words.AT_RISK.search(right[:60])))
