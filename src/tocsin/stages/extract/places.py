"""Finds territories named in a text, and decides which one a figure speaks of."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tocsin.stages.extract.demonyms import DEMONYMS
from tocsin.stages.extract.inner_places import CAPITALS, INNER_NAMES

#: Names that several states share; the text decides which, by the one it names in full.
AMBIGUOUS: Mapping[str, tuple[str, ...]] = {
    "congo": ("COD", "COG"),
    "korea": ("KOR", "PRK"),
    "ireland": ("IRL",),
}
_RECENT = 6
#: Territories whose names people bear as well, and what may follow them that is no family name.
_GIVEN_NAMES = frozenset(("chad", "jordan", "israel", "georgia", "kenya", "india", "cyprus", "dominica", "malta", "holland"))
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sgt|Capt|Col|Lt|Maj|Sen|Rev)\.?\s+$")
_SURNAME = re.compile(r"[ \u00a0]([A-Z][a-zà-ÿ’'-]+)(?=[\s,.:;]|$)(?!\s+(?:Forces?|Party|River|City|Province|District|Army|Police)\b)")
_NO_SURNAME = re.compile(
    r"(?:Defen[cs]e|Armed|Air|Army|Navy|Police|Border|Red|National|Human|River|Valley|City|Times|Post|Today|Football|Province|State|University|"
    r"Airways|Office|Ministry|Government|Parliament|Council|Committee|Commission|Court|Women|Country|Team|Mission|Situation|Crisis|War|Update|"
    r"Report|Briefing|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|The|This|In|On|At|And|But|It|He|She|They|We|Some|All|Both|Central|Eastern|Western|Northern|Southern|Revenue|Law|Civil|Strip)$"
)
#: Words that are a state's name but far more often something else.
_NOT_ALONE = frozenset({"us", "un", "au", "eu", "uk", "usa", "uae"})
_WORD = re.compile(r"[^\W\d_][\w’'.-]*[\w.]|[^\W\d_]")
_PREPOSITION = re.compile(
    r"\b(?:in|inside|within|across|throughout|around|outside|near|from|of|to|into|at|for)\s+"
    r"(?:the\s+)?(?:(?:northern|southern|eastern|western|central|north|south|east|west|neighbou?ring)(?:-\w+)?\s+)?$",
    re.IGNORECASE,
)
_REGION = re.compile(r"\b((?:north|south|east|west|central|north-?east|north-?west|south-?east|south-?west)(?:ern)?)\s+$", re.IGNORECASE)
_KIND_OF_PLACE = (
    r"(?:town|city|village|district|province|region|state|capital|camp|suburb|market|bakery|school|hospital|church|mosque|area|outskirts)s?"
)
_NEAR = re.compile(
    rf"\b(?:(?:[Aa]t|[Ii]n|[Ii]nside|[Ww]ithin|[Nn]ear|[Oo]utside|[Aa]round|from)\s+(?:the\s+)?(?:(?:\w+\s+)?{_KIND_OF_PLACE}\s+(?:of|in)\s+)?|{_KIND_OF_PLACE}\s+of\s+)"
    r"(?P<name>[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2}(?:\s+of\s+(?:the\s+)?[A-Z][\w’'-]+)?)"
)
#: "Coordination of Humanitarian Affairs": a capital word before "of" makes a name of a body, not a place.
_IN_A_NAME = re.compile(r"\b[A-Z][\w’'-]+\s+$")
#: "The envoy said in Geneva": where somebody spoke, not where it happened.
_SPOKE = re.compile(
    r"\b(?:said|says|told|speaking|spoke|announced|reporters|journalists|statement|briefing|conference|met|meeting)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_HOSTS = re.compile(r"\b(?:into|to|in)\s+(?:neighbou?ring\s+)?$")
_LISTED = re.compile(r"\s*(?:,|,?\s*and|;)\s*(?:to\s+|in\s+)?(?:neighbou?ring\s+)?")
_TOWARDS = re.compile(r"\b(?:to|into)\s+(?:neighbou?ring\s+)?$")
#: A later count of refugees: the country named with it is the one that took them in.
_REFUGEES = re.compile(r"\d[^.;]*\brefugees\s+in\s+(?:neighbou?ring\s+)?$", re.IGNORECASE)
_REFUGEES_FROM = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:refugees|asylum[- ]seekers|arrivals|people\s+who\s+(?:had\s+)?fled)\s+from\s+(?:neighbou?ring\s+)?",
    re.IGNORECASE,
)
#: Whose people are often in another country, and who acts in their own.
_SENT_ABROAD = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:soldiers?|troops|peacekeepers?|marines|paratroopers?|legionnaires?|pilots?|journalists?|reporters?|tourists?|diplomats?|contractors?|mercenar(?:y|ies))\b",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\s+(?:\w+\s+)?(?:police|authorities|government|courts?|prosecutors?|security\s+forces|officials|parliament|prisons?)\b", re.IGNORECASE
)
_MONTHS = frozenset(
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)
_NO_PLACE = re.compile(
    r"(?:UN|U\.N|United Nations|Office|Ministry|Government|Council|Committee|Commission|Agency|Programme|Program|Watch|Court|Group|President|"
    r"Mr|Ms|Dr|High|Special|Secretary|Security|World|Human|Rights|Department|Union|League|Army|Front|Party|Movement|Congress|Nov|Dec|Oct|Sept?|"
    r"Aug|Jul|Jun|Apr|Mar|Feb|Jan|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|RtoP|R2P|I|We|The|This|That|These)\b"
)


@dataclass(frozen=True)
class Mention:
    """Holds where a territory is named; `people` where by its people ("Syrian"), `inner` where by a region of it ("Darfur")."""

    start: int
    end: int
    codes: tuple[str, ...]
    people: bool
    inner: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """Holds the names of territories, ready to be found in running text."""

    names: Mapping[tuple[str, ...], tuple[str, ...]]
    first: frozenset[str] = field(default_factory=frozenset)
    longest: int = 1
    inner: frozenset[tuple[str, ...]] = field(default_factory=frozenset)

    @classmethod
    def build(cls, names: Iterable[tuple[str, str]]) -> Gazetteer:
        """Build a gazetteer from pairs of name and code; names of one or two letters are left out."""
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for name, code in names:
            key = tuple(_fold(word) for word in _WORD.findall(name))
            if not key or (len(key) == 1 and ((len(key[0]) < 4 and not name.isupper()) or key[0] in _NOT_ALONE)):
                continue
            if code not in found.get(key, ()):
                found[key] = (*found.get(key, ()), code)
        for name, codes in AMBIGUOUS.items():
            found[(name,)] = codes
        inner = {tuple(_fold(word) for word in _WORD.findall(name)): code for name, code in INNER_NAMES}
        found |= {key: (code,) if code else () for key, code in inner.items()}
        return cls(found, frozenset(key[0] for key in found), max(len(key) for key in found), frozenset(inner))

    def find(self, text: str) -> list[Mention]:
        """Return the territories that `text` names, in order; the longest name wins."""
        tokens = [(m.start(), m.end(), _fold(m.group())) for m in _WORD.finditer(text)]
        mentions: list[Mention] = []
        index = 0
        while index < len(tokens):
            start = tokens[index][0]
            size, mention = self._longest(text, tokens, index) if not text[start].islower() else (0, None)
            if mention is not None:
                mentions.append(mention)
            index += max(size, 1)
        return mentions

    def _longest(self, text: str, tokens: Sequence[tuple[int, int, str]], index: int) -> tuple[int, Mention | None]:
        start = tokens[index][0]
        if tokens[index][2] in self.first:
            for size in range(min(self.longest, len(tokens) - index), 0, -1):
                key = tuple(word for _, _, word in tokens[index : index + size])
                codes = self.names.get(key)
                end = tokens[index + size - 1][1]
                if codes is None or "\n" in text[start:end] or _is_acronym_noise(text[start:end], size):
                    continue
                if not codes or (key[0] in _GIVEN_NAMES and size == 1 and _is_person(text, start, end)):
                    return size, None
                return size, Mention(start, end, codes, people=False, inner=key in self.inner)
        for size in (2, 1):
            if index + size <= len(tokens):
                end = tokens[index + size - 1][1]
                people = DEMONYMS.get(re.sub(r"\s+", " ", re.sub(r"[’']s?$", "", text[start:end])))
                if people:
                    return size, Mention(start, end, people, people=True)
        return 0, None


@dataclass(frozen=True)
class Setting:
    """Holds what is known about place before a sentence is read: all mentions, and the heading's territory."""

    mentions: Sequence[Mention]
    heading: str | None
    usual: Counter[str]

    @cached_property
    def starts(self) -> list[int]:
        """Return where each mention begins, in order."""
        return [m.start for m in self.mentions]

    def inside(self, span: tuple[int, int]) -> Sequence[Mention]:
        """Return the mentions in `span`."""
        return self.mentions[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def before(self, position: int) -> Sequence[Mention]:
        """Return the last few mentions before `position`."""
        stop = bisect_left(self.starts, position)
        return self.mentions[max(0, stop - _RECENT) : stop]

    def names(self, code: str) -> bool:
        """Return True where the text names the territory itself, not only its people."""
        return any(code in m.codes for m in self.mentions if not m.people)

    def resolve(self, mention: Mention) -> str:
        """Return the one code of a mention; where several are possible, the one this text names most."""
        return max(mention.codes, key=lambda code: (self.usual[code], -mention.codes.index(code)))


def _is_person(text: str, start: int, end: int) -> bool:
    """Return True for "Mr. Chad" and "Jordan Pike", where the name of a territory is that of a person."""
    surname = _SURNAME.match(text, end)
    return bool(_TITLE.search(text, max(0, start - 12), start)) or (surname is not None and not _NO_SURNAME.match(surname[1]))


def usual_codes(mentions: Iterable[Mention]) -> Counter[str]:
    """Count how often each territory is named unmistakably."""
    return Counter(m.codes[0] for m in mentions if len(m.codes) == 1)


def is_people(word: str) -> bool:
    """Return True where the word names the people of a territory: "Kenyans"."""
    return word in DEMONYMS and (word.endswith(("s", "ese", "ish")) or word == "Kyrgyz")


def territory_of(text: str, setting: Setting, sentence: tuple[int, int], number: tuple[int, int], noun_end: int) -> str | None:
    """Return the territory that a figure speaks of.

    In this order: the people counted ("Syrian refugees"); a territory named in the same sentence, first
    "in X" after the number, then the nearest before it, then the nearest after; the last one named
    before in the same text; the heading's.
    """
    inside = setting.inside(sentence)
    abroad = None
    for mention in inside:
        if mention.people and number[0] <= mention.start < noun_end:
            if not _SENT_ABROAD.match(text, mention.end) or setting.names(setting.resolve(mention)):
                return setting.resolve(mention)
            abroad = setting.resolve(mention)
    named = [m for m in inside if not m.people]
    after = [m for m in named if m.start >= number[1]]
    before = [m for m in named if m.end <= number[0]]
    for mention in after:
        if _REFUGEES_FROM.fullmatch(text, number[1], mention.start):
            return setting.resolve(mention)
        located = mention.start - number[1] < 90 and _PREPOSITION.search(text, max(0, mention.start - 40), mention.start)
        others = _REFUGEES.search(text, number[1], mention.start) if noun_end < mention.start else None
        if (
            located
            and not others
            and not re.search(r"\b(?:to|into|from)\s+(?:neighbou?ring\s+)?$", text[max(0, mention.start - 24) : mention.start])
        ):
            return setting.resolve(mention)
    if before:
        return setting.resolve(before[-1])
    at_home = {setting.resolve(m) for m in inside if m.people and m.end <= number[0] and _AT_HOME.match(text, m.end)}
    if len(at_home) == 1:
        return at_home.pop()
    earlier = setting.before(sentence[0])
    people = [m for m in inside if m.people and m.end <= number[0]]
    if people and len({setting.resolve(m) for m in people}) == 1 and not [m for m in earlier if not m.people]:
        return setting.resolve(people[-1])
    after = [m for m in after if not _TOWARDS.search(text, max(0, m.start - 24), m.start)]
    return _from_before(setting, earlier) or setting.heading or (setting.resolve(after[0]) if after else abroad)


def _from_before(setting: Setting, earlier: Sequence[Mention]) -> str | None:
    """Return the territory last named before the sentence, heading first where the text keeps to it."""
    recent = [setting.resolve(m) for m in earlier]
    if setting.heading and (not recent or setting.heading in recent):
        return setting.heading
    named = [m for m in earlier if not m.people]
    if named:
        return setting.resolve(named[-1])
    return recent[-1] if recent else None


def place_of(sentence: str, number: tuple[int, int], mentions: Sequence[Mention], offset: int) -> str | None:
    """Return the place as written nearest to the number: a town, or "southern X"; None where none is said.

    Args:
        sentence: the sentence.
        number: the number's span inside it.
        mentions: territories named in the sentence.
        offset: where the sentence starts in that text.
    """
    spans = {(m.start - offset, m.end - offset): m for m in mentions if not m.people and not m.inner}
    best: tuple[int, str] | None = None
    for match in _NEAR.finditer(sentence):
        name = re.sub(r"[’']s?$|\s+No$", "", match["name"]).rstrip("’'.")
        if (
            name.split()[0] in _MONTHS
            or _NO_PLACE.search(name)
            or name.split()[0] in DEMONYMS
            or _IN_A_NAME.search(sentence[: match.start()])
            or _SPOKE.search(sentence, 0, match.start())
        ):
            continue
        if any(match.start("name") < end and start < match.end("name") for start, end in spans):
            continue
        distance = match.start() - number[1] if match.start() >= number[1] else (number[0] - match.end()) * 2
        if 0 <= distance <= 120 and (best is None or distance < best[0]):
            best = (distance, name)
    for start, end in sorted(spans):
        region = _REGION.search(sentence, max(0, start - 16), max(0, start))
        distance = start - number[1] if start >= number[1] else (number[0] - end) * 2
        if region and 0 <= distance <= 120 and (best is None or distance < best[0]):
            best = (distance, f"{region[1]} {sentence[start:end].rstrip('.,')}")
    return best[1] if best else None


def of_a_capital(place: str | None, named: Sequence[Mention]) -> str | None:
    """Return the territory whose capital the place is, where the sentence names no territory."""
    return None if place is None or any(not m.people for m in named) else CAPITALS.get(place)


def hosts_of(sentence: str, number_end: int, mentions: Sequence[Mention], offset: int) -> str | None:
    """Return the territories that refugees went to: "to X, Y and Z" after the number, joined by semicolons."""
    names: list[str] = []
    last = number_end
    for mention in mentions:
        start, end = mention.start - offset, mention.end - offset
        if mention.people or start < number_end:
            continue
        begins = not names and _HOSTS.search(sentence, max(0, start - 24), start)
        if begins or (names and _LISTED.fullmatch(sentence, last, start)):
            names.append(sentence[start:end].rstrip(".,"))
            last = end
    return "; ".join(names) or None


def _fold(word: str) -> str:
    stripped = re.sub(r"[’']s?$", "", word).strip(".")
    decomposed = unicodedata.normalize("NFKD", stripped.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).replace(".", "")


def _is_acronym_noise(name: str, size: int) -> bool:
    """Return True for a word like "CAR" in a text that means a car: one short word not in capitals."""
    return size == 1 and len(name) <= 3 and not name.isupper()
