"""Small seeded inputs of the estimate stage."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tocsin.stages.estimate import CaptureTable, capture_table


def read_table(shared: Path, name: str) -> CaptureTable:
    with (shared / "data" / "mse" / f"{name}.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    lists = [column for column in rows[0] if column != "count"]
    patterns = np.array([[int(row[name]) for name in lists] for row in rows])
    return capture_table(lists, patterns, np.array([int(row["count"]) for row in rows]))


def reference(shared: Path, method: str) -> list[dict[str, str]]:
    with (shared / "data" / "mse" / "reference.csv").open() as stream:
        return [row for row in csv.DictReader(stream) if row["method"] == method]


def independent_lists(seed: int, people: int = 1000, rates: tuple[float, ...] = (0.4, 0.35, 0.3, 0.25)) -> CaptureTable:
    """Draw lists that catch everyone alike and independently: every method's model holds."""
    rng = np.random.default_rng(seed)
    caught = rng.random((people, len(rates))) < np.array(rates)
    return capture_table("ABCDEFGH"[: len(rates)], caught.astype(int), np.ones(people, int))


@pytest.fixture
def four_lists() -> CaptureTable:
    return independent_lists(7)
