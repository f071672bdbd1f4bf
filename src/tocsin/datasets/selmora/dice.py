"""Chance that is the same on every machine: one stream of random numbers for each seed and purpose."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws from the stream that belongs to `seed` and `purpose`; other purposes do not disturb it."""

    def __init__(self, seed: int, *purpose: object) -> None:
        digest = hashlib.sha256(repr((seed, *map(str, purpose))).encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311  an invented country needs no secret numbers

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def share(self) -> float:
        """Return a number from 0 up to 1."""
        return self._random.random()

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of `choices`, each with the same chance."""
        return choices[int(self._random.random() * len(choices))]

    def pick_early(self, choices: Sequence[T]) -> T:
        """Return one of `choices`, earlier ones more often: as common and rare names are."""
        return choices[int(self._random.random() ** 1.7 * len(choices))]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """Return `values` in an order drawn at random."""
        keyed = sorted((self._random.random(), number) for number in range(len(values)))
        return [values[number] for _, number in keyed]
