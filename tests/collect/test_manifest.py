"""A manifest is read without running code, and a key that nobody knows is refused."""

from __future__ import annotations

import pytest

from tocsin.model.errors import BadInput
from tocsin.stages.collect import Manifest

GOOD = """
title: A feed
publisher: Somebody
licence: CC BY 4.0
cadence: yearly
files: [{pattern: "*.csv"}]
"""


def test_a_manifest_needs_little():
    manifest = Manifest.read(GOOD, "dataset.yml")
    assert manifest.title == "A feed"
    assert manifest.hosts == ()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("licens: x", "licens"),
        ("sensitivity: secretish", "sensitivity"),
        ("expected: {unheard_of: {min_rows: 1}}", "unheard_of"),
        ("fill: {persons: {shoe_size: 0.5}}", "shoe_size"),
        ("fill: {persons: {name: 1.5}}", "fill"),
        ("bundled: true", "edition"),
        ("expected: {persons: {min_rows: 5, max_rows: 2}}", "max_rows"),
    ],
)
def test_a_wrong_key_is_refused_by_name(more, message):
    with pytest.raises(BadInput) as found:
        Manifest.read(GOOD + more, "datasets/feed/dataset.yml")
    assert message in str(found.value)
    assert "datasets/feed/dataset.yml" in str(found.value)


def test_yaml_that_would_build_objects_is_refused():
    with pytest.raises(BadInput):
        Manifest.read(GOOD + "url: !!python/object/apply:os.getcwd []", "dataset.yml")


def test_a_pattern_also_fits_the_last_part_of_a_name():
    manifest = Manifest.read(GOOD, "dataset.yml")
    assert manifest.rule_for("lists.zip/deep/a.csv") is not None
    assert manifest.rule_for("a.pdf") is None
