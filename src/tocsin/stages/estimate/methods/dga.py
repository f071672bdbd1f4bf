"""Averages over all decomposable graphs: which lists depend on which is not chosen, but weighed.

Every decomposable graph on the lists is one model. For graph g and n0 people whom nobody recorded,

    log w(g, n0) = sum over cliques of h - sum over separators of h
                   + log [(n + n0)! / (n0! prod n_x!)] + log(1 / (n + n0))
    h_A = sum over cells a of the margin A of [lgamma(D_a + delta_A) - lgamma(delta_A)]
          + lgamma(2^J delta) - lgamma(n + n0 + 2^J delta),      delta_A = delta 2^(J - |A|)

with n0 added to the cell of margin A that no list names. The weights are summed exactly over graphs, one by one
over n0 up to a limit, and over geometrically spaced cells beyond it. Far in the tail the saturated graph falls
as n0^(delta - 1 - 2^J delta), so with delta = 2^-J the mean is infinite: median and interval are what is given.

References: Madigan and York (1997), Biometrika 84:19-31; the R package dga agrees on the grid 0..30 n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, polygamma

from tocsin.stages.estimate.capture import CaptureTable
from tocsin.stages.estimate.checks import lists_in_use, reason_to_refuse
from tocsin.stages.estimate.methods.graphs import DecomposableGraphs, decomposable_graphs
from tocsin.stages.estimate.result import Estimate, refusal, spread_draws

Array = NDArray[np.float64]

#: Graphs and stretches of n0 whose weight is below e^-42 of the largest can't change a printed digit.
NEGLIGIBLE = 42.0
#: Unseen people are counted one by one up to this multiple of those documented.
GRID = 30
#: The largest number of lists whose graphs are all enumerated.
MOST_LISTS = 6
#: With more people documented the one-by-one count takes more memory and minutes than a laptop has: 1.6 GB and a minute at a million.
MOST_PEOPLE = 1_000_000
TAIL_DONE, TAIL_ALLOWED = 1e-6, 0.01
BLOCK = 1536


@dataclass(frozen=True)
class GraphPosterior:
    """Holds the posterior of the number unseen: values with their probabilities, and what share each graph has.

    `values` below `grid` are single integers; beyond it each stands for a geometrically spaced cell. `beyond` is
    the probability past the grid, `tail` what is estimated to be left past the last cell.
    `between` is the share of the variance of log N that lies between graphs.
    """

    documented: int
    values: Array
    probabilities: Array
    grid: int
    beyond: float
    tail: float
    saturated: float
    between: float

    def quantile(self, q: float) -> int:
        """Return the smallest total whose cumulative probability reaches `q`."""
        cumulative = np.cumsum(self.probabilities)
        return self.documented + int(self.values[min(int(np.searchsorted(cumulative, q)), len(self.values) - 1)])

    def mean_on_grid(self) -> float:
        """Return the mean of the total within the grid; only for comparison with programs that stop there."""
        inside = self.probabilities[: self.grid + 1]
        return float(self.documented + self.values[: self.grid + 1] @ inside / inside.sum())


def estimate(table: CaptureTable, delta: float | None = None, *, saturated: bool = True) -> Estimate:
    """Estimate the total by averaging over all decomposable graphs; refuse what the lists do not pin down.

    Args:
        table: 3 to 6 lists.
        delta: prior weight of a cell; 2^-J by default.
        saturated: whether the graph in which every list depends on every other takes part.

    >>> from tocsin.stages.estimate.capture import from_mapping
    >>> spina = {"100": 60, "010": 49, "001": 247, "110": 4, "101": 112, "011": 142, "111": 12}
    >>> found = estimate(from_mapping("DMB", spina))  # Madigan and York 1997: 731, R package dga: 731 (694-787)
    >>> found.median, found.low, found.high
    (731.0, 694.0, 787.0)
    """
    used = lists_in_use(table)
    chosen = delta if delta is not None else 2.0 ** -max(len(used.lists), 1)
    settings = f"delta={chosen:g}" + ("" if saturated else ", without the saturated graph")
    why = reason_to_refuse(table)
    if why is None and len(used.lists) > MOST_LISTS:
        why = f"{len(used.lists)} lists have too many decomposable graphs to average over; {MOST_LISTS} is the most. Join or drop lists."
    if why is None and table.documented > MOST_PEOPLE:
        why = (
            f"{table.documented:,} people are documented; this method counts the unseen one by one, which is too much above "
            f"{MOST_PEOPLE:,}. Estimate by strata, or use another method."
        )
    if why is not None:
        return refusal("dga", settings, table.documented, why)
    found = posterior(used, chosen, saturated=saturated)
    details = {
        "delta": chosen,
        "saturated_weight": found.saturated,
        "mass_beyond_grid": found.beyond,
        "share_between_graphs": found.between,
        "graphs": len(decomposable_graphs(len(used.lists)).edges),
    }
    if found.beyond + found.tail > TAIL_ALLOWED:
        why = (
            f"{found.beyond + found.tail:.1%} of the probability lies beyond {GRID} times the number documented: "
            "the lists do not say where the total ends."
        )
        return refusal("dga", settings, table.documented, why, details)
    draws = spread_draws(found.values + found.documented, found.probabilities)
    low, median, high = (float(found.quantile(q)) for q in (0.025, 0.5, 0.975))
    notes = _notes(found)
    return Estimate("dga", settings, table.documented, median, low, high, 0.95, True, None, draws, notes, details)


def fan(table: CaptureTable) -> list[Estimate]:
    """Estimate again under other prior weights and without the saturated graph: what the prior decides."""
    lists = max(len(lists_in_use(table).lists), 1)
    deltas = sorted({2.0**-lists, 2.0 ** -(lists - 1), 0.25, 0.5, 1.0})
    return [estimate(table, delta) for delta in deltas] + [estimate(table, 2.0**-lists, saturated=False)]


def posterior(table: CaptureTable, delta: float, *, saturated: bool = True, beyond_grid: bool = True) -> GraphPosterior:
    """Compute the posterior of the number unseen, summed over all decomposable graphs.

    With `beyond_grid` false the sum stops at 30 n as in the R package, which is what `reference.csv` holds.
    """
    graphs = decomposable_graphs(len(table.lists))
    weights = _Weights(table, delta, graphs, saturated)
    grid = GRID * table.documented
    mass, sums = weights.on_grid(grid)
    values: list[Array] = [np.arange(grid + 1, dtype=np.float64)]
    tail = 0.0
    if beyond_grid:
        far_values, far_mass, far_sums, tail = weights.beyond(grid, float(mass.sum()))
        values.append(far_values)
        mass = np.concatenate([mass, far_mass])
        sums = sums + far_sums
    total = float(mass.sum())
    return GraphPosterior(
        table.documented,
        np.concatenate(values),
        mass / total,
        grid,
        float(mass[grid + 1 :].sum()) / total,
        tail / total,
        float(sums[0, graphs.saturated]) / total,
        _between(sums),
    )


def _between(sums: Array) -> float:
    """Return the share of the variance of log N between graphs, from each graph's weight, first and second moment."""
    weight, first, second = sums / sums[0].sum()
    mean = first.sum()
    total = second.sum() - mean**2
    held = weight > 0
    between = float((first[held] ** 2 / weight[held]).sum() - mean**2)
    return float(np.clip(between / total, 0.0, 1.0)) if total > 0 else 0.0


def _notes(found: GraphPosterior) -> tuple[str, ...]:
    if found.saturated <= 0.05:
        return ()
    return (
        f"{found.saturated:.0%} of the weight is on the model in which every list depends on every other; "
        "that model can't learn about the unseen from the lists, only from its prior.",
    )


class _Weights:
    """Evaluates log w(g, n0) in blocks and leaves out blocks that can't matter."""

    def __init__(self, table: CaptureTable, delta: float, graphs: DecomposableGraphs, saturated: bool) -> None:
        lists = len(table.lists)
        cells = table.dense()
        self.n = table.documented
        self.delta_all = 2.0**lists * delta
        self.coefficients = graphs.coefficients
        self.saturated = graphs.saturated
        self.dropped = None if saturated else graphs.saturated
        self.margins = np.arange(1, 1 << lists)
        histories = np.arange(1 << lists)
        self.empty = np.array([cells[(histories & a) == 0].sum() for a in self.margins], dtype=np.float64)
        sizes = np.array([int(a).bit_count() for a in self.margins])
        self.deltas = delta * 2.0 ** (lists - sizes)
        self.constants = np.array([self._constant(cells, int(a), d) for a, d in zip(self.margins, self.deltas, strict=True)])
        self.top = 0.0

    def _constant(self, cells: NDArray[np.int64], margin: int, delta: float) -> float:
        seen = np.bincount(np.arange(len(cells)) & margin, weights=cells)[1:]
        seen = seen[seen > 0]
        filled = float((gammaln(seen + delta) - gammaln(delta)).sum())
        return filled - float(gammaln(delta)) + float(gammaln(self.delta_all))

    def _margins_at(self, n0: Array) -> Array:
        """Return h of every margin at every n0, and the shared multinomial and prior term in the last row."""
        table = np.empty((len(self.margins) + 1, len(n0)))
        a = self.empty + self.deltas
        b = self.n + self.delta_all
        table[:-1] = _log_gamma_ratio(n0, a[:, None], b) + self.constants[:, None]
        table[-1] = _log_gamma_ratio(n0, np.array([[self.n + 1.0]]), 1.0)[0] - np.log(self.n + n0)
        return table

    def _log_weights(self, rows: NDArray[np.int64] | slice, n0: Array) -> Array:
        table = self._margins_at(n0)
        logs: Array = self.coefficients[rows, 1:] @ table[:-1]
        logs += table[-1]
        if self.dropped is not None:
            positions = np.arange(len(self.coefficients))[rows]
            logs[positions == self.dropped] = -np.inf
        return logs

    def on_grid(self, grid: int) -> tuple[Array, Array]:
        """Return the mass of n0 = 0..grid, and by graph its weight, first and second moment of log N."""
        edges = _edges(grid)
        at_edges = self._log_weights(slice(None), edges.astype(np.float64))
        self.top = float(at_edges.max())
        bound = np.maximum(at_edges[:, :-1], at_edges[:, 1:]) + self._slack(edges)
        alive = bound > self.top - NEGLIGIBLE
        mass = np.zeros(grid + 1)
        sums = np.zeros((3, len(self.coefficients)))
        for first, last in _blocks(edges):
            rows = np.flatnonzero(alive[:, first:last].any(axis=1))
            start, stop = int(edges[first]), int(edges[last]) + (1 if last == len(edges) - 1 else 0)
            if self.dropped is None and self.saturated not in rows:
                sums[0, self.saturated] += self._saturated_mass(edges[first : last + 1], at_edges[self.saturated, first : last + 1])
            if len(rows) == 0:
                continue
            n0 = np.arange(start, stop, dtype=np.float64)
            weights = np.exp(self._log_weights(rows, n0) - self.top)
            mass[start:stop] = weights.sum(axis=0)
            self._add_moments(sums, rows, weights, n0)
        return mass, sums

    def _saturated_mass(self, edges: NDArray[np.int64], logs: Array) -> float:
        """Return the weight of the saturated graph where it is too small to matter: exact to the width of a stretch."""
        weights = np.exp(logs - self.top)
        return float((np.diff(edges) * (weights[:-1] + weights[1:]) / 2).sum())

    def _add_moments(self, sums: Array, rows: NDArray[np.int64], weights: Array, n0: Array) -> None:
        logs = np.log(self.n + n0)
        sums[:, rows] += (weights @ np.stack([np.ones_like(logs), logs, logs**2], axis=1)).T

    def _slack(self, edges: NDArray[np.int64]) -> Array:
        """Return by how much log w may exceed its ends inside a stretch: h^2/8 times a bound of its second derivative."""
        left = edges[:-1].astype(np.float64)
        width = np.diff(edges).astype(np.float64)
        curvature = polygamma(1, left + (self.empty + self.deltas)[:, None]) + polygamma(1, left + self.n + self.delta_all)
        total = np.abs(self.coefficients[:, 1:]) @ curvature + polygamma(1, left + 1) + polygamma(1, left + self.n)
        return np.where(width > 1, width**2 / 8 * total, 0.0)

    def beyond(self, grid: int, inside: float) -> tuple[Array, Array, Array, float]:
        """Return cells past the grid: representative n0, mass, moments by graph, and the mass left after the last."""
        values, masses = [], []
        sums = np.zeros((3, len(self.coefficients)))
        start, total, left = grid + 1, inside, np.inf
        while left > TAIL_DONE * total and start < 1e15 * max(self.n, 1):
            borders = np.unique(np.floor(start * 10.0 ** np.linspace(0, 1, 230)))
            borders[0] = start
            n0 = (borders[:-1] + borders[1:] - 1) / 2
            weights = np.exp(self._log_weights(slice(None), n0) - self.top) * np.diff(borders)
            mass = weights.sum(axis=0)
            self._add_moments(sums, np.arange(len(self.coefficients)), weights, n0)
            values.append(n0)
            masses.append(mass)
            total += float(mass.sum())
            left = _left_after(n0, mass / np.diff(borders))
            start = int(borders[-1])
        return np.concatenate(values), np.concatenate(masses), sums, left


def _edges(grid: int) -> NDArray[np.int64]:
    """Return stretches of 0..grid that widen as 2 sqrt(n0), so that log w is nearly straight inside each."""
    steps = np.arange(0, int(np.sqrt(grid)) + 2, dtype=np.int64) ** 2
    edges = np.unique(np.concatenate([np.arange(min(64, grid + 1)), steps[steps <= grid], [grid]]))
    return edges.astype(np.int64)


def _blocks(edges: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Group neighbouring stretches into blocks of about `BLOCK` values."""
    blocks, first = [], 0
    for last in range(1, len(edges)):
        if edges[last] - edges[first] >= BLOCK or last == len(edges) - 1:
            blocks.append((first, last))
            first = last
    return blocks


def _left_after(n0: Array, density: Array) -> float:
    """Return the mass past the last value if the density goes on falling as the same power."""
    if density[-1] <= 0:
        return 0.0
    power = -np.log(density[-1] / density[-2]) / np.log(n0[-1] / n0[-2])
    return float(density[-1] * n0[-1] / (power - 1)) if power > 1 else np.inf


def _log_gamma_ratio(x: Array, a: Array, b: float) -> Array:
    """Return lgamma(x + a) - lgamma(x + b) without loss of digits where x is large."""
    if x[0] < 64:
        return np.asarray(gammaln(x + a) - gammaln(x + b))
    lower = x + b
    upper = x + a
    gap = a - b
    ratio = np.log1p(gap / lower)
    series = (1 / upper - 1 / lower) / 12 - (upper**-3 - lower**-3) / 360
    return np.asarray((upper - 0.5) * ratio + gap * (np.log(lower) - 1) + series)
