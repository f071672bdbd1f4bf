"""A wheel, installed into an empty environment, is the whole program: command, data, templates, languages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import tocsin

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tocsin"
#: One worker builds the wheel once, and has the run that the installed program is asked to go on with.
pytestmark = pytest.mark.xdist_group("bundled")

LISTS = "a,b,press,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n1,1,0,3\n1,0,1,2\n0,1,1,2\n1,1,1,1\n"

#: Run by the installed program on a finished workspace: every page in every language, and every template that ships.
TOUR = """
import inspect, json, os, pathlib, sys
import tocsin
from tocsin.cli.django import ready
root = pathlib.Path(tocsin.__file__).parent
opened = set()
sys.addaudithook(lambda event, given: event == "open" and opened.add(str(given[0])))
from tocsin import reference
for name in reference.__all__:
    fact = getattr(reference, name)
    if inspect.isfunction(getattr(fact, "__wrapped__", fact)) and all(
        one.default is not one.empty for one in inspect.signature(fact).parameters.values()
    ):
        fact()
for name in sorted(os.listdir(root / "reference" / "data")):
    reference.read_text(name)
ready(pathlib.Path(os.environ["TOCSIN_HOME"]))
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import Client
for path in sorted((root / "web" / "templates").rglob("*.html")):
    engines["django"].get_template(path.relative_to(root / "web" / "templates").as_posix())
status = {}
for code, _ in settings.LANGUAGES:
    for page in ("/", "/situations/selmora", "/casualties", "/forecasts", "/forecasts/scorecard", "/framework", "/toolbox", "/alerts",
                 "/publications", "/data", "/about/method", "/about/licences", "/desk/login", "/api/v1/openapi.json"):
        status[f"{code} {page}"] = Client(headers={"accept-language": code}).get(page).status_code
static = [str(p.relative_to(root / "web" / "static")) for p in (root / "web" / "static").rglob("*") if p.is_file()]
print(json.dumps({
    "status": status,
    "languages": len(settings.LANGUAGES),
    "static": len(static), "lost": [name for name in static if not finders.find(name)],
    "opened": sorted(pathlib.Path(p).relative_to(root).as_posix() for p in opened if p.startswith(f"{root}{os.sep}") and ".py" not in p),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from this source, without network."""
    pytest.importorskip("hatchling", reason="the build backend is not installed here")
    folder = tmp_path_factory.mktemp("wheel")
    copy = shutil.copytree(ROOT / "src", folder / "project" / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy.parent / name)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=copy.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `tocsin` command of an environment that holds the pinned requirements and the wheel, and nothing else."""
    installer = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if installer is None:
        pytest.skip("uv, which `make test` installs, is not here")
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    into = [installer, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python")]
    pinned = [*into, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")]
    # What `make test` installed lies in the cache; the package index is asked only where it does not.
    for more in (["--offline"], []):
        got = subprocess.run([*pinned, *more], capture_output=True, text=True, check=False, timeout=600)
        if got.returncode == 0:
            break
    else:
        pytest.skip(f"the pinned requirements can't be had here: {got.stderr.strip()[-300:]}")
    done = subprocess.run([*into, "--offline", "--no-deps", str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "bin" / "tocsin"


def run(command: Path, *arguments: object, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program of the new environment, far from the source."""
    quiet = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TOCSIN", "DJANGO", "DATABASE"))}
    if home is not None:
        quiet["TOCSIN_HOME"] = str(home)
    words = [str(command), *map(str, arguments)]
    return subprocess.run(words, cwd=command.parent, env=quiet, capture_output=True, text=True, timeout=600, check=False)


def test_every_file_of_the_package_ships(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for path in SOURCE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po":
            assert f"tocsin/{path.relative_to(SOURCE).as_posix()}" in inside, path.name


def test_data_templates_static_and_languages_are_among_them(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.namelist()
    for ending in (".html", ".css", ".js", ".svg", ".mo", ".j2", ".typ", ".yml", ".gz"):
        assert any(name.endswith(ending) for name in inside), ending
    assert not any(name.startswith(("tests", "docs", "bench")) for name in inside)


def test_nothing_but_the_requirements_is_lent_to_the_installed_command(installed):
    list_them = "import importlib.metadata as m; print(*(one.metadata['Name'] for one in m.distributions()))"
    there = {re.sub("[-_.]+", "-", name).lower() for name in run(installed.parent / "python", "-c", list_them).stdout.split()}
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE))
    assert "django" in there and there <= pinned | {"tocsin"}
    assert run(installed.parent / "python", "-c", "import pytest").returncode != 0
    assert run(installed, "--version").stdout == f"tocsin {tocsin.__version__}\n"


def test_the_installed_command_is_the_one_from_the_wheel_and_helps(installed):
    where = run(installed.parent / "python", "-c", "import tocsin; print(tocsin.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed.parent.parent)
    done = run(installed, "--help")
    assert done.returncode == 0 and "explain" in done.stdout
    places = [
        done.stdout.index(f"\n  {name} ")
        for name in ("run", "collect", "link", "estimate", "warn", "respond", "publish", "explain", "verify")
    ]
    assert places == sorted(places)


def test_the_installed_command_makes_a_workspace_with_the_bundled_data(installed, tmp_path):
    done = run(installed, "init", tmp_path / "workspace", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["bundled"] is True
    assert (tmp_path / "workspace" / "workspace.json").exists() and any((tmp_path / "workspace" / "0-archive").rglob("*"))
    assert run(installed, "datasets", "--json").returncode == 0


def test_the_installed_command_goes_on_with_a_run_of_this_source(installed, copied):
    """The name of a run holds a hash of the package's files: with one file missing or changed, stages would run again."""
    kept = run(installed, "run", home=copied)
    assert kept.returncode == 0, kept.stderr
    assert len(re.findall(r"\bkept\b", kept.stdout)) == 9, kept.stdout
    again = run(installed, "run", "--only", "publish", "--seed", "2", "--json", home=copied)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["digest"]["items"] > 0


def test_the_installed_estimate_writes_its_report(installed, tmp_path):
    (tmp_path / "lists.csv").write_text(LISTS)
    done = run(installed, "estimate", tmp_path / "lists.csv", "--method", "chao", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in (tmp_path / "out").iterdir()} >= {".html", ".pdf"}


def test_the_installed_program_opens_every_page_template_and_language(installed, copied):
    done = run(installed.parent / "python", "-c", TOUR, home=copied)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {page: status for page, status in found["status"].items() if status != 200} == {}
    assert found["static"] > 5 and found["lost"] == []
    opened = set(found["opened"])
    templates = {p.relative_to(SOURCE).as_posix() for p in (SOURCE / "web" / "templates").rglob("*.html")}
    data = {p.relative_to(SOURCE).as_posix() for p in (SOURCE / "reference" / "data").iterdir()}
    catalogs = {p.relative_to(SOURCE).as_posix() for p in (SOURCE / "web" / "locale").rglob("*.mo")}
    assert (templates | catalogs | data) - opened == set()
