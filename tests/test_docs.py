"""Documents that can not fall behind: commands exist, links lead somewhere, the tutorial can be followed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from workspaces import command

from tocsin.cli.main import app
from tocsin.datasets.selmora import generate, true_counts

ROOT = Path(__file__).parents[1]
PAGES = sorted(p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if not {"_build", "generated"} & set(p.parts))
TUTORIAL = ROOT / "docs" / "tutorial" / "first-run.md"
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(tocsin [a-z_]+[^`]*)`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def blocks(text: str) -> Iterator[str]:
    """Yield the lines of every block of commands: indented, or fenced and not of another language."""
    fenced = [match for match in _FENCE.finditer(text) if match[1] in ("", "sh", "bash", "console", "shell")]
    for match in fenced:
        yield from match[2].splitlines()
    yield from (line[4:] for line in _FENCE.sub("", text).splitlines() if line.startswith("    "))


def commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each `tocsin` command, without variables set before it and without its comment."""
    lines = [line.removeprefix("$ ").strip() for line in blocks(text)]
    lines += [match[1] for match in _INLINE.finditer(_FENCE.sub("", text))]
    for line in lines:
        for part in re.split(r"\s(?:&&|\|)\s", line):
            try:
                words = shlex.split(part, comments=True)
            except ValueError:
                continue
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words = words[1:]
            if words and words[0] in ("tocsin", ".venv/bin/tocsin"):
                yield words[1:]


def problem(words: list[str]) -> str | None:
    """Return why the words are no command of this program; None where they are."""
    found: Any = typer.main.get_command(app)
    rest = list(words)
    while hasattr(found, "commands"):
        if not rest:
            return None
        name = rest.pop(0)
        if name == "--help" or (name == "..." and not rest):
            return None
        child = found.commands.get(name)
        if child is None:
            return f"there is no command {name}"
        found = child
    options = {name for parameter in found.params for name in (*parameter.opts, *parameter.secondary_opts)}
    unknown = [word for word in rest if word.startswith("--") and word.split("=")[0] not in {*options, "--help"}]
    return f"{found.name} has no {', '.join(unknown)}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_in_the_documents_exists_with_its_options(page):
    if page.name == "CHANGELOG.md":
        pytest.skip("the changelog speaks of earlier versions too")
    wrong = {" ".join(words): why for words in commands(page.read_text("utf-8")) if (why := problem([w for w in words if w != "|"]))}
    wrong = {said: why for said, why in wrong.items() if "|" not in said}
    assert wrong == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_between_documents_leads_to_a_file(page):
    text = _FENCE.sub("", page.read_text("utf-8"))
    links = [link for link in _LINK.findall(text) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_target_of_make_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {name for page in PAGES for line in blocks(page.read_text("utf-8")) for name in re.findall(r"^make ([a-z-]+)", line.strip())}
    assert named and named <= targets


def test_the_checks_of_this_file_find_what_is_wrong():
    assert problem(["explode", "ID"]) == "there is no command explode"
    assert problem(["explain", "ID", "--yaml"]) == "explain has no --yaml"
    assert problem(["alerts", "decide", "ID", "done", "--by", "X"]) is None


def test_every_command_says_what_it_does_and_speaks_json():
    def leaves(found: Any, path: str) -> Iterator[tuple[str, Any]]:
        for name, child in found.commands.items():
            yield from leaves(child, f"{path} {name}") if hasattr(child, "commands") else [(f"{path} {name}", child)]

    every = dict(leaves(typer.main.get_command(app), "tocsin"))
    assert len(every) > 25
    assert [name for name, one in every.items() if not any("--json" in p.opts for p in one.params)] == []
    assert [name for name, one in every.items() if not (one.help or "").strip()] == []
    assert [f"{name} {p.name}" for name, one in every.items() for p in one.params if p.opts[0].startswith("-") and not p.help] == []


@pytest.mark.xdist_group("bundled")
def test_the_tutorial_can_be_followed_in_order(copied, summary, tmp_path, monkeypatch):
    """The first command is the run that made this workspace; the others are tried here as they are written."""
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    steps = [line.strip() for line in blocks(TUTORIAL.read_text("utf-8")) if line.strip()]
    assert steps[0] == "make run SERVE=0" and "make run" in steps[1:]
    tried = 0
    for words in commands(TUTORIAL.read_text("utf-8")):
        filled = [summary["top_risk"][0]["id"] if re.fullmatch(r"[a-z]{3}-\.\.\.", word) else word for word in words]
        done = command(copied, *filled)
        assert done.returncode == 0, (filled, done.stderr)
        tried += 1
    assert tried >= 4


def test_the_lists_of_the_tutorial_are_those_of_the_invented_country_and_of_600_dead():
    made = generate(size=600)
    assert true_counts(size=600).victims == 600
    files = {path.stem: path.read_bytes() for path in (TUTORIAL.parent / "lists").glob("*.csv")}
    assert files == {name: made[f"list_{name}.csv"] for name in ("families", "hospitals", "news", "researchers")}
