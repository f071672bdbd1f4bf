"""The bundled workspace after one run of the whole path: made once, and copied by tests that write into it.

A test that uses it carries `pytest.mark.xdist_group("bundled")`, so that one worker makes it for all of them.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from workspaces import tocsin


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the data that ship, after a finished run; nobody has written into it."""
    home = tmp_path_factory.mktemp("bundled") / "workspace"
    done = tocsin(home, "run", "--json")
    assert done.returncode == 0, done.stderr
    (home.parent / "summary.json").write_text(done.stdout)
    return home


@pytest.fixture(scope="session")
def summary(bundled: Path) -> dict[str, Any]:
    """Return what `tocsin run --json` printed for that workspace."""
    found: dict[str, Any] = json.loads((bundled.parent / "summary.json").read_text())
    return found


@pytest.fixture
def copied(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that workspace as the current one."""
    home = Path(shutil.copytree(bundled, tmp_path / "workspace"))
    monkeypatch.setenv("TOCSIN_HOME", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return home
