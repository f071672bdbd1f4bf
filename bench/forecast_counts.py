"""Measures count forecasts against conflictology, year by year, and the time and memory they need. Run: python -m bench.forecast_counts."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.escalation import print_escalations
from tocsin.flow.challenge_files import read_actuals
from tocsin.flow.challenge_score import score_forecast
from tocsin.flow.fatalities import Request, forecast_fatalities
from tocsin.model.months import last_day, month_of
from tocsin.stages.forecast.count_models import BASELINE, COUNT_MODELS, CountHistory, as_paths, history_from_rows
from tocsin.stages.forecast.evaluation.units import UnitScores, score_units

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
DATA = SHARED / "data"
CHALLENGE = DATA / "views2023"
KINDS = {"ged_best_sb": "state-based", "ged_best_os": "one-sided", "ged_best_ns": "non-state"}
#: The first calendar year that is scored; the last is the last whole year of the file.
FIRST = 2006
#: A calendar year is forecast from data to October of the year before: 3 to 14 months ahead.
STEPS = list(range(3, 15))
AFFECTED = 120
BESIDE = {
    "goal": ("<= 0.930", "13 of 15", "<= 0.780", "0.88-0.95"),
    "untuned, fixed": ("0.930", "13 of 15", "0.784", ""),
}
PUBLISHED = {
    ("last_historical_poisson", 2018): 20.04,
    ("last_historical_poisson", 2019): 9.64,
    ("last_historical_poisson", 2020): 13.70,
    ("bootstrap", 2018): 23.49,
    ("bootstrap", 2019): 22.08,
    ("bootstrap", 2020): 21.27,
}
CELLS = 13_000


@dataclass(frozen=True)
class Scores:
    """Holds the scores of a year's country-months, whether each country saw a death in ten years, and its number."""

    units: UnitScores
    affected: np.ndarray
    places: np.ndarray
    sums: UnitScores


def main() -> None:
    """Print every table."""
    if newest_file() is None:
        print(f"The monthly counts are not here: {DATA}")
        return
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    published_scores()
    challenge_years()
    for column in KINDS:
        ratios(column)
    for column, kind in KINDS.items():
        print_escalations(history_of(column), kind)
    budget()


def published_scores() -> None:
    """Score the official benchmarks against the actuals they were published with."""
    print("\nOfficial benchmark forecasts of the 2023 challenge, CRPS: as stated, as scored here")
    for file in sorted(CHALLENGE.glob("bm_cm_*_expanded_*.parquet")):
        model, year = file.stem.removeprefix("bm_cm_").split("_expanded_")
        actuals = CHALLENGE / f"april2023_vintage_cm_actuals_{year}.parquet"
        if not actuals.is_file():
            print(f"  {model:26}{year:>6}   no actuals of April 2023 beside it")
            continue
        stated = PUBLISHED.get((model, int(year)))
        scored = score_forecast(file, actuals)
        print(f"  {model:26}{year:>6}{f'{stated:.2f}' if stated else 'not stated':>11}{scored.total['crps']:9.3f}")


def challenge_years() -> None:
    """Score the mixture, made from an older edition, on the challenge's final actuals beside its official benchmark."""
    print(
        "\nFinal actuals of the challenge, CRPS: conflictology as submitted, and the mixture made from the older edition (mixed editions)"
    )
    last = history_of("ged_best_sb").origin
    out = Path(tempfile.mkdtemp())
    for actuals in sorted(CHALLENGE.glob("cm_actuals_*.parquet")):
        year = int(actuals.stem[-4:])
        months = (month_of(year, 1), month_of(year, 12))
        benchmark = CHALLENGE / f"bm_conflictology_cm_{year}.parquet"
        if months[0] - 3 > last or not benchmark.is_file():
            print(f"  {year}   no counts to October of the year before, or no benchmark")
            continue
        request = Request(
            "country", "state-based", "count_mixture", months, months[0] - 3, 1000, 0, last_day(months[0] - 2), places=actuals
        )
        forecast_fatalities(newest_file() or DATA, request, out / str(year))
        ours, theirs = (score_forecast(file, actuals).total for file in (out / str(year), benchmark))
        print(f"  {year}{theirs['crps']:10.3f}{ours['crps']:10.3f}  ratio {ours['crps'] / theirs['crps']:.3f}")
    shutil.rmtree(out)


def ratios(column: str) -> None:
    """Print every model against the baseline for one kind of violence."""
    history = history_of(column)
    scored = scored_years(history)
    with ThreadPoolExecutor(2) as pool:
        years = dict(zip(scored, pool.map(lambda year: _year(history, year), scored), strict=True))
    print(
        f"\n{KINDS[column]}, calendar years {scored[0]}-{scored[-1]}, data to October of the year before, 1,000 draws; against {BASELINE}"
    )
    print(
        f"{'model':18}{'CRPS':>8}{'IGN':>7}{'MIS90':>8}{'CRPS ratio':>12}{'years won':>11}{'ignorance ratio':>17}{'cover':>7}{'cover all':>11}"
    )
    base = [years[year][BASELINE].units.means() for year in scored]
    for name in COUNT_MODELS:
        rows = [years[year][name].units.means() for year in scored]
        ratio = np.array([r["crps"] / b["crps"] for r, b in zip(rows, base, strict=True)])
        held = np.concatenate([years[year][name].units.covered[years[year][name].affected] for year in scored])
        crps, bits, width, cover = (np.mean([r[k] for r in rows]) for k in ("crps", "ignorance", "interval_score", "coverage90"))
        bits_ratio = bits / np.mean([b["ignorance"] for b in base])
        won = f"{int((ratio < 1).sum())} of {len(ratio)}"
        print(
            f"{name:18}{crps:8.2f}{bits:7.3f}{width:8.1f}{np.exp(np.log(ratio).mean()):12.3f}{won:>11}{bits_ratio:17.3f}{held.mean():7.3f}{cover:11.3f}"
        )
        if name == "count_mixture":
            shown = ratio
    if column == "ged_best_sb":
        for title, (crps_goal, won_goal, bits_goal, cover_goal) in BESIDE.items():
            print(f"{title:18}{'':23}{crps_goal:>12}{won_goal:>11}{bits_goal:>17}{cover_goal:>11}")
    low, high = _interval([years[year] for year in scored], "count_mixture")
    print(f"CRPS ratio of count_mixture, countries drawn with replacement 1,000 times: 95% interval {low:.3f} to {high:.3f}")
    totals = UnitScores.joined([years[year]["count_mixture"].sums for year in scored])
    base_totals = UnitScores.joined([years[year][BASELINE].sums for year in scored])
    print(
        f"sums of 12 months, {len(totals.crps):,} country-years with a death in ten years: 90% interval covers {totals.covered.mean():.3f}, "
        f"CRPS {totals.crps.mean():.1f} ({BASELINE} with the same order of draws {base_totals.crps.mean():.1f})"
    )
    print("count_mixture by year: " + "  ".join(f"{year} {value:.2f}" for year, value in zip(scored, shown, strict=True)))


def budget() -> None:
    """Print time and memory of 191 countries and of a grid, each in a computer's memory of its own."""
    print("\nTime and memory, 36 steps, 1,000 draws (goals: 191 countries made and scored < 60 s, < 2 GB; 13,000 cells < 8 GB)")
    for what in (countries, cells):
        alone = multiprocessing.get_context("spawn").Process(target=what)
        alone.start()
        alone.join()
        if alone.exitcode:
            raise SystemExit(alone.exitcode)


def countries() -> None:
    """Make and score 191 countries x 36 steps x 1,000 draws."""
    history = history_of("ged_best_sb")
    started = time.perf_counter()
    past = history.until(history.origin - 36)
    rows = past.known()[:191]
    draws = as_paths(COUNT_MODELS["count_mixture"](past)(rows, list(range(1, 37)), 1000), rows, 0)
    made = time.perf_counter()
    score_units(draws.reshape(-1, 1000), history.values[rows, -36:].ravel())
    _report(f"{len(rows)} countries", made - started, time.perf_counter() - made)


def cells() -> None:
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
    _report(f"{CELLS:,} cells", made, scored)


def _report(what: str, made: float, scored: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    load = os.getloadavg()[0]
    print(f"  {what:16} made in {made:6.1f} s, scored in {scored:6.1f} s, most memory {peak:.2f} GB (load {load:.1f})")


def newest_file() -> Path | None:
    """Return the file of monthly counts that tells of the latest month; None where there is none."""
    files = [file for file in sorted(DATA.glob("views*/ged_cm_*.parquet")) if "prepatch" not in file.name]
    found = {int(read_actuals(file, "ged_best_sb")[0].months.max()): file for file in files}
    return found[max(found)] if found else None


def history_of(column: str) -> CountHistory:
    """Return the monthly counts of one kind of violence."""
    counts = read_actuals(newest_file() or DATA, column)[0]
    return history_from_rows(counts.months, counts.places, counts.outcomes)


def scored_years(history: CountHistory) -> range:
    """Return the calendar years that are scored: from the first fixed one to the last whole one."""
    return range(FIRST, 1980 + history.origin // 12)


def _year(history: CountHistory, year: int) -> dict[str, Scores]:
    origin = 12 * (year - 1980) - 2
    past = history.until(origin)
    rows = past.known()
    column = origin - int(history.months[0])
    outcome = history.values[rows][:, [column + step for step in STEPS]]
    there = ~np.isnan(outcome)
    deaths = np.nan_to_num(past.values[rows, -AFFECTED:]).max(axis=1) > 0
    affected = np.repeat(deaths[:, None], len(STEPS), axis=1)[there]
    places = np.repeat(rows[:, None], len(STEPS), axis=1)[there]
    whole = deaths & there.all(axis=1)
    found = {}
    for name, model in COUNT_MODELS.items():
        draws = model(past)(rows, STEPS, 1000)
        sums = as_paths(draws, rows, 0)[whole].sum(axis=1, dtype=np.int64)
        found[name] = Scores(score_units(draws[there], outcome[there]), affected, places, score_units(sums, outcome[whole].sum(axis=1)))
    return found


def _interval(years: list[dict[str, Scores]], name: str) -> tuple[float, float]:
    """Return the 95% interval of the geometric mean of the years' ratios when whole countries are drawn."""
    size = 1 + max(int(year[name].places.max()) for year in years)
    ours, base = (np.array([np.bincount(y[m].places, y[m].units.crps, minlength=size) for y in years]) for m in (name, BASELINE))
    counted = np.random.default_rng(2006).multinomial(size, np.full(size, 1 / size), 1000)
    ratio = np.exp(np.log((counted @ ours.T) / (counted @ base.T)).mean(axis=1))
    low, high = np.quantile(ratio, [0.025, 0.975])
    return float(low), float(high)


if __name__ == "__main__":
    main()
