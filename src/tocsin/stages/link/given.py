"""What people say before anything is compared: judgements on pairs, and which lists hold nobody twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Ints


@dataclass(frozen=True)
class Judged:
    """Holds judgements that decide: places of the two records and True for one person, False for two."""

    left: Ints
    right: Ints
    same: npt.NDArray[np.bool_]

    @staticmethod
    def none() -> Judged:
        """Return no judgement at all."""
        return Judged(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.bool_))


@dataclass(frozen=True)
class Lists:
    """Holds which list each record is in (a number), and which lists are known to hold nobody twice."""

    of: Ints
    duplicate_free: npt.NDArray[np.bool_]
