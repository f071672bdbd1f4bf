"""Estimates how many true pairs never became candidates: the error that no sampler can see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.blocking import Blocking, Rule
from tocsin.stages.link.splink import Engine, Ints, Pairs

#: Below this an estimate that builds on the clusters is biased upwards and says so.
ENOUGH = 0.98
#: So many linked pairs are looked at.
LOOKED_AT = 30_000
#: How often agreement is drawn anew for each pair.
ROUNDS = 20
#: Fewer pairs than this that another field's rule caught say nothing about a field.
ENOUGH_DONORS = 20
_COLUMN = re.compile(r"\{t\}\.([a-z]+)")

Agreements = npt.NDArray[np.int8]


@dataclass(frozen=True)
class CandidateRecall:
    """Holds the estimated share of true pairs that linking could find, how it was estimated, and the share that rules catch directly."""

    value: float
    method: str
    by_rules: float = 1.0

    @property
    def warning(self) -> str | None:
        """Return what a reader of any interval must know, or None where recall is high enough."""
        if self.value >= ENOUGH:
            return None
        return f"about {1 - self.value:.1%} of true pairs never became candidates; what is estimated from these clusters is biased upwards"


def candidate_recall(engine: Engine, blocking: Blocking, pairs: Pairs, label: npt.NDArray[np.int32]) -> CandidateRecall:
    """Estimate candidate recall from the pairs inside clusters of the best single answer.

    How often true pairs agree on a field is seen among pairs that a rule without that field caught, since those were not chosen for
    agreeing. Given what two records leave out, fields are taken to agree independently; so the chance that a pair with these gaps is
    caught by no rule follows, and each pair that was caught stands for 1 / (1 - that chance) true pairs (Horvitz and Thompson 1952).
    Pairs that only a third record brought together count as found. Records that are bad in all fields at once make the
    estimate too high.
    """
    if blocking.complete:
        return CandidateRecall(1.0, "every pair was compared")
    held = np.flatnonzero(label[pairs.left] == label[pairs.right])
    if len(held) == 0:
        return CandidateRecall(0.0, "no pair was linked, so nothing shows what the rules catch")
    some = held[:: max(1, len(held) // LOOKED_AT)]
    keys, of_rule = _keys(blocking.rules)
    agree = engine.agreements(pairs.left[some], pairs.right[some], keys)
    fields = [_field(key) for key in keys]
    by_rule = np.column_stack([(agree[:, places] == 1).all(axis=1) for places in of_rule])
    caught = by_rule.any(axis=1)
    missed = _missed(agree, by_rule, of_rule, fields)
    true = float((1.0 / (1.0 - missed[caught].clip(0.0, 0.95))).sum())
    unseen = [f for f in sorted(set(fields)) if _donors(by_rule, of_rule, fields, f).sum() < ENOUGH_DONORS]
    method = "agreement on each field among pairs that rules without it caught"
    if unseen:
        method += f"; nothing shows how often {' and '.join(unseen)} agree, so the true value is lower"
    value = min(1.0, len(some) / true) if true > 0 else 0.0
    return CandidateRecall(round(value, 4), method, round(float(caught.sum()) / true, 4) if true > 0 else 0.0)


def _keys(rules: Sequence[Rule]) -> tuple[list[str], list[list[int]]]:
    """Return all keys of the rules, and for each rule the places of its own; a key over both names counts as two."""
    keys: list[str] = []
    of_rule = []
    for rule in rules:
        own = [part for key in rule.keys for part in (("{t}.given_key", "{t}.family_key") if key == "{t}.name_key" else (key,))]
        keys += [key for key in own if key not in keys]
        of_rule.append([keys.index(key) for key in own])
    return keys, of_rule


def _field(key: str) -> str:
    """Return the field that a key looks at.

    >>> _field("left({t}.given, 3)"), _field("{t}.died_month"), _field("{t}.only_key")
    ('given', 'died', 'family')
    """
    match = _COLUMN.search(key)
    name = match.group(1) if match else key
    return "family" if name == "only" else name


def _donors(by_rule: npt.NDArray[np.bool_], of_rule: Sequence[Sequence[int]], fields: Sequence[str], field: str) -> npt.NDArray[np.bool_]:
    """Return which pairs a rule without this field caught."""
    without = [place for place, keys in enumerate(of_rule) if all(fields[key] != field for key in keys)]
    return np.asarray(by_rule[:, without].any(axis=1), np.bool_)


def _missed(
    agree: Agreements, by_rule: npt.NDArray[np.bool_], of_rule: Sequence[Sequence[int]], fields: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Return, for each pair, the chance that a true pair with the same gaps is caught by no rule."""
    numbers = np.random.default_rng(1)
    gaps = np.unique(agree < 0, axis=0, return_inverse=True)[1].ravel()
    lost = np.zeros(len(agree))
    choices = [_choices(agree, _donors(by_rule, of_rule, fields, field), fields, field) for field in sorted(set(fields))]
    for _ in range(ROUNDS):
        drawn = agree.copy()
        for columns, groups in choices:
            for members, donors in groups:
                drawn[np.ix_(members, columns)] = agree[np.ix_(numbers.choice(donors, len(members)), columns)]
        lost += ~np.any([(drawn[:, places] == 1).all(axis=1) for places in of_rule], axis=0)
    share = np.bincount(gaps, lost) / (np.bincount(gaps) * ROUNDS)
    return np.asarray(share[gaps], np.float64)


def _choices(agree: Agreements, donor: npt.NDArray[np.bool_], fields: Sequence[str], field: str) -> tuple[Ints, list[tuple[Ints, Ints]]]:
    """Return the columns of a field, and for each pattern of gaps in it the pairs that have it and those that may lend agreement."""
    columns = np.flatnonzero([f == field for f in fields])
    pattern = np.unique(agree[:, columns] < 0, axis=0, return_inverse=True)[1].ravel()
    groups = []
    for number in range(int(pattern.max(initial=-1)) + 1):
        members, donors = np.flatnonzero(pattern == number), np.flatnonzero((pattern == number) & donor)
        if len(donors) >= ENOUGH_DONORS:
            groups.append((members, donors))
    return columns, groups
