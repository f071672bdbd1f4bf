"""Ranks the rows of an index within each edition, says how sure each rank is, and which rows rose since the last edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tocsin.stages.assess.put import COMPONENTS, PutScore, put_score

Array = npt.NDArray[np.float64]
#: Inputs that share one weight in the formula.
_GROUPS = ("A", "B", "C", "D", "EF", "EF", "GHI", "GHI", "GHI", "J")


@dataclass(frozen=True)
class IndexRow:
    """Holds the inputs of one territory in one edition.

    Args:
        notes: what the file says besides: peoples under threat, notes, and sources of inputs, by column.
    """

    territory: str
    year: int
    values: Mapping[str, float | None]
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Doubt:
    """Says how much the weights and inputs are shaken in the rank intervals; assumptions of this project, shown with the ranks.

    Args:
        draws: how many shaken editions.
        weight_sd: standard deviation of the logarithm of each weight; 0.2 puts two thirds of the draws within a fifth.
        level: share of the draws inside the interval.
    """

    draws: int = 2000
    weight_sd: float = 0.2
    level: float = 0.9


@dataclass(frozen=True)
class RankedRow:
    """Holds a row with its score, its rank, and its change since the last edition in which it stood.

    Args:
        rank: 1 plus the number of territories whose index is greater for sure, also by the lower bound of one without a score; None
            where there is no score.
        since: the last edition before this one in the data; None for the first.
        rise: places gained since then, among the territories scored in both; negative is a fall.
        rise_probability: share of the shaken editions in which it gained at least one place.
    """

    row: IndexRow
    score: PutScore
    rank: int | None
    rank_low: int
    rank_high: int
    since: int | None
    rise: int | None
    rise_probability: float | None


def rank_rows(rows: Sequence[IndexRow], seed: int, doubt: Doubt | None = None) -> list[RankedRow]:
    """Return the rows in the order in which they came, each ranked within its edition.

    The rank interval is the central `level` of the ranks in editions whose weights and inputs were shaken
    (`Doubt`; missing inputs anywhere in their range); it always holds the rank itself. The order of the rows
    does not change the answer.
    """
    doubt = doubt or Doubt()
    ordered = sorted(rows, key=lambda r: (r.year, r.territory))
    scores = {(r.year, r.territory): put_score(r.values) for r in ordered}
    shaken = _shaken(ordered, seed, doubt)
    years = sorted({r.year for r in ordered})
    ranked: dict[tuple[int, str], RankedRow] = {}
    for year, since in zip(years, [None, *years[:-1]], strict=True):
        now = [r for r in ordered if r.year == year]
        both = _in_both(scores, now, since)
        risen = _rises(scores, shaken, year, since, both)
        ranks = _ranks([scores[year, r.territory] for r in now])
        table = np.stack([shaken[year, r.territory] for r in now])
        lows, highs = _intervals(table, doubt.level)
        for i, row in enumerate(now):
            rank = ranks[i]
            low, high = (lows[i], highs[i]) if rank is None else (min(lows[i], rank), max(highs[i], rank))
            rise, probability = risen.get(row.territory, (None, None))
            ranked[year, row.territory] = RankedRow(row, scores[year, row.territory], rank, low, high, since, rise, probability)
    return [ranked[r.year, r.territory] for r in rows]


def _in_both(scores: Mapping[tuple[int, str], PutScore], now: Sequence[IndexRow], since: int | None) -> list[str]:
    """Return the territories with a score in both editions: only among them does a change of rank mean anything."""
    if since is None:
        return []
    before = {t for (y, t), s in scores.items() if y == since and s.score is not None}
    return [r.territory for r in now if r.territory in before and scores[r.year, r.territory].score is not None]


def _rises(
    scores: Mapping[tuple[int, str], PutScore], shaken: Mapping[tuple[int, str], Array], year: int, since: int | None, both: Sequence[str]
) -> dict[str, tuple[int, float]]:
    if since is None or not both:
        return {}
    now = _ranks([scores[year, t] for t in both])
    then = _ranks([scores[since, t] for t in both])
    drawn_now = _drawn_ranks(np.stack([shaken[year, t] for t in both]))
    drawn_then = _drawn_ranks(np.stack([shaken[since, t] for t in both]))
    gained = (drawn_then > drawn_now).mean(axis=1)
    return {t: ((then[i] or 0) - (now[i] or 0), float(gained[i])) for i, t in enumerate(both)}


def _ranks(scores: Sequence[PutScore]) -> list[int | None]:
    """Return 1 plus the number of rows that are greater for sure: by their score, or by their lower bound; equal scores share a rank."""
    return [None if one.score is None else 1 + sum(other.low > one.score for other in scores) for one in scores]


def _drawn_ranks(table: Array) -> npt.NDArray[np.int64]:
    """Return the ranks of the rows in each column; ties do not occur in shaken scores but by missing differences."""
    order = np.argsort(-table, axis=0, kind="stable")
    ranks = np.empty(table.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(1, len(table) + 1)[:, None], axis=0)
    return ranks


def _intervals(table: Array, level: float) -> tuple[list[int], list[int]]:
    ranks = _drawn_ranks(table)
    tail = (1 - level) / 2
    lows = np.quantile(ranks, tail, axis=1, method="lower")
    highs = np.quantile(ranks, 1 - tail, axis=1, method="higher")
    return [int(v) for v in lows], [int(v) for v in highs]


def _shaken(rows: Sequence[IndexRow], seed: int, doubt: Doubt) -> dict[tuple[int, str], Array]:
    """Return the draws of every row; the weights of one draw are the same for all rows and editions."""
    random = np.random.default_rng(seed)
    groups = sorted(set(_GROUPS))
    factors = np.exp(random.normal(0.0, doubt.weight_sd, (len(groups), doubt.draws)))
    weights = np.stack([c.weight * factors[groups.index(g)] for c, g in zip(COMPONENTS, _GROUPS, strict=True)])
    found: dict[tuple[int, str], Array] = {}
    for row in rows:
        total = np.zeros(doubt.draws)
        for position, component in enumerate(COMPONENTS):
            value = row.values.get(component.key)
            noise, anywhere = random.normal(0.0, 1.0, doubt.draws), random.random(doubt.draws)
            if value is not None:
                drawn = np.clip(value + component.error * noise, component.low, component.high) if component.error else value
            elif component.zero_if_missing:
                continue
            else:
                drawn = component.low + (component.high - component.low) * anywhere
            total += weights[position] * drawn
        found[row.year, row.territory] = total
    return found
