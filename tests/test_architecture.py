"""The rules of the house that import-linter can't see."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tocsin.flow import pipeline

SOURCE = Path(__file__).parents[1] / "src" / "tocsin"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
STAGES = ("collect", "extract", "link", "estimate", "assess", "forecast", "warn", "respond", "publish")


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_pipeline_follows_the_stated_order():
    assert tuple(stage.name for stage in pipeline.STAGES) == STAGES


def test_model_imports_only_the_standard_library_and_pyarrow():
    import sys

    for path in (SOURCE / "model").glob("*.py"):
        for name in _imports(path):
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or top == "pyarrow" or name.startswith("tocsin.model"), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_a_file_that_wants_to_be_longer_wants_a_second_name(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", sorted((SOURCE / "stages").rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_stages_have_no_clock_environment_or_global_randomness(path):
    doors = {"fetch.py", "deliver.py"}
    if path.name in doors or "writers" in path.parts:
        return
    text = path.read_text("utf-8")
    for forbidden in ("datetime.now", "date.today", "time.time(", "os.environ", "getenv", "np.random.seed", "random.seed"):
        assert forbidden not in text, f"{forbidden} in a pure stage"
