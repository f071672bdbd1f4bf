"""What earlier origins said about the parts of the mixture, kept so that looking back year after year does the work once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from tocsin.stages.forecast.count_models.past import Past
from tocsin.stages.forecast.count_models.weights import Evidence
from tocsin.stages.forecast.panel import Array


@dataclass(frozen=True)
class Looked:
    """Holds what one earlier origin says, before it is weighed by its age.

    Args:
        crps: sum of the baseline's CRPS over all outcomes.
        bits: the same of its binned ignorance.
        classes: class of places -> cross products, chances of the bins that came, how many places each outcome stands for.
    """

    crps: float
    bits: float
    classes: tuple[tuple[Array, Array, Array] | None, ...]

    def faded(self, fade: float) -> list[list[Evidence]]:
        """Return the evidence by class, weighed by `fade` and relative to the baseline; empty for a class without places."""
        found: list[list[Evidence]] = []
        for one in self.classes:
            if one is None:
                found.append([])
                continue
            cross, given, stands_for = one
            found.append([Evidence(cross * fade / max(self.crps, 1e-9), given, stands_for * fade / max(self.bits, 1e-9))])
        return found


@dataclass(frozen=True)
class Memory:
    """Remembers what was seen of earlier origins, by the very counts it rests on: other counts are other entries."""

    _seen: dict[tuple[bytes, tuple[int, ...]], Looked] = field(default_factory=dict, repr=False)

    def recall(self, past: Past, month: int, steps: list[int], look: Callable[[Past, int, list[int]], Looked]) -> Looked:
        """Return what `look` says of an earlier month, looking only where nobody looked before.

        It depends on the counts up to the last outcome, on the places that are learned from, and on nothing else.
        """
        digest = blake2b(digest_size=16)
        for part in (past.values[:, : month + max(steps) + 1], past.teachers, past.weights):
            digest.update(f"{part.shape}{part.dtype}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        key = (digest.digest() + month.to_bytes(4), tuple(steps))
        if key not in self._seen:
            self._seen[key] = look(past, month, steps)
        return self._seen[key]
