"""Turns the odds of pairs into probabilities where every record has at most one partner in another dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

_ROUNDS = 200
_CLOSE = 1e-9
_MOST_ODDS = 1e12


def one_to_one(pairs: Sequence[tuple[str, str]], odds: Sequence[float], dataset: Mapping[str, str]) -> list[float]:
    """Return the probability of each pair, given that no record has two partners in one other dataset.

    Without the rule two equally good partners would both be likely; with it they share. Marginals of a weighted
    matching by belief propagation: x(i->j) = 1 / (1 + sum over k other than j of o(ik) x(k->i)), p(ij) = o x(i->j) x(j->i) /
    (1 + o x(i->j) x(j->i)); exact where no circle of rivals exists, and convergent otherwise (Zdeborova and Mezard 2006).

    Args:
        pairs: the two records of each pair.
        odds: the odds of each pair by itself.
        dataset: the dataset of each record.

    >>> [round(p, 3) for p in one_to_one([("a", "x"), ("a", "y")], [4.0, 4.0], {"a": "A", "x": "B", "y": "B"})]
    [0.444, 0.444]
    """
    if not pairs:
        return []
    ends: dict[tuple[str, str], int] = {}
    left = np.array([ends.setdefault((a, dataset[b]), len(ends)) for a, b in pairs])
    right = np.array([ends.setdefault((b, dataset[a]), len(ends)) for a, b in pairs])
    weight = np.minimum(np.asarray(odds, dtype=float), _MOST_ODDS)
    to_right, to_left = np.ones(len(pairs)), np.ones(len(pairs))
    for _ in range(_ROUNDS):
        at_left = np.bincount(left, weight * to_left, len(ends))
        at_right = np.bincount(right, weight * to_right, len(ends))
        new_right = 1.0 / (1.0 + np.maximum(0.0, at_left[left] - weight * to_left))
        new_left = 1.0 / (1.0 + np.maximum(0.0, at_right[right] - weight * to_right))
        moved = max(float(np.abs(new_right - to_right).max()), float(np.abs(new_left - to_left).max()))
        to_right, to_left = (to_right + new_right) / 2, (to_left + new_left) / 2
        if moved < _CLOSE:
            break
    joint = weight * to_right * to_left
    return [float(p) for p in joint / (1.0 + joint)]
