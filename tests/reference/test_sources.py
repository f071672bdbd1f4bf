"""Every bundled file says where it comes from, and its licence allows it to ship."""

from __future__ import annotations

import pytest

from tocsin import reference
from tocsin.model.errors import NotFound

FOLDER = reference.data_path("sources.yml").parent
SHIPPABLE = {"PDDL-1.0", "PDDL-1.0 AND MIT", "MIT", "CC-BY-4.0", "public domain", "facts", "Apache-2.0"}


def test_each_file_has_one_record_and_each_record_a_file():
    assert [s.file for s in reference.sources()] == sorted(p.name for p in FOLDER.iterdir())


def test_records_are_complete_and_their_licences_allow_it_to_ship():
    for source in reference.sources():
        assert all((source.title, source.publisher, source.date, source.note)), source.file
        assert source.url.startswith("https://")
        assert source.licence in SHIPPABLE


def test_a_file_outside_the_folder_is_not_given():
    with pytest.raises(NotFound):
        reference.data_path("../__init__.py")
