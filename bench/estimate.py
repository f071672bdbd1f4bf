"""Measures the estimators against the R packages' results and on simulated lists. Run: python -m bench.estimate."""

from __future__ import annotations

import csv
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from tocsin.stages.estimate import CaptureTable, capture_table, with_pairs
from tocsin.stages.estimate.capture import canonical_seed
from tocsin.stages.estimate.methods import chao, dga, latent_class, loglinear
from tocsin.stages.estimate.result import Estimate

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
TABLES = SHARED / "data" / "mse"
STRATA, SIMULATED = 200, 200
PUBLISHED = {"new_orleans": 1184, "western_us": 2483, "new_orleans_5": 1034}
SEED = 20130111


def main() -> None:
    """Print every table."""
    if not TABLES.is_dir():
        print(f"The reference tables are not here: {TABLES}")
        return
    graph_averaging()
    batch_of_strata()
    latent_classes()
    log_linear()
    lower_bounds()
    refusals()
    coverage()


def graph_averaging() -> None:
    """Compare graph averaging on the grid 0..30 n with R's."""
    print("\nGraph averaging on the grid 0..30 n against R dga 2.0.2")
    print(f"{'table':22}{'delta':>9}{'median (95%)':>26}  {'exact':6}{'mean, rel.':>11}{'s':>8}{'R s':>7}{'ratio':>7}")
    for row in _reference("dga"):
        table, delta = _table(row["table"]), float(row["settings"].split("=")[1].split(" ")[0])
        seconds, found = _best_of(3, lambda t=table, d=delta: dga.posterior(t, d, beyond_grid=False))
        numbers = [found.quantile(q) for q in (0.5, 0.025, 0.975)]
        exact = numbers == [int(row[k]) for k in ("estimate", "lo", "hi")]
        error = abs(found.mean_on_grid() / float(row["mean"]) - 1)
        text = f"{numbers[0]:,} ({numbers[1]:,}-{numbers[2]:,})"
        wall = float(row["wall_s"])
        print(f"{row['table']:22}{delta:9.5f}{text:>26}  {exact!s:6}{error:11.1e}{seconds:8.3f}{wall:7.3f}{wall / seconds:7.1f}")


def batch_of_strata() -> None:
    """Time 200 resampled strata on all cores; R's time is the sum of its seconds for the tables resampled."""
    rows = [row for row in _reference("dga") if "2^-J" in row["settings"]]
    rng = np.random.default_rng(SEED)
    work, r_seconds = [], 0.0
    for number in range(STRATA):
        row = rows[number % len(rows)]
        table = _table(row["table"])
        counts = rng.multinomial(table.documented, table.counts / table.documented)
        work.append(capture_table(table.lists, table.patterns, counts))
        r_seconds += float(row["wall_s"])
    for workers in (1, os.cpu_count() or 1):
        started = time.perf_counter()
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda t: dga.posterior(t, 2.0 ** -len(t.lists), beyond_grid=False), work))
        seconds = time.perf_counter() - started
        print(f"\n{STRATA} strata of 3-5 lists, {workers} thread(s): {seconds:.2f} s; R {r_seconds:.1f} s; ratio {r_seconds / seconds:.1f}")


def latent_classes() -> None:
    """Compare the latent-class sampler with LCMCR: medians where both converge, effective draws a second."""
    print("\nLatent classes against R LCMCR 0.4.14 (R's draws a second: 4,000 over its seconds, an upper bound)")
    print(
        f"{'table':30}{'R median':>10}{'R-hat':>8}{'median (95%)':>28}{'R-hat':>8}{'ESS':>7}{'s':>7}{'ESS/s ratio':>12}{'  gap / s.e.':>12}"
    )
    latent_class.estimate(_table("kosovo"), 1, latent_class.Settings(first=80, most=80))  # compile before timing
    ratios = []
    for row in _reference("LCMCR"):
        if "pooled" not in row["settings"]:
            continue
        table = _table(row["table"])
        seconds, found = _best_of(1, lambda t=table: latent_class.estimate(t, canonical_seed(t, SEED)))
        ess = min(float(found.details["ess_bulk"]), float(found.details["ess_tail"]))
        ratio = ess / seconds / (4000 / float(row["wall_s"]))
        gap = ""
        if found.refused is None and float(row["rhat"]) < 1.01:
            ratios.append(ratio)
            error = float(np.std(found.draws)) * np.sqrt(1 / ess + 1 / 4000)
            gap = f"{(float(np.mean(found.draws)) - float(row['mean'])) / error:.1f}"  # of means: medians are whole people
        text = _said(found)
        rhat = float(found.details["rhat"])
        print(f"{row['table']:30}{row['estimate']:>10}{row['rhat']:>8}{text:>28}{rhat:8.3f}{ess:7.0f}{seconds:7.2f}{ratio:12.1f}{gap:>12}")
    print(f"Median ratio of effective draws a second where both converge: {statistics.median(ratios):.1f}")


def log_linear() -> None:
    """Compare stepwise log-linear points with the published ones and with SparseMSE's."""
    print("\nLog-linear, stepwise, against SparseMSE 2.0.1 and the published totals")
    for row in _reference("SparseMSE"):
        if not row["estimate"]:
            continue
        found = loglinear.estimates(_table(row["table"]), SEED, 0)[0]
        published = PUBLISHED.get(row["table"])
        same = abs((found.median or 0) / float(row["estimate"]) - 1)
        print(f"{row['table']:22}{found.median:14.2f}  R {float(row['estimate']):12.2f}  rel. {same:.0e}  published {published or '-'}")


def lower_bounds() -> None:
    """Print the lower bounds that Rcapture gives too."""
    print("\nLower bound with a rate for each list (Rcapture Mth Chao: kosovo 8,591; uk_2013 12,299; western_us 2,201; hiv_rome 11,701)")
    for name in ("kosovo", "uk_2013", "western_us", "hiv_rome"):
        print(f"{name:22}{chao.unequal_rates(_table(name)).median:12.1f}")


def refusals() -> None:
    """Print what is refused on the artificial table, and why."""
    table = _table("artificial_3")
    print("\nRefusals on artificial_3")
    print(f"  graph averaging: {_said(dga.estimate(table))}")
    for pairs in ([], ["AC"], ["BC"], ["AC", "BC"], ["AB"], ["AB", "AC"], ["AB", "AC", "BC"]):
        found = with_pairs(table, [(p[0], p[1]) for p in pairs])
        print(f"  log-linear {'+'.join(pairs) or 'main effects'}: {_said(found)}")


def coverage() -> None:
    """Count how often nominal 95% intervals hold the truth on simulated lists where the model holds."""
    print(f"\nCoverage of nominal 95% intervals on {SIMULATED} simulated lists")
    print("4 independent lists of 1,000 people, reach 0.2-0.5; with a pair: list B follows A half of the time")
    methods: dict[str, Callable[[CaptureTable, int], Estimate]] = {
        "dga": lambda t, s: dga.estimate(t),
        "loglinear stepwise, bootstrap": lambda t, s: loglinear.estimates(t, s, 100)[0],
        "loglinear stepwise, asymptotic": lambda t, s: loglinear.estimates(t, s, 0)[0],
        "loglinear BIC, asymptotic": lambda t, s: loglinear.estimates(t, s, 0)[1],
        "chao as a bound (low <= truth)": lambda t, s: chao.unequal_rates(t),
        "lcm": lambda t, s: latent_class.estimate(t, s),
    }
    for dependent in (False, True):
        for name, method in methods.items():
            if dependent and name == "lcm":
                continue
            size = SIMULATED if name != "lcm" else SIMULATED // 4
            results = [method(_simulated(seed, dependent), seed) for seed in range(size)]
            said = [r for r in results if r.refused is None and r.low is not None and r.high is not None]
            bound = "bound" in name
            held = sum((r.low or 0) <= 1000 and (bound or (r.high or 0) >= 1000) for r in said)
            kind = "with a pair" if dependent else "independent"
            share = held / len(said) if said else float("nan")
            print(f"  {kind:12}{name:34}{held:4} of {len(said):4} ({share:.1%}); refused {size - len(said)}", flush=True)


def _simulated(seed: int, dependent: bool) -> CaptureTable:
    rng = np.random.default_rng(np.random.SeedSequence([SEED, seed]))
    caught = rng.random((1000, 4)) < rng.uniform(0.2, 0.5, 4)
    if dependent:
        follows = rng.random(1000) < 0.5
        caught[follows, 1] = caught[follows, 0]
    return capture_table("ABCD", caught.astype(int), np.ones(1000, int))


def _said(found: Estimate) -> str:
    if found.refused is not None or found.median is None:
        return f"refused: {(found.refused or '')[:90]}" if found.method != "lcm" else "refused"
    return f"{found.median:,.0f} ({found.low:,.0f}-{found.high:,.0f})"


def _best_of(times: int, run: Callable[[], object]) -> tuple[float, object]:
    best, found = float("inf"), None
    for _ in range(times):
        started = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - started)
    return best, found


def _reference(method: str) -> list[dict[str, str]]:
    with (TABLES / "reference.csv").open() as stream:
        return [row for row in csv.DictReader(stream) if row["method"] == method]


def _table(name: str) -> CaptureTable:
    with (TABLES / f"{name}.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    lists = [column for column in rows[0] if column != "count"]
    return capture_table(lists, np.array([[int(r[c]) for c in lists] for r in rows]), np.array([int(r["count"]) for r in rows]))


if __name__ == "__main__":
    main()
