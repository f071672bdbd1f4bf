"""Draws from the posterior of the latent-class model: the compiled inner loop, one chain a call."""

from __future__ import annotations

from math import lgamma
from typing import NamedTuple, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

#: Shape and rate of the prior of the stick-breaking concentration, as in the R package LCMCR.
PRIOR_A, PRIOR_B = 0.25, 0.25
Floats: TypeAlias = NDArray[np.float64]


class Histories(NamedTuple):
    """Holds the capture histories: one row of `patterns` a history (1 where a list has it), and how many people have it."""

    patterns: NDArray[np.uint8]
    counts: Floats


class Parameters(NamedTuple):
    """Holds the logarithms of class shares, and of the rates at which each class (row) is on and off each list; changed in place."""

    shares: Floats
    on: Floats
    off: Floats


class Classes(NamedTuple):
    """Holds how many people each class has, how many of them each list has, and room for one split; changed in place."""

    sizes: Floats
    ones: Floats
    logs: Floats
    part: Floats


@njit(cache=True, nogil=True)
def _poisson(rng: np.random.Generator, rate: float) -> float:
    """Draw a Poisson number; a normal one, rounded, where it is too large for the exact method."""
    if rate < 1e9:
        return float(rng.poisson(rate))
    return max(np.floor(rate + np.sqrt(rate) * rng.standard_normal() + 0.5), 0.0)


@njit(cache=True, nogil=True)
def _binomial(rng: np.random.Generator, n: float, p: float) -> float:
    if n <= 0 or p <= 0:
        return 0.0
    if p >= 1:
        return n
    if n < 1e9:
        return float(rng.binomial(np.int64(n), p))
    return min(max(np.floor(n * p + np.sqrt(n * p * (1 - p)) * rng.standard_normal() + 0.5), 0.0), n)


@njit(cache=True, nogil=True)
def _split(rng: np.random.Generator, n: float, logs: Floats, into: Floats) -> float:
    """Split `n` over classes in proportion to exp(logs); write the parts and return log of the sum of weights."""
    classes = len(logs)
    top = logs[0]
    for k in range(1, classes):
        top = max(top, logs[k])
    left = 0.0
    for k in range(classes):
        into[k] = np.exp(logs[k] - top)
        left += into[k]
    result = top + np.log(left)
    remaining = n
    for k in range(classes - 1):
        weight = into[k]
        part = _binomial(rng, remaining, min(weight / left, 1.0)) if left > 0 else 0.0
        into[k] = part
        remaining -= part
        left -= weight
    into[classes - 1] = remaining
    return result


@njit(cache=True, nogil=True)
def _relabel(rng: np.random.Generator, sizes: Floats, ones: Floats, alpha: float) -> None:
    """Swap neighbouring classes with the sticks integrated out, so that a chain does not stay in one order.

    Accepted with probability min(1, (alpha + S + c_{k+1}) / (alpha + S + c_k)), S = people in the classes after both;
    the last class has no stick of its own and stays. Rates and sticks are drawn anew right after, given the sizes.
    """
    classes, lists = ones.shape
    after = 0.0
    for k in range(classes - 3, -1, -1):
        after += sizes[k + 2]
        ratio = (alpha + after + sizes[k + 1]) / (alpha + after + sizes[k])
        if ratio >= 1.0 or rng.random() < ratio:
            sizes[k], sizes[k + 1] = sizes[k + 1], sizes[k]
            for j in range(lists):
                ones[k, j], ones[k + 1, j] = ones[k + 1, j], ones[k, j]


@njit(cache=True, nogil=True)
def _log_order(sizes: Floats, first: int, second: int, alpha: float) -> float:
    """Return log p(sizes | alpha) with the sticks integrated out, as if two classes had each other's place.

    p = prod_{k < K} alpha B(1 + c_k, alpha + S_k), S_k = people in the classes after k.
    """
    classes = len(sizes)
    value, after = 0.0, 0.0
    for k in range(classes - 1, -1, -1):
        at = second if k == first else (first if k == second else k)
        if k < classes - 1:
            value += np.log(alpha) + lgamma(1.0 + sizes[at]) + lgamma(alpha + after) - lgamma(1.0 + sizes[at] + alpha + after)
        after += sizes[at]
    return value


@njit(cache=True, nogil=True)
def _exchange(rng: np.random.Generator, sizes: Floats, ones: Floats, alpha: float) -> float:
    """Exchange any two classes together with a new concentration from its prior; return the concentration.

    Without it a chain whose large class is the last one stays there: the truncation makes a large concentration fit
    that order, and no step that changes only one of the two can leave.
    """
    classes, lists = ones.shape
    first, second = rng.integers(0, classes), rng.integers(0, classes)
    proposed = max(rng.gamma(PRIOR_A, 1.0) / PRIOR_B, 1e-10)
    ratio = _log_order(sizes, first, second, proposed) - _log_order(sizes, first, first, alpha)
    if ratio < 0.0 and np.log(rng.random()) >= ratio:
        return alpha
    sizes[first], sizes[second] = sizes[second], sizes[first]
    for j in range(lists):
        ones[first, j], ones[second, j] = ones[second, j], ones[first, j]
    return proposed


@njit(cache=True, nogil=True)
def _place_documented(rng: np.random.Generator, seen: Histories, now: Parameters, into: Classes) -> None:
    """Put the people of each history into classes; add up class sizes and how many of each are on each list."""
    cells, lists = seen.patterns.shape
    classes = len(now.shares)
    into.sizes[:] = 0.0
    into.ones[:, :] = 0.0
    for c in range(cells):
        for k in range(classes):
            value = now.shares[k]
            for j in range(lists):
                value += now.on[k, j] if seen.patterns[c, j] else now.off[k, j]
            into.logs[k] = value
        _split(rng, seen.counts[c], into.logs, into.part)
        for k in range(classes):
            if into.part[k] > 0:
                into.sizes[k] += into.part[k]
                for j in range(lists):
                    if seen.patterns[c, j]:
                        into.ones[k, j] += into.part[k]


@njit(cache=True, nogil=True)
def _place_unseen(rng: np.random.Generator, documented: float, now: Parameters, into: Classes) -> float:
    """Draw how many are on no list, from a negative binomial without any cap, and put them into classes."""
    classes, lists = now.off.shape
    missed = 0.0
    for k in range(classes):
        value = now.shares[k]
        for j in range(lists):
            value += now.off[k, j]
        into.logs[k] = value
        missed += np.exp(value)
    missed = min(missed, 1.0 - 1e-15)
    unseen = _poisson(rng, rng.gamma(documented, 1.0) * missed / (1.0 - missed))
    _split(rng, unseen, into.logs, into.part)
    for k in range(classes):
        into.sizes[k] += into.part[k]
    return unseen


@njit(cache=True, nogil=True)
def _draw_parameters(rng: np.random.Generator, total: float, alpha: float, now: Parameters, held: Classes) -> float:
    """Draw capture rates, sticks and concentration given who is in which class; return the concentration."""
    classes, lists = held.ones.shape
    for k in range(classes):
        for j in range(lists):
            hit = max(rng.gamma(1.0 + held.ones[k, j], 1.0), 1e-300)
            miss = max(rng.gamma(1.0 + held.sizes[k] - held.ones[k, j], 1.0), 1e-300)
            both = np.log(hit + miss)
            now.on[k, j] = np.log(hit) - both
            now.off[k, j] = np.log(miss) - both
    after, left = total, 0.0
    for k in range(classes - 1):
        after -= held.sizes[k]
        stick = max(rng.gamma(1.0 + held.sizes[k], 1.0), 1e-300)
        rest = max(rng.gamma(alpha + max(after, 0.0), 1.0), 1e-300)
        both = np.log(stick + rest)
        now.shares[k] = left + np.log(stick) - both
        left += np.log(rest) - both
    now.shares[classes - 1] = left
    return max(rng.gamma(PRIOR_A + classes - 1.0, 1.0) / (PRIOR_B - left), 1e-10)


@njit(cache=True, nogil=True)
def run_chain(rng: np.random.Generator, seen: Histories, now: Parameters, alpha: float, sweeps: int, thin: int) -> tuple[Floats, float]:
    """Run one chain on from its state, which is changed in place; return every `thin`-th number unseen, and alpha.

    Sweep: the documented over classes; the unseen; exchanges of classes; capture rates, sticks, concentration.
    """
    classes, lists = now.on.shape
    documented = seen.counts.sum()
    draws = np.empty(sweeps // thin)
    held = Classes(np.empty(classes), np.empty((classes, lists)), np.empty(classes), np.empty(classes))
    for sweep in range(sweeps):
        _place_documented(rng, seen, now, held)
        unseen = _place_unseen(rng, documented, now, held)
        _relabel(rng, held.sizes, held.ones, alpha)
        alpha = _exchange(rng, held.sizes, held.ones, alpha)
        alpha = _draw_parameters(rng, documented + unseen, alpha, now, held)
        if sweep % thin == thin - 1:
            draws[sweep // thin] = unseen
    return draws, alpha
