"""Every dataset folder is whole, and listing datasets runs none of their code."""

from __future__ import annotations

import sys

import pytest

from tocsin.datasets import NAMES, catalogue, dataset
from tocsin.model.errors import WrongUse


@pytest.mark.parametrize("one", catalogue(), ids=lambda one: one.name)
def test_a_dataset_folder_is_complete(one):
    assert one.manifest.title
    assert one.manifest.licence
    assert (one.folder / "crawler.py").exists()
    assert any((one.folder / "sample").iterdir())
    assert callable(one.crawl)


def test_every_folder_of_a_dataset_is_in_the_list():
    folder = catalogue()[0].folder.parent
    assert {p.parent.name for p in folder.glob("*/dataset.yml")} == set(NAMES)


def test_listing_datasets_runs_no_crawler():
    for name in [m for m in sys.modules if m.startswith("tocsin.datasets.")]:
        del sys.modules[name]
    assert [one.manifest.publisher for one in catalogue()]
    assert not [m for m in sys.modules if m.endswith(".crawler") and m.startswith("tocsin.datasets.")]


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(WrongUse) as found:
        dataset("acled")
    assert "documents" in found.value.expected


@pytest.mark.parametrize("one", [d for d in catalogue() if d.manifest.bundled], ids=lambda one: one.name)
def test_what_ships_is_the_same_each_time_and_fits_its_manifest(one):
    files = one.bundled()
    assert files == one.bundled()
    assert all(one.manifest.rule_for(name) for name, _ in files)
