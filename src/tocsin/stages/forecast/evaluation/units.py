"""Every score of count forecasts, unit by unit, in blocks of rows so that a whole grid fits in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.stages.forecast.evaluation.counts import crps_of_sorted, tail_weighted_crps
from tocsin.stages.forecast.evaluation.ignorance import binned_ignorance
from tocsin.stages.forecast.evaluation.interval import interval_scores
from tocsin.stages.forecast.evaluation.pit import pit_histogram
from tocsin.stages.forecast.evaluation.upsample import DRAWS, upsample
from tocsin.stages.forecast.panel import Array

BLOCK = 2000
#: Thresholds of the tail-weighted scores, in deaths a month.
TAILS = (25, 100)


@dataclass(frozen=True)
class UnitScores:
    """Holds the scores of each unit (a country-month or grid-month), and the histogram of the transform."""

    observed: Array
    crps: Array
    ignorance: Array
    interval_score: Array
    covered: np.ndarray
    tail: dict[int, Array]
    pit: Array

    def rows(self, chosen: np.ndarray) -> UnitScores:
        """Return the scores of some rows; the histogram stays that of all."""
        return UnitScores(
            self.observed[chosen],
            self.crps[chosen],
            self.ignorance[chosen],
            self.interval_score[chosen],
            self.covered[chosen],
            {threshold: values[chosen] for threshold, values in self.tail.items()},
            self.pit,
        )

    @classmethod
    def joined(cls, parts: Sequence[UnitScores]) -> UnitScores:
        """Return the scores of several parts, one after the other; the histogram is their mean by number of rows."""
        return cls(
            np.concatenate([part.observed for part in parts]),
            np.concatenate([part.crps for part in parts]),
            np.concatenate([part.ignorance for part in parts]),
            np.concatenate([part.interval_score for part in parts]),
            np.concatenate([part.covered for part in parts]),
            {t: np.concatenate([part.tail[t] for part in parts]) for t in parts[0].tail},
            np.average([part.pit for part in parts], axis=0, weights=[max(1, len(part.observed)) for part in parts]),
        )

    def means(self, rows: np.ndarray | None = None) -> dict[str, Any]:
        """Return the mean scores over `rows` (a mask; default all); None for each where no row is chosen."""
        chosen = np.ones(len(self.crps), dtype=bool) if rows is None else rows
        named = {"crps": self.crps, "ignorance": self.ignorance, "interval_score": self.interval_score, "coverage90": self.covered}
        named |= {f"twcrps{threshold}": values for threshold, values in self.tail.items()}
        units = int(chosen.sum())
        return {**{name: float(values[chosen].mean()) if units else None for name, values in named.items()}, "units": units}


def score_units(draws: np.ndarray, observed: Array) -> UnitScores:
    """Return the scores of each row as the 2023/24 VIEWS challenge defines them: alpha 0.1, CRPS over all pairs, 11 bins.

    Fewer than 1,000 draws are up-sampled first, for every score.

    Args:
        draws: rows x draws, of any number type.
        observed: rows.
    """
    starts = range(0, max(1, len(observed)), BLOCK)
    return UnitScores.joined([_block(draws[i : i + BLOCK], observed[i : i + BLOCK]) for i in starts])


def _block(draws: np.ndarray, observed: Array) -> UnitScores:
    ordered = upsample(np.sort(draws, axis=1), DRAWS).astype(np.float64)
    interval = interval_scores(ordered, observed)
    return UnitScores(
        observed,
        crps_of_sorted(ordered, observed),
        binned_ignorance(ordered, observed),
        interval.score,
        interval.covered,
        {t: tail_weighted_crps(ordered, observed, t) for t in TAILS},
        pit_histogram(ordered, observed),
    )
