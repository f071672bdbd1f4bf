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


def _linked(table, threads=1):
    roles = link.recognise(table.column_names, never=["entity"])
    linked = link.link_persons(table, roles, connect(threads), link.Options(draws=4, threads=threads, burn_in=4))
    real = _real(table, linked)
    caught, together = _reached(linked, real)
    return linked, float((caught | together).mean())


def _real(table, linked):
    truth = table.column("entity").to_pylist()
    return np.unique([truth[row] for row in linked.persons.rows], return_inverse=True)[1]


def _too_many(table, linked):
    """Return how many persons more the true clusters make when they are cut where candidates end."""
    real, parts = _real(table, linked), linked.scored.parts
    component = -1 - np.arange(len(real))
    component[parts.order] = np.repeat(np.arange(len(parts.sizes)), parts.sizes)
    return len(set(zip(component.tolist(), real.tolist(), strict=True))) - len(set(real.tolist()))


def _only(monkeypatch, *names):
    monkeypatch.setattr(blocking, "CANDIDATES", tuple(rule for rule in blocking.CANDIDATES if rule.name in names))


@pytest.mark.parametrize(
    "names",
    [
        ("given and family name, in any order", "date of death and place"),
        # Every rule uses one field: what is lost is seen all the same.
        ("given and family name, in any order", "family and father's name"),
        ("family name and date of death", "family name and place", "family and father's name"),
    ],
)
def test_few_rules_miss_pairs_and_the_estimate_says_how_many(many, monkeypatch, names):
    _only(monkeypatch, *names)
    linked, true = _linked(many)
    assert 0.8 < true < 0.975
    assert linked.recall.value == pytest.approx(true, abs=0.015)
    assert linked.recall.low < linked.recall.value < linked.recall.high
    assert "biased upwards" in linked.recall.warning
    true, (value, low, high) = _too_many(many, linked), linked.recall.too_many
    assert true > 40
    assert value == pytest.approx(true, rel=0.3)
    assert low < value < high
    assert f"by about {value:,} (95% interval {low:,} to {high:,})" in linked.recall.counted_twice


def test_records_that_are_bad_in_several_fields_at_once_are_seen(monkeypatch):
    sys.path.insert(0, str(ROOT))
    from bench.population import Shape, population

    many = population(Shape(persons=2000, slip=0.25, no_father=0.5, no_town=0.5, days=200, families=1500), seed=5)
    _only(monkeypatch, "given and family name, in any order", "family name and date of death", "date of death and place")
    linked, true = _linked(many)
    assert true < 0.97
    assert linked.recall.value == pytest.approx(true, abs=0.015)


def test_many_rules_miss_hardly_any_pair_and_nothing_is_warned_of(many):
    linked, true = _linked(many)
    assert true > 0.99
    assert linked.recall.value == pytest.approx(true, abs=0.01)
    assert linked.recall.warning is None
    assert linked.recall.too_many[0] <= 0.005 * len(set(linked.clusterings[0].tolist()))


def test_the_estimate_does_not_depend_on_the_number_of_threads(many, monkeypatch):
    _only(monkeypatch, "given and family name, in any order", "date of death and place")
    assert _linked(many, threads=1)[0].recall == _linked(many, threads=2)[0].recall
