"""Invented lists with known truth for the tests of linking."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def lists() -> pa.Table:
    """Return about 430 records of 250 invented people in four lists; the column `entity` is the truth."""
    sys.path.insert(0, str(ROOT))
    from bench.population import Shape, population

    return population(Shape(persons=250, capture=(0.5, 0.45, 0.4, 0.35), families=120, days=200), seed=11)
