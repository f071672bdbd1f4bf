"""Counts how often the default run's 95% interval holds the truth, over seeds 1-20 of the invented country.

Run: python -m bench.invented_country [first] [last]. Each seed is collected, linked and estimated by the steps of a run.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time

import pyarrow as pa

from tocsin.datasets import dataset
from tocsin.datasets.selmora import generate, true_counts
from tocsin.datasets.selmora.generator import TRUTH
from tocsin.flow.context import Context, RunInfo
from tocsin.flow.steps import estimate, link
from tocsin.model import tables
from tocsin.stages.collect import Crawl, SourceFile
from tocsin.stages.estimate import MAIN_ORDER

RUN = RunInfo("bench", dt.date(2026, 11, 21), 20130111, "duckdb", "bench")


def main() -> None:
    """Print one line a seed, and how many intervals hold the truth."""
    numbers = [int(text) for text in sys.argv[1:] if text.isdecimal()]
    first, last = (*numbers, 1, 20)[:2] if len(numbers) >= 2 else (1, 20)
    print(f"\nInvented country, seeds {first}-{last}, the default run (load {os.getloadavg()[0]:.1f})")
    print(f"{'seed':>4}{'truth':>8}{'on a list':>11}{'documented':>12}{'recall':>9}{'estimate (95%)':>26}{'holds':>7}{'s':>7}")
    held = 0
    for seed in range(first, last + 1):
        held += _seed(seed)
    print(f"held {held} of {last - first + 1}; 17 of 20 is the least")


def _seed(seed: int) -> bool:
    started = time.perf_counter()
    content = {"persons": _persons(seed)}
    for step in (link.step, estimate.step):
        content |= step(Context(None, RUN, lambda name: content.get(name, tables.empty(name)))).tables  # noqa: B023
    truth, rows = true_counts(seed), content["estimates"].to_pylist()
    documented = next(row for row in rows if row["method"] == "documented")
    said = [row for row in rows if row["median"] is not None and row["method"] in MAIN_ORDER]
    main_row = min(said, key=lambda row: MAIN_ORDER.index(row["method"]))
    holds = main_row["low"] <= truth.victims <= main_row["high"]
    interval = f"{main_row['median']:,.0f} ({main_row['low']:,.0f}-{main_row['high']:,.0f})"
    print(
        f"{seed:4}{truth.victims:8,}{truth.recorded:11,}{documented['documented']:12,}{documented['candidate_recall']:9.4f}"
        f"{interval:>26}{'yes' if holds else 'no':>7}{time.perf_counter() - started:7.1f}",
        flush=True,
    )
    return bool(holds)


def _persons(seed: int) -> pa.Table:
    """Return the persons of the lists of one seed, read by the same crawler as any other country's."""
    files = {name: data for name, data in generate(seed).items() if not name.startswith(TRUTH)}
    one = dataset("selmora")
    crawl = Crawl(
        one.name, one.manifest, [SourceFile.of(name, data) for name, data in sorted(files.items())], RUN.as_of, frozenset(("XSE",))
    )
    one.crawl(crawl)
    return crawl.tables()["persons"]


if __name__ == "__main__":
    main()
