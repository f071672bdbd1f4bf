"""Compares a clustering with known truth, and probabilities with what proved right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Ints


@dataclass(frozen=True)
class Quality:
    """Holds precision, recall and their harmonic mean; None where nothing could be counted."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall; 0 where there was something to find and nothing was said."""
        if self.precision is None or self.recall is None:
            return None if self.precision is self.recall else 0.0
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float | None]:
        """Return the three figures by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def pairwise(label: Ints, truth: Ints) -> Quality:
    """Return precision and recall over pairs of records held together.

    >>> pairwise(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])).as_dict()
    {'precision': 0.5, 'recall': 0.3333333333333333, 'f1': 0.4}
    """
    _, label = np.unique(label, return_inverse=True)
    _, truth = np.unique(truth, return_inverse=True)
    both = _pairs(np.unique(label * (int(truth.max(initial=0)) + 1) + truth, return_counts=True)[1])
    said, real = _pairs(np.bincount(label)), _pairs(np.bincount(truth))
    return Quality(both / said if said else None, both / real if real else None)


def cluster(label: Ints, truth: Ints) -> Quality:
    """Return precision and recall over whole clusters: a cluster counts when it is exactly a true one (singles too).

    >>> cluster(np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1])).as_dict()
    {'precision': 0.3333333333333333, 'recall': 0.5, 'f1': 0.4}
    """
    _, label = np.unique(label, return_inverse=True)
    _, truth = np.unique(truth, return_inverse=True)
    width = int(truth.max(initial=0)) + 1
    joint, counts = np.unique(label * width + truth, return_counts=True)
    sizes, real = np.bincount(label), np.bincount(truth)
    exact = int(((counts == sizes[joint // width]) & (counts == real[joint % width])).sum())
    return Quality(exact / len(sizes) if len(sizes) else None, exact / len(real) if len(real) else None)


def brier_skill(probability: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], dismissed: int = 0, missed: int = 0) -> float | None:
    """Return 1 - (mean squared error of the probabilities) / (that of the base rate); above 0 the probabilities tell something.

    Args:
        probability: of each pair.
        right: whether the pair is a match.
        dismissed: further pairs that were looked at and given probability 0.
        missed: how many of the dismissed are matches after all.

    >>> brier_skill(np.array([1.0, 0.0]), np.array([True, False]))
    1.0
    """
    count = len(right) + dismissed
    if count == 0:
        return None
    base = (float(right.sum()) + missed) / count
    reference = base * (1 - base)
    wrong = (float(((probability - right) ** 2).sum()) + missed) / count
    return 1.0 - wrong / reference if reference > 0 else None


def true_pairs(truth: Ints) -> int:
    """Return how many pairs of records are truly one person."""
    return _pairs(np.unique(truth, return_counts=True)[1])


def _pairs(counts: Ints) -> int:
    return int((counts * (counts - 1) // 2).sum())
