"""Measures the index against published rows, and the anomaly methods against stored R results. Run: python -m bench.assess."""

from __future__ import annotations

import csv
import os
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.numbers import Number, at_least, at_most, print_numbers
from tocsin import reference
from tocsin.flow.index_files import rank_put
from tocsin.stages.forecast.anomalies import IMPROVED, METHODS, ORIGINAL, EarsWeek, WatchSettings, ears, farrington, watch

Array = npt.NDArray[np.float64]
SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
SEED = 20130111
SETTINGS = {"original": ORIGINAL, "improved": IMPROVED}


def main() -> list[Number]:
    """Print every table and return the numbers that were asked for."""
    if not (SHARED / "data").is_dir():
        print(f"The reference tables are not here: {SHARED / 'data'}")
        return []
    found = [*peoples_under_threat(), *anomalies_against_r()]
    many_series()
    short_histories()
    years_of_deaths()
    return found


def peoples_under_threat() -> list[Number]:
    """Compare the index with the published totals."""
    path = SHARED / "data" / "put" / "rows.csv"
    rows, worst = _rows(path), 0.0
    print("\nPeoples under Threat against the published totals (goal: every gap at most 0.011)")
    print(f"{'row':16}{'published':>10}{'formula':>10}{'gap':>8}")
    for row, found in zip(rows, rank_put(path, SEED), strict=True):
        published, score = float(row["published"]), found.score.score or 0.0
        worst = max(worst, abs(score - published))
        print(f"{row['country'] + ' ' + row['year']:16}{published:10.3f}{score:10.3f}{score - published:8.3f}")
    return [at_most(f"Peoples under Threat: largest gap of {len(rows)} rows", "0", 0.011, round(worst, 6))]


def anomalies_against_r() -> list[Number]:
    """Compare every week with what R's package surveillance 1.20.3 stored."""
    folder = SHARED / "data" / "surveillance-parity"
    counts = np.array([float(row["observed"]) for row in _rows(folder / "salmonella_agona_series.csv")])
    same: Counter[str] = Counter()
    weeks: Counter[str] = Counter()
    gaps: dict[str, float] = {}
    alarms: Counter[str] = Counter()
    stored = [(row["method"], row) for row in _rows(folder / "salmonella_agona_earsC.csv")]
    stored += [(row["setting"], row) for row in _rows(folder / "salmonella_agona_farringtonFlexible.csv")]
    for name, row in stored:
        at = int(row["t"]) - 1
        week = ears(counts, name, at) if name.startswith("C") else farrington(counts, at, SETTINGS[name])
        weeks[name] += 1
        if not row["upperbound"] or week is None:
            same[name] += (not row["upperbound"]) == (week is None)
            continue
        gap = abs(week.upperbound - float(row["upperbound"])) / max(1.0, abs(float(row["upperbound"])))
        gaps[name] = max(gaps.get(name, 0.0), gap)
        alarms[name] += week.alarm
        same[name] += gap < 1e-6 and week.alarm == (row["alarm"] == "1")
    print("\nAnomalies against the stored R results (goal: equal in at least 99% of weeks; equal: threshold within 1e-6, same alarm)")
    print(f"{'method':12}{'weeks':>7}{'equal':>7}{'share':>8}{'alarms':>8}{'largest gap':>13}")
    for name, total in weeks.items():
        print(f"{name:12}{total:7}{same[name]:7}{same[name] / total:8.1%}{alarms[name]:8}{gaps[name]:13.1e}")
    return [at_least(f"{name}: weeks equal to R", "1", 0.99, same[name] / total) for name, total in weeks.items()]


def many_series() -> None:
    """Time the newest week of many series, and count false alarms where nothing unusual happens."""
    random = np.random.default_rng(SEED)
    series = {f"cell {i:04}": random.negative_binomial(3, 0.3, 300).astype(np.float64) for i in range(1000)}
    print("\nNewest week of 1,000 calm series (negative binomial, mean 7, variance 23): false alarms before and after control")
    for method in METHODS:
        begun = time.perf_counter()
        found = watch(series, WatchSettings(methods=(method,), last=1))
        seconds = time.perf_counter() - begun
        before, after = sum(bool(r.alarm) for r in found.rows), sum(bool(r.kept) for r in found.rows)
        rate = found.rates[method]
        kept = "no p-value" if rate.after is None else f"{after} (announced at most {rate.after:.2f})"
        print(f"{method:22} raised {before:4} (announced {rate.expected:5.1f}), kept {kept}; {seconds:.1f} s")


def short_histories() -> None:
    """Count how often the p-values of C1 fall under a level where nothing happens, by the length of the history."""
    random = np.random.default_rng(SEED)
    print("\nC1 on calm figures in the thousands (negative binomial, k = 10): share of p-values under a level, over that level (goal: 1)")
    print(f"{'history':10}{'0.05':>8}{'0.01':>8}{'0.001':>8}")
    for history in (8, 12, 20, 52):
        drawn = random.poisson(random.gamma(10, 600, (4000, history + 1))).astype(np.float64)
        print(f"{history:<10}" + _excess([ears(row, "C1", history) for row in drawn]))


def years_of_deaths() -> None:
    """Count the same over the yearly deaths that ship, to show why no run watches them: years of war follow each other."""
    series: dict[tuple[str, str], dict[int, float]] = {}
    for row in csv.DictReader(reference.read_text("ucdp_country_year.csv.gz").splitlines()):
        for kind in ("one_sided", "state_based", "non_state"):
            series.setdefault((kind, row["territory"]), {})[int(row["year"])] = float(row[kind] or 0)
    print("\nThe same for years of deaths, each against the seven before, where those saw 5 or more")
    for kind in ("one_sided", "state_based", "non_state"):
        weeks = []
        for counts in (_line(years) for (of, _), years in series.items() if of == kind):
            weeks += [ears(counts, "C1", at) for at in range(7, len(counts)) if np.nansum(counts[at - 7 : at]) >= 5]
        print(f"{kind:12}" + _excess(weeks) + f"   ({sum(week is not None for week in weeks)} years)")


def _line(years: dict[int, float]) -> Array:
    return np.array([years.get(year, np.nan) for year in range(min(years), max(years) + 1)])


def _excess(weeks: Iterable[EarsWeek | None]) -> str:
    values = np.array([week.p for week in weeks if week is not None and week.p is not None])
    return "".join(f"{(values <= level).mean() / level:8.2f}" for level in (0.05, 0.01, 0.001))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    print_numbers("Indices and anomalies: goal and measured", main())
