"""Finds texts whose sequences of words overlap: equal, nearly equal, or one inside the other."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rensa import RMinHash, RMinHashLSH

#: "Reprinted by", "(Reuters) -": words of a text that was taken over from somebody else.
_CREDIT = re.compile(
    r"\b(?:re-?printed|re-?published|re-?posted|syndicated|originally\s+(?:published|appeared)|first\s+(?:published|appeared)|"
    r"this\s+(?:article|story|report)\s+was\s+(?:originally|first)|reproduced)\s+(?:by|in|on|from|with|at)\b|"
    r"\((?:AP|AFP|Reuters|Xinhua|EFE|dpa|ANSA|IRIN|Anadolu|TASS|Kyodo)\)\s*[-–—]|\b(?:repris|publié\s+à\s+l[’']origine)\s+(?:de|par|dans)\b|"
    r"\b(?:reproducido|publicado\s+originalmente)\s+(?:de|por|en)\b|نقلا\s+عن",
    re.IGNORECASE,
)
_EDGE = 400
#: Beyond so many copies of one text each is paired with the first only: a thousand copies are not half a million pairs.
_MANY = 20


@dataclass(frozen=True)
class Likeness:
    """Holds what counts as alike.

    `words` is the length of the word sequences compared. Two texts are near copies where the Jaccard similarity of
    their sets of sequences, computed and not estimated, is at least `least`; one stands in the other where at least
    `held` of its sequences do and it has at least `shortest`. Titles in two languages tell the same where they share at
    least `title` of the shorter one's telling words, lie at most `days` apart, and at least `numbers` of the
    numbers in the one text are in the other. A sequence in more than `common` texts is no sign of a copy.
    """

    words: int = 4
    least: float = 0.6
    held: float = 0.8
    shortest: int = 20
    title: float = 0.6
    days: int = 14
    numbers: float = 0.5
    common: int = 50
    permutations: int = 128
    bands: int = 32
    seed: int = 20130111


@dataclass(frozen=True)
class TextPair:
    """Says how the words of two texts overlap.

    `held` is the share of the shorter text's sequences that stand in the longer one, `half` whether the shorter
    one is at least half of the longer one, `credits` whether one of them names where it was taken from.
    """

    same: bool
    jaccard: float
    held: float
    half: bool
    credits: bool


@dataclass(frozen=True)
class WordSets:
    """Holds the word sequences of each different text, and which documents have it; empty texts are left out."""

    sequences: Mapping[str, frozenset[str]]
    members: Mapping[str, tuple[str, ...]]
    credited: frozenset[str]

    def first(self, identifier: str) -> str:
        """Return the document that stands for all with the same text."""
        return self.firsts.get(identifier, identifier)

    @cached_property
    def firsts(self) -> Mapping[str, str]:
        """Return the document that stands for each document's text."""
        return {member: members[0] for members in self.members.values() for member in members}

    @classmethod
    def build(cls, texts: Mapping[str, str], settings: Likeness) -> WordSets:
        """Build the sets; documents with the same text share one."""
        by_text: dict[str, list[str]] = defaultdict(list)
        for identifier in sorted(texts):
            by_text[normalise(texts[identifier])].append(identifier)
        by_text.pop("", None)
        sequences = {members[0]: _sequences(text, settings.words) for text, members in by_text.items()}
        credited = frozenset(i for i, text in texts.items() if _CREDIT.search(text[:_EDGE]) or _CREDIT.search(text[-_EDGE:]))
        return cls(sequences, {members[0]: tuple(members) for members in by_text.values()}, credited)


def normalise(text: str) -> str:
    r"""Return the words of a text, lower case and without marks: the form in which equal texts are equal.

    >>> normalise("The  TOWN - was\nshelled.") == normalise("the town was shelled")
    True
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join(re.findall(r"\w+", bare))


def overlapping(sets: WordSets, settings: Likeness) -> dict[tuple[str, str], TextPair]:
    """Return every pair of documents whose texts are the same, near copies, or one inside the other."""
    found: dict[tuple[str, str], TextPair] = {}
    for members in sets.members.values():
        pairs = combinations(members, 2) if len(members) <= _MANY else ((members[0], other) for other in members[1:])
        for left, right in pairs:
            found[left, right] = TextPair(True, 1.0, 1.0, True, False)
    for left, right in sorted(_hashed_alike(sets.sequences, settings) | _sharing(sets.sequences, settings)):
        pair = _overlap(sets.sequences[left], sets.sequences[right])
        if pair.jaccard < settings.least and not _stands_in(pair, sets.sequences[left], sets.sequences[right], settings):
            continue
        for a in sets.members[left][:_MANY]:
            for b in sets.members[right][:_MANY]:
                credited = (a in sets.credited) != (b in sets.credited)
                found[min(a, b), max(a, b)] = TextPair(False, pair.jaccard, pair.held, pair.half, credited)
    return found


def _overlap(left: frozenset[str], right: frozenset[str]) -> TextPair:
    shared = len(left & right)
    shorter, longer = sorted((len(left), len(right)))
    return TextPair(False, shared / len(left | right), shared / shorter, 2 * shorter >= longer, False)


def _stands_in(pair: TextPair, left: frozenset[str], right: frozenset[str], settings: Likeness) -> bool:
    return pair.held >= settings.held and min(len(left), len(right)) >= settings.shortest


def _sequences(text: str, length: int) -> frozenset[str]:
    words = text.split()
    return frozenset(" ".join(words[i : i + length]) for i in range(max(1, len(words) - length + 1)))


def _hashed_alike(sequences: Mapping[str, frozenset[str]], settings: Likeness) -> set[tuple[str, str]]:
    """Return candidates from MinHash signatures that agree in a band."""
    ids = sorted(sequences)
    index = RMinHashLSH(threshold=settings.least, num_perm=settings.permutations, num_bands=settings.bands)
    signatures = []
    for position, identifier in enumerate(ids):
        signature = RMinHash(num_perm=settings.permutations, seed=settings.seed)
        signature.update(sorted(sequences[identifier]))
        index.insert(position, signature)
        signatures.append(signature)
    return {(ids[p], ids[o]) for p, signature in enumerate(signatures) for o in index.query(signature) if o > p}


def _sharing(sequences: Mapping[str, frozenset[str]], settings: Likeness) -> set[tuple[str, str]]:
    """Return candidates that share at least two of a fixed sample of sequences: a short text inside a long one has another signature."""
    index: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(sequences):
        if len(sequences[identifier]) >= settings.shortest:
            for sequence in sequences[identifier]:
                if zlib.crc32(sequence.encode()) % 4 == 0:
                    index[sequence].append(identifier)
    shared = Counter(pair for held in index.values() if 1 < len(held) <= settings.common for pair in combinations(held, 2))
    return {pair for pair, times in shared.items() if times > 1}
