"""A wheel, installed into an empty environment, is the whole program: command, data, templates, languages."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tocsin"
pytestmark = pytest.mark.xdist_group("wheel")


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
    """Return the `tocsin` command of a new environment that holds the wheel; only what it depends on is lent to it."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next((folder / "lib").glob("python*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # A path in a .pth file is not searched for .pth files itself, so an editable Tocsin there stays unseen.
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()))
    command = folder / "bin" / "tocsin"
    command.write_text(f"#!{folder / 'bin' / 'python'}\n{_entry(wheel)}")
    command.chmod(0o755)
    return command


def _entry(wheel: Path) -> str:
    """Return the program of the command that the wheel declares."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if one.endswith("entry_points.txt"))
        line = next(line for line in archive.read(name).decode().splitlines() if line.startswith("tocsin ="))
    module, _, function = line.partition("=")[2].strip().partition(":")
    return f"import sys\nfrom {module} import {function}\nsys.exit({function}())\n"


def run(command: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program of the new environment, far from the source."""
    quiet = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TOCSIN", "DJANGO", "DATABASE"))}
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
    for ending in (".html", ".css", ".js", ".svg", ".mo", ".j2", ".yml", ".gz"):
        assert any(name.endswith(ending) for name in inside), ending
    assert not any(name.startswith(("tests", "docs", "bench")) for name in inside)


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
