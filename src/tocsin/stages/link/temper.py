"""Chooses how far to trust the sum of the comparisons, from judged pairs where there are enough of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Ints
from tocsin.stages.link.given import Judged
from tocsin.stages.link.sampler import Plan, Problem, Sampler

#: Tempers to mix over, with equal weight, while judged pairs do not tell which is right.
TEMPERS = (1.0, 0.95, 1.05)
#: Tempers that judged pairs may choose among.
GRID = (0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2)
#: Fewer judged pairs inside components than this choose nothing.
ENOUGH = 30
#: Draws for each temper of the grid.
TRIAL_DRAWS = 60

Tempers = tuple[tuple[float, int], ...]


def tempers(problem: Problem, judged: Judged, plan: Plan, draws: int) -> Tempers:
    """Return each temper with the number of draws to take at it.

    The components of the judged pairs are drawn as if nothing were judged, at each temper of the grid; its weight is the likelihood of
    the judgements under the shares of draws that hold each judged pair together (the log score is proper, so this favours calibration).
    """
    component, left, right, same = _inside(problem, judged)
    if len(same) < ENOUGH:
        return spread(dict.fromkeys(TEMPERS, 1.0), draws)
    sampler = Sampler(
        replace(problem, judged=problem.judged[:0], judged_starts=np.zeros_like(problem.judged_starts)), plan.seed, plan.threads
    )
    sampler.run(Plan(((1.0, 1),), plan.burn_in, plan.seed, plan.threads))
    score: dict[float, float] = {}
    for temper in GRID:
        shares = sampler.shares(np.unique(component), temper, TRIAL_DRAWS)
        share = np.array([shares[c][a, b] for c, a, b in zip(component.tolist(), left.tolist(), right.tolist(), strict=True)])
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


def _inside(problem: Problem, judged: Judged) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
    """Return the component and the two places of each judged pair that one component holds, and its judgement."""
    parts = problem.components
    at = np.full(int(max(parts.order.max(initial=-1), judged.left.max(initial=-1), judged.right.max(initial=-1))) + 1, -1)
    at[parts.order] = np.arange(len(parts.order))
    left, right = at[judged.left], at[judged.right]
    of_left, of_right = (np.searchsorted(parts.starts, side, side="right") - 1 for side in (left, right))
    held = (left >= 0) & (right >= 0) & (of_left == of_right)
    component = of_left[held]
    return component, left[held] - parts.starts[component], right[held] - parts.starts[component], judged.same[held]
