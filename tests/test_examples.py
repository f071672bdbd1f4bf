"""The examples in docstrings say what the code does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import django
import pytest

PARTS = ("tocsin.model", "tocsin.reference", "tocsin.stages", "tocsin.datasets", "tocsin.flow", "tocsin.cli", "tocsin.web")


@pytest.mark.parametrize("part", PARTS)
def test_examples_in_docstrings_hold(part):
    django.setup()
    tried = 0
    package = importlib.import_module(part)
    for name in (part, *(one.name for one in pkgutil.walk_packages(package.__path__, f"{part}."))):
        found = doctest.testmod(importlib.import_module(name))
        assert found.failed == 0, f"an example in {name} does not hold"
        tried += found.attempted
    assert tried > 0
