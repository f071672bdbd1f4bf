"""The examples in docstrings say what the code does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import tocsin

#: What starts without the settings of the web site.
PARTS = ("tocsin.model", "tocsin.reference", "tocsin.stages", "tocsin.storage")
MODULES = [found.name for found in pkgutil.walk_packages(tocsin.__path__, "tocsin.") if found.name.startswith(PARTS)]


@pytest.mark.parametrize("part", PARTS)
def test_examples_in_docstrings_hold(part):
    tried = 0
    for name in (one for one in MODULES if one.startswith(part)):
        found = doctest.testmod(importlib.import_module(name))
        assert found.failed == 0, f"an example in {name} does not hold"
        tried += found.attempted
    assert tried > 0
