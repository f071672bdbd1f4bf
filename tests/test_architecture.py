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


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _is_empty(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return True where a function does nothing: a docstring, `pass` or `...` and no more."""
    return all(isinstance(s, ast.Pass) or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)) for s in function.body)


def _inside_protocol(tree: ast.Module) -> set[ast.AST]:
    classes = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in n.bases)]
    return {inner for one in classes for inner in ast.walk(one)}


#: Functions that do nothing on purpose: the progress that nobody watches; the head of a group of commands.
SILENT = {"silent", "_nobody"}


def test_no_function_is_a_stub():
    stubs = []
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        shapes = _inside_protocol(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node not in shapes and node.name not in SILENT:
                raises = [s for s in node.body if isinstance(s, ast.Raise) and "NotImplemented" in ast.unparse(s)]
                if raises or (
                    _is_empty(node) and not any(word in ast.unparse(d) for d in node.decorator_list for word in ("overload", "callback"))
                ):
                    stubs.append(f"{path.relative_to(SOURCE)}: {node.name}")
    assert stubs == []


def test_no_function_is_longer_than_sixty_lines():
    long = []
    for path in FILES:
        for node in _functions(path):
            size = (node.end_lineno or node.lineno) - node.body[0].lineno + 1
            if size > 60:
                long.append(f"{path.relative_to(SOURCE)}: {node.name}, {size} lines")
    assert long == []


def test_no_function_takes_more_than_six_arguments():
    """A command's options are its interface, and compiled loops can take arrays only: neither counts."""
    many = []
    for path in FILES:
        for node in _functions(path):
            given = [a for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs) if a.arg not in ("self", "cls")]
            compiled = any("njit" in ast.unparse(decorator) for decorator in node.decorator_list)
            if len(given) > 6 and "cli" not in path.parts and not compiled:
                many.append(f"{path.relative_to(SOURCE)}: {node.name}, {len(given)} parameters")
    assert many == []


def test_the_order_of_the_path_is_the_same_wherever_it_is_stated():
    line = "collect -> extract -> link -> estimate -> assess | forecast -> warn -> respond -> publish"
    root = SOURCE.parents[1]
    for name in ("README.md", "ARCHITECTURE.md"):
        assert line in (root / name).read_text("utf-8"), name
    assert line in (SOURCE / "flow" / "pipeline.py").read_text("utf-8")
    contract = (root / "pyproject.toml").read_text("utf-8")
    named = contract[contract.index("Stages never import each other") :]
    assert [s for s in STAGES if f'"tocsin.stages.{s}"' in named] == list(STAGES)
    assert sorted(STAGES, key=lambda s: named.index(f'"tocsin.stages.{s}"')) == list(STAGES)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_one_face_that_names_what_it_offers(stage):
    import importlib

    face = importlib.import_module(f"tocsin.stages.{stage}")
    assert face.__doc__ and face.__all__
    assert all(hasattr(face, name) for name in face.__all__)
    unnamed = [name for name in face.__all__ if f"`{name}`" not in face.__doc__]
    assert unnamed == [], "the face says in a line what each of its names is for"


@pytest.mark.parametrize("path", sorted((SOURCE / "datasets").glob("*/")), ids=lambda p: p.name)
def test_every_dataset_is_complete(path):
    from tocsin.datasets import NAMES

    if path.name.startswith("__"):
        return
    assert path.name in NAMES
    assert (path / "dataset.yml").is_file() and (path / "crawler.py").is_file() and any((path / "sample").iterdir())
    assert (SOURCE.parents[1] / "tests" / "datasets" / f"test_{path.name}.py").is_file()


def test_every_verb_asks_for_a_permission_and_leaves_an_audit_entry():
    verbs = [p for p in (SOURCE / "flow" / "actions").glob("*.py") if "\nPERMISSION = " in p.read_text("utf-8")]
    assert len(verbs) >= 5
    for path in verbs:
        text = path.read_text("utf-8")
        assert f"def {path.stem}(actor: Actor" in text, path.name
        assert "PERMISSION = " in text and "acting(actor, PERMISSION)" in text and "book.audit(" in text, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_no_error_is_swallowed_and_no_module_says_nothing(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "a file says in one sentence what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None and ast.unparse(node.type) not in ("Exception", "BaseException"), f"line {node.lineno}"
