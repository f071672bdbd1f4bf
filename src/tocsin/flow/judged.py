"""What the judgements of several people say together, and whether a new one contradicts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

#: Two records, smaller id first.
Pair = tuple[str, str]


def settled(judgements: Iterable[Mapping[str, Any]]) -> dict[Pair, str]:
    """Return what counts for each pair: positive or negative where most of its readers say so, else unsure.

    Each reader counts once, with the judgement in force. Two readers who disagree settle nothing until a third decides.

    >>> one = {"left": "a", "right": "b", "judgement": "positive"}
    >>> settled([one, {**one, "judgement": "negative"}])
    {('a', 'b'): 'unsure'}
    >>> settled([one, {**one, "judgement": "unsure"}])
    {('a', 'b'): 'positive'}
    """
    votes: dict[Pair, int] = defaultdict(int)
    for row in judgements:
        pair = _ordered(row["left"], row["right"])
        votes[pair] += {"positive": 1, "negative": -1}.get(row["judgement"], 0)
    return {pair: "positive" if vote > 0 else "negative" if vote < 0 else "unsure" for pair, vote in votes.items()}


def contradiction(known: Mapping[Pair, str], pair: Pair, judgement: str) -> Pair | None:
    """Return the settled negative pair that `judgement` on `pair` would contradict through a chain of positive ones; None if none.

    A negative judgement contradicts itself where other positive judgements already join the two records.
    """
    chosen = {**known, _ordered(*pair): judgement}
    joined = _chains(pair for pair, said in chosen.items() if said == "positive")
    return next((pair for pair, said in sorted(chosen.items()) if said == "negative" and _same(joined, *pair)), None)


def _chains(positive: Iterable[Pair]) -> dict[str, str]:
    parent: dict[str, str] = {}
    for left, right in positive:
        parent[_root(parent, left)] = _root(parent, right)
    return {record: _root(parent, record) for record in list(parent)}


def _root(parent: dict[str, str], record: str) -> str:
    while parent.setdefault(record, record) != record:
        record = parent[record]
    return record


def _same(joined: Mapping[str, str], left: str, right: str) -> bool:
    return left in joined and right in joined and joined[left] == joined[right]


def _ordered(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)
