"""Estimates the total with Bayesian latent classes: people differ in visibility, alike within a class.

z_i ~ shares; x_ij | z_i = k ~ Bernoulli(rate_jk); rates uniform; shares by stick breaking with concentration
alpha ~ Gamma(0.25, 0.25); prior of the total 1/N. Several chains from far-apart starts must agree, or nothing is said.

Reference: Manrique-Vallier (2016), Biometrics 72:1246-1254; R package LCMCR, without its cap of the unseen at 20 n.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.stages.estimate.capture import CaptureTable
from tocsin.stages.estimate.checks import lists_in_use, reason_to_refuse
from tocsin.stages.estimate.diagnostics import bulk_size, rank_rhat, tail_size
from tocsin.stages.estimate.result import DRAWS, Estimate, refusal

Array = NDArray[np.float64]

CLASSES, CHAINS = 10, 8
#: Sweeps of the first round; each later round doubles what there is, until the chains agree or `MOST_SWEEPS` is reached.
FIRST_ROUND, MOST_SWEEPS, THIN = 32_000, 256_000, 8
#: Histories times lists times sweeps of one chain: long tables get fewer sweeps, and at least the first round.
MOST_WORK = 400_000_000
RHAT_ALLOWED, ENOUGH_DRAWS = 1.01, 400
#: Chains whose medians of the unseen differ by more than this factor sit in different modes.
MODES_APART = 1.5


@dataclass(frozen=True)
class Settings:
    """Holds how many classes and chains there are and how long the chains may run."""

    classes: int = CLASSES
    chains: int = CHAINS
    first: int = FIRST_ROUND
    most: int = MOST_SWEEPS


@dataclass
class _State:
    """Holds where a chain is."""

    rng: np.random.Generator
    log_shares: Array
    log_rates: Array
    log_misses: Array
    alpha: float


def estimate(table: CaptureTable, seed: int, settings: Settings | None = None, workers: int = 4) -> Estimate:
    """Estimate the total from chains that agree; refuse above R-hat 1.01, with too few draws, or in several modes.

    The first half of every chain is thrown away. The answer does not depend on `workers`.
    """
    chosen = settings or Settings()
    label = f"{chosen.classes} classes, {chosen.chains} chains"
    why = reason_to_refuse(table)
    if why is not None:
        return refusal("lcm", label, table.documented, why)
    draws, sweeps = _agree(lists_in_use(table), seed, chosen, workers)
    rhat, bulk, tail = rank_rhat(draws), bulk_size(draws), tail_size(draws)
    details = {"rhat": rhat, "ess_bulk": bulk, "ess_tail": tail, "chains": chosen.chains, "sweeps": sweeps}
    why = _why_not(draws, rhat, min(bulk, tail), sweeps)
    if why is not None:
        return refusal("lcm", label, table.documented, why, details)
    totals = np.sort(draws.ravel()) + table.documented
    low, median, high = (float(q) for q in np.quantile(totals, (0.025, 0.5, 0.975)))
    kept = totals[((np.arange(DRAWS) + 0.5) / DRAWS * len(totals)).astype(np.int64)]
    return Estimate("lcm", label, table.documented, median, low, high, 0.95, True, None, kept, (), details)


def _why_not(draws: Array, rhat: float, size: float, sweeps: int) -> str | None:
    medians = np.median(draws, axis=1) + 1
    if rhat > RHAT_ALLOWED and medians.max() > MODES_APART * medians.min():
        return (
            f"After {sweeps:,} sweeps the chains sit in different modes (R-hat {rhat:.2f}): "
            "the lists are explained equally well by very different totals."
        )
    if not rhat <= RHAT_ALLOWED:
        return f"After {sweeps:,} sweeps the chains still disagree (R-hat {rhat:.3f}, at most {RHAT_ALLOWED} is allowed)."
    if size < ENOUGH_DRAWS:
        return f"After {sweeps:,} sweeps the chains are worth only {size:.0f} independent draws; {ENOUGH_DRAWS} are needed."
    return None


def _agree(table: CaptureTable, seed: int, settings: Settings, workers: int) -> tuple[Array, int]:
    """Run the chains on until they agree or may run no longer; return the second half of each, and the sweeps."""
    from tocsin.stages.estimate.methods.gibbs import Histories, Parameters, run_chain  # compiled on first use

    seen = Histories(table.patterns, table.counts.astype(np.float64))
    states = [_start(len(table.lists), settings.classes, seed, chain) for chain in range(settings.chains)]

    def go_on(state: _State, sweeps: int) -> Array:
        now = Parameters(state.log_shares, state.log_rates, state.log_misses)
        found, state.alpha = run_chain(state.rng, seen, now, state.alpha, sweeps, THIN)
        return np.asarray(found)

    most = min(settings.most, max(settings.first, MOST_WORK // max(table.patterns.size, 1)))
    kept, sweeps = np.empty((settings.chains, 0)), 0
    with ThreadPoolExecutor(max(workers, 1)) as pool:
        while True:
            more = settings.first if sweeps == 0 else sweeps
            kept = np.hstack([kept, np.stack(list(pool.map(lambda state, n=more: go_on(state, n), states)))])
            sweeps += more
            draws = kept[:, kept.shape[1] // 2 :]
            good = rank_rhat(draws) <= RHAT_ALLOWED and min(bulk_size(draws), tail_size(draws)) >= ENOUGH_DRAWS
            if good or 2 * sweeps > most:
                return draws, sweeps


def _start(lists: int, classes: int, seed: int, chain: int) -> _State:
    """Return a start far from the others: rates from very low to very high, shares from even to one class only."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, chain]))
    shares = rng.dirichlet(np.full(classes, (0.1, 1.0, 10.0)[chain % 3]))
    reach = (0.5, 1.0, 3.0, 10.0)[chain % 4]
    rates = np.clip(rng.beta(1.0, reach, (classes, lists)), 1e-6, 1 - 1e-6)
    return _State(rng, np.log(np.maximum(shares, 1e-12)), np.log(rates), np.log1p(-rates), float(rng.gamma(1.0)) + 0.05)
