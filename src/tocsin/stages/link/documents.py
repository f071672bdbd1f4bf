"""Finds texts that are the same, nearly the same, cut from one another, or translated: each pair with its reasons."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.stages.link.copies import Likeness, TextPair, WordSets, normalise, overlapping
from tocsin.stages.link.grouping import group_name, grouped
from tocsin.stages.link.translations import TitleMatch, compare_titles, numbers_agree, numbers_of, title_tokens

__all__ = ["METHOD", "Duplicates", "Likeness", "Text", "link_documents", "normalise"]

METHOD = "minhash-lsh-titles"


@dataclass(frozen=True)
class Text:
    """Is one document to compare; what is not known stays None. `part_of` names the document that it was cut out of."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    date: dt.date | None = None
    language: str | None = None
    part_of: str | None = None


@dataclass(frozen=True)
class Likened:
    """Says how two documents compare: the reasons that they are copies, and each level behind them."""

    left: str
    right: str
    reasons: tuple[str, ...]
    score: float
    levels: Mapping[str, object]


@dataclass(frozen=True)
class Duplicates:
    """Holds pairs and clusters of documents as rows, each document's group (none where it stands alone), and the pairs with reasons."""

    pairs: pa.Table
    clusters: pa.Table
    groups: Mapping[str, str]
    found: tuple[Likened, ...] = field(default=())


def link_documents(texts: Sequence[Text], likeness: Likeness | None = None, judgements: Sequence[tuple[str, str, str]] = ()) -> Duplicates:
    """Compare documents and group the copies; the order of `texts` does not matter.

    Reasons of a pair: `same_text` (equal but for case, marks and spaces), `near_text` (Jaccard similarity of word
    sequences, candidates from MinHash signatures banded by locality-sensitive hashing, Broder 1997, each verified by
    its true similarity), `cut_copy` (the shorter one stands in the longer one and is at least half of it), `quoted` (it
    stands in it and is less than half: a pair, never a group), `syndicated` (a copy whose outlets are known and
    differ, or that credits another outlet), `translation` (languages differ, titles tell the same, dates and numbers
    do not contradict). A group never holds two documents of one language whose texts are not alike.

    Args:
        texts: the documents.
        likeness: what counts as alike.
        judgements: (left, right, positive | negative | unsure) by people; they win over every rule.
    """
    settings = likeness or Likeness()
    by_id = {one.id: one for one in sorted(texts, key=lambda t: t.id)}
    sets = WordSets.build({identifier: one.text for identifier, one in by_id.items()}, settings)
    copies = overlapping(sets, settings)
    found = [_copied(by_id[a], by_id[b], pair, settings) for (a, b), pair in sorted(copies.items()) if not _is_part(by_id[a], by_id[b])]
    found += _translated(by_id, {(one.left, one.right) for one in found}, settings)
    known = {(one.left, one.right): one for one in found}
    said = {(min(a, b), max(a, b)): verdict for a, b, verdict in judgements if {a, b} <= by_id.keys()}

    def may_join(one: str, other: str) -> bool:
        pair = (min(one, other), max(one, other))
        if said.get(pair) == "negative":
            return False
        if sets.first(one) == sets.first(other):
            return True
        firsts = sorted((sets.first(one), sets.first(other)))
        link = known.get(pair) or known.get((firsts[0], firsts[1]))
        if link is not None and link.reasons != ("quoted",):
            return True
        return _other_language(by_id[one], by_id[other]) if link is None else False

    strongest = sorted((link for link in found if link.reasons != ("quoted",)), key=lambda link: (-link.score, link.left, link.right))
    groups = grouped(
        [(link.left, link.right) for link in strongest], may_join, sorted(pair for pair, verdict in said.items() if verdict == "positive")
    )
    named = {member: group_name("dup", members) for members in groups for member in members}
    parameters = json.dumps(asdict(settings), sort_keys=True)
    ordered = sorted(found, key=lambda link: (link.left, link.right))
    pairs = tables.from_rows("pairs", [_pair_row(link, parameters, said.get((link.left, link.right))) for link in ordered])
    clusters = tables.from_rows("clusters", [_cluster_row(identifier, group, parameters) for identifier, group in sorted(named.items())])
    return Duplicates(pairs, clusters, named, tuple(ordered))


def _is_part(one: Text, other: Text) -> bool:
    """Return True for a document and what was cut out of it."""
    return one.part_of == other.id or other.part_of == one.id


def _copied(one: Text, other: Text, pair: TextPair, settings: Likeness) -> Likened:
    outlets = _same(one.outlet, other.outlet)
    reason = "same_text" if pair.same else "near_text" if pair.jaccard >= settings.least else "cut_copy" if pair.half else "quoted"
    reasons = [reason]
    if reason != "quoted" and (outlets == "different" or pair.credits):
        reasons.append("syndicated")
    levels = {
        "same_text": pair.same,
        "jaccard": round(pair.jaccard, 4),
        "held": round(pair.held, 4),
        "outlets": outlets,
        "credits_another": pair.credits,
        "languages": _same(one.language, other.language),
        "days_apart": _days_apart(one, other),
        "first": _first(one, other),
    }
    score = 1.0 if pair.same else max(pair.jaccard, settings.least * pair.held if pair.half else 0.0)
    return Likened(one.id, other.id, tuple(reasons), score, levels)


def _translated(by_id: Mapping[str, Text], taken: set[tuple[str, str]], settings: Likeness) -> list[Likened]:
    """Return the pairs in different languages whose titles tell the same."""
    tokens = {identifier: title_tokens(one.title or "") for identifier, one in by_id.items()}
    numbers = {identifier: numbers_of(one.text) for identifier, one in by_id.items()}
    index: dict[str, list[str]] = defaultdict(list)
    for identifier, said in tokens.items():
        for token in said:
            if not token.startswith("concept:"):
                index[token].append(identifier)
    candidates = {(a, b) for held in index.values() if len(held) <= settings.common for i, a in enumerate(held) for b in held[i + 1 :]}
    found = []
    for left, right in sorted(candidates - taken):
        one, other = by_id[left], by_id[right]
        match = compare_titles(tokens[left], tokens[right])
        agree = numbers_agree(numbers[left], numbers[right])
        if match is not None and _is_translation(one, other, match, agree, settings):
            levels = {
                "titles": round(match.share, 4),
                "titles_share": list(match.shared),
                "numbers": None if agree is None else round(agree, 4),
                "languages": "different",
                "days_apart": _days_apart(one, other),
                "first": _first(one, other),
            }
            found.append(Likened(left, right, ("translation",), match.share * settings.least, levels))
    return found


def _is_translation(one: Text, other: Text, match: TitleMatch, agree: float | None, settings: Likeness) -> bool:
    days = _days_apart(one, other)
    return (
        _other_language(one, other)
        and not _is_part(one, other)
        and match.firm
        and len(match.shared) > 1
        and match.share >= settings.title
        and (days is None or days <= settings.days)
        and (agree is None or agree >= settings.numbers)
    )


def _other_language(one: Text, other: Text) -> bool:
    return _same(one.language, other.language) == "different"


def _same(left: str | None, right: str | None) -> str:
    """Return same, different or unknown: a missing value is no difference."""
    if not left or not right:
        return "unknown"
    return "same" if normalise(left) == normalise(right) else "different"


def _days_apart(one: Text, other: Text) -> int | None:
    return None if one.date is None or other.date is None else abs((one.date - other.date).days)


def _first(one: Text, other: Text) -> str | None:
    """Return the id of the document with the earlier date; None where that is not known."""
    if one.date is None or other.date is None or one.date == other.date:
        return None
    return one.id if one.date < other.date else other.id


def _pair_row(link: Likened, parameters: str, judgement: str | None) -> dict[str, object]:
    return {
        "id": stable_id("par", "document", link.left, link.right),
        "inputs": [link.left, link.right],
        "method": METHOD,
        "parameters": parameters,
        "entity": "document",
        "left": link.left,
        "right": link.right,
        "probability": 1.0 if link.levels.get("same_text") else None,  # likeness of words is no probability
        "comparisons": json.dumps(_said(link), ensure_ascii=False),
        "judgement": judgement,
    }


def _said(link: Likened) -> list[dict[str, object]]:
    """Return the reasons and the levels behind them in the form of every pair: field, level, weight (none here)."""
    reasons: list[dict[str, object]] = [{"field": "reason", "level": reason, "weight": None} for reason in link.reasons]
    return reasons + [{"field": name, "level": level, "weight": None} for name, level in link.levels.items() if level is not None]


def _cluster_row(identifier: str, group: str, parameters: str) -> dict[str, object]:
    return {
        "id": stable_id("clu", "document", identifier),
        "inputs": [identifier],
        "method": METHOD,
        "parameters": parameters,
        "entity": "document",
        "record_id": identifier,
        "cluster_id": group,
        "draw": 0,
    }
