"""Chooses how far to trust the sum of the comparisons, from judged pairs where there are enough of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.problem import Judged, pair_shares
from tocsin.stages.link.sampler import Plan, Problem, Sampler
from tocsin.stages.link.splink import Pairs

#: Tempers to mix over, with equal weight, while judged pairs do not tell which is right.
TEMPERS = (1.0, 0.95, 1.05)
#: Tempers that judged pairs may choose among.
GRID = (0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2)
#: Fewer judged pairs inside components than this choose nothing.
ENOUGH = 30
#: Draws for each temper of the grid.
TRIAL_DRAWS = 20

Tempers = tuple[tuple[float, int], ...]


def tempers(problem: Problem, pairs: Pairs, judged: Judged, plan: Plan, draws: int) -> Tempers:
    """Return each temper with the number of draws to take at it.

    The clusterings are drawn as if nothing were judged, at each temper of the grid; its weight is the likelihood of the
    judgements under the shares of draws that hold each judged pair together (the log score is proper, so this favours calibration).
    """
    at = _inside(pairs, judged, int(problem.single_counts.sum()) + len(problem.components.order))
    if len(at[0]) < ENOUGH:
        return spread(dict.fromkeys(TEMPERS, 1.0), draws)
    places, same = at
    count = int(problem.single_counts.sum()) + len(problem.components.order)
    unjudged = replace(problem, judged=problem.judged[:0], judged_starts=np.zeros_like(problem.judged_starts))
    score: dict[float, float] = {}
    for temper in GRID:
        trial = Plan(((temper, TRIAL_DRAWS),), plan.burn_in, plan.seed, plan.threads)
        drawn = Sampler(unjudged, plan.seed, plan.threads).run(trial)
        share = pair_shares(problem, pairs, drawn.together, count, TRIAL_DRAWS)[places]
        chance = (share * TRIAL_DRAWS + 0.5) / (TRIAL_DRAWS + 1.0)
        score[temper] = float(np.log(np.where(same, chance, 1.0 - chance)).sum())
    top = max(score.values())
    return spread({temper: float(np.exp(value - top)) for temper, value in score.items()}, draws)


def spread(weights: dict[float, float], draws: int) -> Tempers:
    """Return whole numbers of draws in proportion to `weights` that add up to `draws` (largest remainders).

    >>> spread({0.9: 1.0, 1.0: 1.0}, 5)
    ((0.9, 3), (1.0, 2))
    """
    total = sum(weights.values())
    exact = {temper: draws * weight / total for temper, weight in weights.items()}
    counts = {temper: int(value) for temper, value in exact.items()}
    for temper in sorted(exact, key=lambda t: counts[t] - exact[t])[: draws - sum(counts.values())]:
        counts[temper] += 1
    return tuple((temper, count) for temper, count in counts.items() if count)


def _inside(pairs: Pairs, judged: Judged, count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the places of judged pairs among `pairs`, and their judgements."""
    key = pairs.left * count + pairs.right
    order = np.argsort(key)
    asked = np.minimum(judged.left, judged.right) * count + np.maximum(judged.left, judged.right)
    if len(key) == 0 or len(asked) == 0:
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    at = order[np.searchsorted(key[order], asked).clip(0, len(key) - 1)]
    found = key[at] == asked
    return at[found].astype(np.int64), judged.same[found]
