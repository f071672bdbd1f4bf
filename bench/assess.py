"""Measures the index against published rows, and the anomaly methods against stored R results. Run: python -m bench.assess."""

from __future__ import annotations

import csv
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np

from bench.numbers import Number, at_least, at_most, print_numbers
from tocsin.flow.index_files import rank_put
from tocsin.stages.forecast.anomalies import IMPROVED, METHODS, ORIGINAL, WatchSettings, ears, farrington, watch

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


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    print_numbers("Indices and anomalies: goal and measured", main())
