"""Measures count forecasts against conflictology, year by year, and the time and memory they need. Run: python -m bench.forecast_counts."""

from __future__ import annotations

import io
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from bench.counts_data import CHALLENGE, DATA, KINDS, history_of, newest_file
from bench.escalation import print_escalations
from bench.forecast_budget import budget
from bench.numbers import Number, at_least, at_most, print_numbers, within
from tocsin.flow.challenge_score import score_forecast
from tocsin.flow.fatalities import Request, forecast_fatalities
from tocsin.model.months import last_day, month_of
from tocsin.stages.forecast.count_models import BASELINE, COUNT_MODELS, CountHistory, Memory, as_paths
from tocsin.stages.forecast.count_models.mixture import count_mixture
from tocsin.stages.forecast.evaluation.units import UnitScores, score_units

#: The first calendar year that is scored; the last is the last whole year of the file.
FIRST = 2006
#: A calendar year is forecast from data to October of the year before: 3 to 14 months ahead.
STEPS = list(range(3, 15))
AFFECTED = 120
MIXTURE = "count_mixture"
#: More computers' memories than this at once bring nothing on four cores.
AT_ONCE = 4
BESIDE = {
    "goal": ("<= 0.930", "13 of 15", "<= 0.780", "0.88-0.95"),
    "untuned, fixed": ("0.930", "13 of 15", "0.784", ""),
}
#: CRPS as published, and as it comes from the actuals of April 2023: the goal.
PUBLISHED = {
    ("last_historical_poisson", 2018): (20.03, 20.04),
    ("last_historical_poisson", 2019): (9.62, 9.64),
    ("last_historical_poisson", 2020): (13.68, 13.70),
    ("bootstrap", 2018): (23.44, 23.49),
    ("bootstrap", 2019): (22.02, 22.08),
    ("bootstrap", 2020): (21.22, 21.27),
}


@dataclass(frozen=True)
class Scores:
    """Holds the scores of a year's country-months, whether each country saw a death in ten years, and its number."""

    units: UnitScores
    affected: np.ndarray
    places: np.ndarray
    sums: UnitScores


def main() -> list[Number]:
    """Print every table and return the numbers that were asked for."""
    if newest_file() is None:
        print(f"The monthly counts are not here: {DATA}")
        return []
    print(f"Counts by month; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    parts: list[tuple[Callable[[str], list[Number]], str]] = [(ratios, column) for column in KINDS]
    parts += [(escalations, column) for column in KINDS]
    parts += [(published_scores, "views2023"), (challenge_years, "views2023")]
    found: list[Number] = []
    with ProcessPoolExecutor(min(AT_ONCE, os.cpu_count() or 1), multiprocessing.get_context("spawn")) as workers:
        for said, numbers in workers.map(_told, *zip(*parts, strict=True)):
            print(said, end="", flush=True)
            found += numbers
    return found + budget()


def _told(part: Callable[[str], list[Number]], about: str) -> tuple[str, list[Number]]:
    """Return what a part prints, and its numbers: parts run side by side, their tables stay in order."""
    said = io.StringIO()
    with redirect_stdout(said), threadpool_limits(limits=1):
        numbers = part(about)
    return said.getvalue(), numbers


def escalations(column: str) -> list[Number]:
    """Print the scores of escalation for one kind of violence."""
    return print_escalations(history_of(column), KINDS[column])


def published_scores(_: str) -> list[Number]:
    """Score the official benchmarks against the actuals they were published with."""
    print("\nOfficial benchmark forecasts of the 2023 challenge, CRPS: as stated, as scored here")
    found = []
    for file in sorted(CHALLENGE.glob("bm_cm_*_expanded_*.parquet")):
        model, year = file.stem.removeprefix("bm_cm_").split("_expanded_")
        actuals = CHALLENGE / f"april2023_vintage_cm_actuals_{year}.parquet"
        if not actuals.is_file():
            print(f"  {model:26}{year:>6}   no actuals of April 2023 beside it")
            continue
        stated, goal = PUBLISHED.get((model, int(year)), (None, None))
        scored = score_forecast(file, actuals).total["crps"]
        print(f"  {model:26}{year:>6}{f'{stated:.2f}' if stated else 'not stated':>11}{scored:10.3f}")
        if goal:
            title = f"scorer, {model.replace('_', ' ')}, {year}, CRPS"
            found.append(within(title, f"{stated:.2f}", (goal - 0.01, goal + 0.01), scored, ".3f"))
    return found


def challenge_years(_: str) -> list[Number]:
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
    return []


def ratios(column: str) -> list[Number]:
    """Print every model against the baseline for one kind of violence."""
    history, memory = history_of(column), Memory()
    scored = scored_years(history)
    years = {year: _year(history, year, memory) for year in scored}
    print(
        f"\n{KINDS[column]}, calendar years {scored[0]}-{scored[-1]}, data to October of the year before, 1,000 draws; against {BASELINE}"
    )
    print(
        f"{'model':18}{'CRPS':>8}{'IGN':>7}{'MIS90':>8}{'CRPS ratio':>12}{'years won':>11}{'ignorance ratio':>17}{'cover':>7}{'cover all':>11}"
    )
    against = {name: _against(years, name) for name in COUNT_MODELS}
    for name, one in against.items():
        ratio, won = one.crps_ratio, f"{one.won} of {len(one.by_year)}"
        print(
            f"{name:18}{one.crps:8.2f}{one.bits:7.3f}{one.width:8.1f}{ratio:12.3f}{won:>11}{one.bits_ratio:17.3f}"
            f"{one.cover:7.3f}{one.cover_all:11.3f}"
        )
    if column == "ged_best_sb":
        for title, (crps_goal, won_goal, bits_goal, cover_goal) in BESIDE.items():
            print(f"{title:18}{'':23}{crps_goal:>12}{won_goal:>11}{bits_goal:>17}{cover_goal:>11}")
    low, high = _interval([years[year] for year in scored], MIXTURE)
    print(f"CRPS ratio of count_mixture, countries drawn with replacement 1,000 times: 95% interval {low:.3f} to {high:.3f}")
    totals = UnitScores.joined([years[year][MIXTURE].sums for year in scored])
    base_totals = UnitScores.joined([years[year][BASELINE].sums for year in scored])
    print(
        f"sums of 12 months, {len(totals.crps):,} country-years with a death in ten years: 90% interval covers {totals.covered.mean():.3f}, "
        f"CRPS {totals.crps.mean():.1f} ({BASELINE} with the same order of draws {base_totals.crps.mean():.1f})"
    )
    shown = against[MIXTURE].by_year
    print("count_mixture by year: " + "  ".join(f"{year} {value:.2f}" for year, value in zip(scored, shown, strict=True)))
    return _numbers(KINDS[column], against[MIXTURE], judged=column == "ged_best_sb")


@dataclass(frozen=True)
class Against:
    """Holds the means of a model over the years, and how it stands against the baseline."""

    by_year: np.ndarray
    crps: float
    bits: float
    width: float
    bits_ratio: float
    cover: float
    cover_all: float

    @property
    def crps_ratio(self) -> float:
        """Return the geometric mean of the years' ratios."""
        return float(np.exp(np.log(self.by_year).mean()))

    @property
    def won(self) -> int:
        """Return in how many years the model was better."""
        return int((self.by_year < 1).sum())


def _against(years: dict[int, dict[str, Scores]], name: str) -> Against:
    base, rows = ([year[model].units.means() for year in years.values()] for model in (BASELINE, name))
    by_year = np.array([r["crps"] / b["crps"] for r, b in zip(rows, base, strict=True)])
    held = np.concatenate([year[name].units.covered[year[name].affected] for year in years.values()])
    crps, bits, width, cover = (float(np.mean([r[k] for r in rows])) for k in ("crps", "ignorance", "interval_score", "coverage90"))
    return Against(by_year, crps, bits, width, bits / float(np.mean([b["ignorance"] for b in base])), float(held.mean()), cover)


def _numbers(kind: str, found: Against, judged: bool) -> list[Number]:
    numbers = [
        at_most(f"{kind}: CRPS ratio to {BASELINE}", "0.930 (fixed)", 0.93, found.crps_ratio),
        at_least(f"{kind}: years better, of {len(found.by_year)}", "13 (fixed)", 13, found.won, ".0f"),
        at_most(f"{kind}: ratio of mean ignorance", "0.784 (fixed)", 0.78, found.bits_ratio),
        within(f"{kind}: 90% interval covers, affected countries", "-", (0.88, 0.95), found.cover, ".3f"),
    ]
    return numbers if judged else [Number(one.title, "-", "printed", one.measured, None) for one in numbers]


def scored_years(history: CountHistory) -> range:
    """Return the calendar years that are scored: from the first fixed one to the last whole one."""
    return range(FIRST, 1980 + history.origin // 12)


def _year(history: CountHistory, year: int, memory: Memory) -> dict[str, Scores]:
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
        fitted = count_mixture(past, memory) if name == MIXTURE else model(past)
        draws = fitted(rows, STEPS, 1000)
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
    print_numbers("Counts: goal and measured", main())
