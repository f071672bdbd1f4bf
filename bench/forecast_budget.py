"""Measures the time and memory that count forecasts need, each in a computer's memory of its own."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from bench.counts_data import history_of
from bench.numbers import Number, at_most
from tocsin.stages.forecast.count_models import COUNT_MODELS, CountHistory, as_paths
from tocsin.stages.forecast.evaluation.units import score_units

CELLS = 13_000
Cost = tuple[str, float, float, float]


def budget() -> list[Number]:
    """Print time and memory of 191 countries and of a grid, and return them beside their goals."""
    print("\nTime and memory, 36 steps, 1,000 draws (goals: 191 countries made and scored < 60 s, < 2 GB; 13,000 cells < 8 GB)")
    context = multiprocessing.get_context("spawn")
    found: list[Number] = []
    for what, seconds, memory in ((countries, 60.0, 2.0), (cells, None, 8.0)):
        with ProcessPoolExecutor(1, context) as alone:
            name, made, scored, peak = alone.submit(what).result()
        load = os.getloadavg()[0]
        print(f"  {name:16} made in {made:6.1f} s, scored in {scored:6.1f} s, most memory {peak:.2f} GB (load {load:.1f})")
        if seconds:
            found.append(at_most(f"{name} x 36 steps x 1,000 draws, made and scored, s", "-", seconds, made + scored, ".0f"))
        found.append(at_most(f"{name}, most memory, GB", "-", memory, peak, ".2f"))
    return found


def countries() -> Cost:
    """Make and score 191 countries x 36 steps x 1,000 draws."""
    history = history_of("ged_best_sb")
    started = time.perf_counter()
    past = history.until(history.origin - 36)
    rows = past.known()[:191]
    draws = as_paths(COUNT_MODELS["count_mixture"](past)(rows, list(range(1, 37)), 1000), rows, 0)
    made = time.perf_counter()
    score_units(draws.reshape(-1, 1000), history.values[rows, -36:].ravel())
    return f"{len(rows)} countries", made - started, time.perf_counter() - made, _peak()


def cells() -> Cost:
    """Make and score 13,000 invented cells x 36 steps x 1,000 draws, one in ten with violence."""
    stream = np.random.default_rng(7)
    rate = stream.gamma(0.1, 20, (CELLS, 1)) * (stream.random((CELLS, 1)) < 0.1)
    values = stream.poisson(rate * stream.gamma(0.3, 3, (CELLS, 240))).astype(float)
    history = CountHistory(np.arange(253, 493), np.arange(CELLS), values)
    started = time.perf_counter()
    sampler = COUNT_MODELS["count_mixture"](history.until(history.origin - 36))
    made = scored = 0.0
    for start in range(0, CELLS, 1000):
        rows = np.arange(start, min(CELLS, start + 1000))
        draws = as_paths(sampler(rows, list(range(1, 37)), 1000), rows, 0)
        made += time.perf_counter() - started
        started = time.perf_counter()
        score_units(draws.reshape(-1, 1000), values[rows, -36:].ravel())
        scored += time.perf_counter() - started
        started = time.perf_counter()
    return f"{CELLS:,} cells", made, scored, _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
