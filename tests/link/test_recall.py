"""What linking could not find is estimated, and said."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from tocsin.stages import link
from tocsin.stages.link import blocking
from tocsin.stages.link.quality import _reached
from tocsin.storage import connect

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def many():
    sys.path.insert(0, str(ROOT))
    from bench.population import Shape, population

    return population(Shape(persons=1600, capture=(0.4, 0.36, 0.3, 0.25), repeats=0.06, days=60, uneven=0.0, families=2000), seed=7)


def _linked(table):
    roles = link.recognise(table.column_names, never=["entity"])
    linked = link.link_persons(table, roles, connect(1), link.Options(draws=2, threads=1, burn_in=3))
    truth = table.column("entity").to_pylist()
    real = np.unique([truth[row] for row in linked.persons.rows], return_inverse=True)[1]
    caught, together = _reached(linked, real)
    return linked, float((caught | together).mean())


def test_few_rules_miss_pairs_and_the_estimate_says_so(many, monkeypatch):
    two = ("given and family name, in any order", "date of death and place")
    monkeypatch.setattr(blocking, "CANDIDATES", tuple(rule for rule in blocking.CANDIDATES if rule.name in two))
    linked, true = _linked(many)
    assert true < 0.97
    assert linked.recall.value == pytest.approx(true, abs=0.06)
    assert "biased upwards" in linked.recall.warning


def test_many_rules_miss_hardly_any_pair_and_nothing_is_warned_of(many):
    linked, true = _linked(many)
    assert true > 0.99
    assert linked.recall.value == pytest.approx(true, abs=0.01)
    assert linked.recall.warning is None


def test_a_field_that_every_rule_uses_is_named(many, monkeypatch):
    names = ("given and family name, in any order", "family and father's name")
    monkeypatch.setattr(blocking, "CANDIDATES", tuple(rule for rule in blocking.CANDIDATES if rule.name in names))
    linked, _ = _linked(many)
    assert "family" in linked.recall.method
