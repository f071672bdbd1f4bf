"""Log-linear models with effects of two lists: their design, and whether they can be fitted at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from tocsin.stages.estimate.methods.poisson import PoissonFit, fit_poisson

Pair = tuple[int, int]
Array = NDArray[np.float64]
NO_ESTIMATE = "No maximum-likelihood estimate exists for the model with {0}: the counts push one of its effects to infinity."
NOT_IDENTIFIED = "The model with {0} is not identified: different totals fit these lists equally well."


@dataclass(frozen=True, eq=False)
class Cells:
    """Holds every history but nobody's, as 0/1 columns, with its count."""

    patterns: NDArray[np.int64]
    counts: Array

    @property
    def lists(self) -> int:
        """Return the number of lists."""
        return int(self.patterns.shape[1])

    def together(self, pair: Pair) -> NDArray[np.bool_]:
        """Return which histories are on both lists of `pair`."""
        return (self.patterns[:, pair[0]] & self.patterns[:, pair[1]]) == 1


@dataclass(frozen=True, eq=False)
class ModelFit:
    """Holds a fitted model: its pairs, the Poisson fit of the cells it keeps, and expected counts of all cells."""

    pairs: tuple[Pair, ...]
    fit: PoissonFit
    expected: Array
    parameters: int

    @property
    def unseen(self) -> float:
        """Return the expected number of people on no list, exp of the intercept."""
        return float(np.exp(self.fit.coefficients[0]))

    def bic(self, counts: Array) -> float:
        """Return the Bayesian information criterion, without its constant: k log n - 2 log L."""
        return float(self.parameters * np.log(counts.sum()) - 2 * self.fit.log_likelihood)


def cells_of(dense: NDArray[np.int64], lists: int) -> Cells:
    """Build the cells from counts of all 2^J histories."""
    histories = np.arange(1, 1 << lists)
    return Cells((histories[:, None] >> np.arange(lists)) & 1, dense[1:].astype(np.float64))


def fit_model(cells: Cells, pairs: Sequence[Pair], names: Sequence[str]) -> ModelFit | str:
    """Fit main effects and the effects of `pairs` by extended maximum likelihood, or say why it can't be.

    An effect of two lists that share nobody is minus infinity: the histories on both lists are expected to be
    empty and leave the model with the effect (Chan, Silverman and Vincent 2021, JRSS A 184:1223-1246).

    Returns:
        The fit, or the reason in plain words.
    """
    chosen = tuple(sorted(pairs))
    why = why_unfit(cells, chosen)
    if why:
        return why.format(_written(chosen, names))
    keep, finite = _reduced(cells, chosen)
    fitted = fit_poisson(_design(cells, keep, finite), cells.counts[keep])
    if fitted is None:
        return NO_ESTIMATE.format(_written(chosen, names))
    expected = np.zeros(len(cells.counts))
    expected[keep] = fitted.means
    return ModelFit(chosen, fitted, expected, 1 + cells.lists + len(chosen))


def why_unfit(cells: Cells, pairs: Sequence[Pair]) -> str | None:
    """Return why the model can't be fitted; it depends only on which histories are empty.

    Identifiability by the rank of the design; existence by linear programming: the estimate exists when the
    sufficient statistics are also those of counts that are all positive (Fienberg and Rinaldo 2012, Annals of
    Statistics 40:996-1023).
    """
    return _why_unfit(cells.lists, tuple((cells.counts > 0).tolist()), tuple(pairs))


@lru_cache(maxsize=50_000)
def _why_unfit(lists: int, filled: tuple[bool, ...], pairs: tuple[Pair, ...]) -> str | None:
    histories = np.arange(1, 1 << lists)
    cells = Cells((histories[:, None] >> np.arange(lists)) & 1, np.array(filled, np.float64))
    keep, finite = _reduced(cells, pairs)
    design = _design(cells, keep, finite)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return NOT_IDENTIFIED
    counts = cells.counts[keep]
    if (counts > 0).all():
        return None
    # maximise s subject to design' x = design' counts and x >= s: positive counts with the same margins
    size = len(counts)
    margins = np.hstack([design.T, np.zeros((design.shape[1], 1))])
    above = np.hstack([-np.eye(size), np.ones((size, 1))])
    goal = np.append(np.zeros(size), -1.0)
    bounds = [(0, None)] * size + [(None, 1.0)]
    found = linprog(goal, above, np.zeros(size), margins, design.T @ counts, bounds, method="highs")
    return None if found.status == 0 and -found.fun > 1e-9 else NO_ESTIMATE


def _reduced(cells: Cells, pairs: Sequence[Pair]) -> tuple[NDArray[np.bool_], list[Pair]]:
    """Return the cells that stay when effects at minus infinity leave, and the effects that are finite."""
    keep = np.ones(len(cells.counts), bool)
    finite = []
    for pair in pairs:
        both = cells.together(pair)
        if cells.counts[both].sum() == 0:
            keep &= ~both
        else:
            finite.append(pair)
    return keep, finite


def _design(cells: Cells, keep: NDArray[np.bool_], pairs: Sequence[Pair]) -> Array:
    columns: list[Array] = [np.ones((int(keep.sum()), 1)), cells.patterns[keep].astype(np.float64)]
    columns += [cells.together(pair)[keep][:, None].astype(np.float64) for pair in pairs]
    return np.hstack(columns)


def _written(pairs: Sequence[Pair], names: Sequence[str]) -> str:
    return ", ".join(f"{names[i]}-{names[j]}" for i, j in pairs) or "main effects only"
