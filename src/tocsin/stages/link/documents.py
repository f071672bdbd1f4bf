"""Finds texts that are the same or nearly the same: equal hashes, and word sequences that overlap."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from rensa import RMinHash, RMinHashLSH

from tocsin.model import tables
from tocsin.model.ids import stable_id

METHOD = "minhash-lsh"


@dataclass(frozen=True)
class Likeness:
    """Holds what counts as nearly the same.

    `words` is the length of the word sequences compared; two texts are near duplicates where the Jaccard
    similarity of their sets of sequences, computed and not estimated, is at least `least`.
    """

    words: int = 4
    least: float = 0.6
    permutations: int = 128
    bands: int = 32
    seed: int = 20130111


@dataclass(frozen=True)
class Duplicates:
    """Holds pairs and clusters of documents as rows, and each document's group: None where it stands alone."""

    pairs: pa.Table
    clusters: pa.Table
    groups: Mapping[str, str]


def link_documents(texts: Mapping[str, str], likeness: Likeness | None = None) -> Duplicates:
    """Group documents whose texts are equal or nearly equal; the order of `texts` does not matter.

    Candidates come from MinHash signatures banded by locality-sensitive hashing (Broder 1997); each is then
    verified by its true Jaccard similarity (size of the intersection / size of the union) over
    sequences of words.

    Args:
        texts: text by document id.
        likeness: what counts as nearly the same.
    """
    settings = likeness or Likeness()
    by_text: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(texts):
        by_text[normalise(texts[identifier])].append(identifier)
    by_text.pop("", None)
    words = {members[0]: _sequences(text, settings.words) for text, members in by_text.items()}
    found = {(members[0], other): 1.0 for members in by_text.values() for other in members[1:]}
    found |= _near(words, settings)
    group = _components([*texts], [*found])
    parameters = json.dumps({"words": settings.words, "least": settings.least, "seed": settings.seed})
    pairs = [
        {
            "id": stable_id("par", "document", left, right),
            "inputs": [left, right],
            "method": METHOD,
            "parameters": parameters,
            "entity": "document",
            "left": left,
            "right": right,
            "probability": 1.0 if jaccard == 1.0 else None,  # likeness of words is no probability
            "comparisons": json.dumps({"same_text": jaccard == 1.0, "jaccard": round(jaccard, 4)}),
        }
        for (left, right), jaccard in sorted(found.items())
    ]
    clusters = [
        {
            "id": stable_id("clu", "document", identifier),
            "inputs": [identifier],
            "method": METHOD,
            "parameters": parameters,
            "entity": "document",
            "record_id": identifier,
            "cluster_id": cluster,
            "draw": 0,
        }
        for identifier, cluster in sorted(group.items())
    ]
    return Duplicates(tables.from_rows("pairs", pairs), tables.from_rows("clusters", clusters), group)


def normalise(text: str) -> str:
    r"""Return the words of a text, lower case and without marks: the form in which equal texts are equal.

    >>> normalise("The  TOWN - was\nshelled.") == normalise("the town was shelled")
    True
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join(re.findall(r"\w+", bare))


def _sequences(text: str, length: int) -> frozenset[str]:
    words = text.split()
    return frozenset(" ".join(words[i : i + length]) for i in range(max(1, len(words) - length + 1)))


def _near(words: Mapping[str, frozenset[str]], settings: Likeness) -> dict[tuple[str, str], float]:
    """Return the verified near duplicates with their similarity."""
    ids = sorted(words)
    index = RMinHashLSH(threshold=settings.least, num_perm=settings.permutations, num_bands=settings.bands)
    signatures = []
    for position, identifier in enumerate(ids):
        signature = RMinHash(num_perm=settings.permutations, seed=settings.seed)
        signature.update(sorted(words[identifier]))
        index.insert(position, signature)
        signatures.append(signature)
    found: dict[tuple[str, str], float] = {}
    for position, signature in enumerate(signatures):
        for other in index.query(signature):
            if other > position:
                left, right = words[ids[position]], words[ids[other]]
                jaccard = len(left & right) / len(left | right)
                if jaccard >= settings.least:
                    found[ids[position], ids[other]] = jaccard
    return found


def _components(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the group of each document that has a duplicate, named by a hash of its members."""
    parent = {identifier: identifier for identifier in ids}

    def root(identifier: str) -> str:
        while parent[identifier] != identifier:
            parent[identifier] = parent[parent[identifier]]
            identifier = parent[identifier]
        return identifier

    for left, right in pairs:
        first, second = sorted((root(left), root(right)))
        parent[second] = first
    members: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(ids):
        members[root(identifier)].append(identifier)
    names = {
        head: f"dup-{hashlib.sha256(json.dumps(group).encode()).hexdigest()[:16]}" for head, group in members.items() if len(group) > 1
    }
    return {identifier: names[root(identifier)] for identifier in sorted(ids) if root(identifier) in names}
