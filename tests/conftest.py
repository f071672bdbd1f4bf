"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["people", "bundled"]

# Workers share the cores: a library that starts a thread a core in each of them would stall them all.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tocsin.web.settings")

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TOCSIN_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real test data, or skip with the reason."""
    if not SHARED.is_dir():
        pytest.skip(f"real test data is not here: {SHARED}")
    return SHARED


# Speed belongs to the benchmarks: no test fails because the computer was busy.
settings.register_profile("tocsin", deadline=None)
settings.load_profile("tocsin")
