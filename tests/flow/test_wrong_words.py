"""Words that a command does not understand: usage for people, and for machines the one shape of every error."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import typer.main
from workspaces import command

from tocsin.cli.main import app


def paths(group: object, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups as well."""
    for name, one in group.commands.items():
        yield (*before, name)
        if hasattr(one, "commands"):
            yield from paths(one, (*before, name))


EVERY = list(paths(typer.main.get_command(app)))


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_an_unknown_option_is_told_in_json_to_who_asked_for_json(words, tmp_path):
    done = command(tmp_path / "home", *words, "--no-such-option", "--json")
    problem = json.loads(done.stdout)
    assert done.returncode == 2
    assert set(problem) == {"error", "what", "where", "expected", "got", "todo"}
    assert problem["error"] == "WrongUse"
    assert "--no-such-option" in problem["what"]
    assert problem["where"].endswith(" ".join(words)) and problem["todo"].endswith("--help")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("extract",), "FILE"),
        (("run", "--seed", "x"), "--seed"),
        (("run", "--seed", "-1"), "--seed"),
        (("nonsense",), "nonsense"),
        (("user", "add"), "NAME"),
        (("link", "persons", "--draws", "many", "list.csv"), "--draws"),
    ],
)
def test_a_person_gets_usage_text_and_a_machine_json_with_the_same_exit_code(words, said, tmp_path):
    person = command(tmp_path, *words)
    machine = command(tmp_path, *words, "--json")
    assert person.returncode == machine.returncode == 2
    assert said in person.stderr and "Usage:" in person.stderr and person.stdout == ""
    assert said in json.loads(machine.stdout)["what"]
    assert "Usage:" not in machine.stderr


def test_help_and_version_end_well_and_a_command_that_found_a_problem_keeps_its_exit_code(tmp_path):
    assert command(tmp_path, "--version").returncode == 0
    assert command(tmp_path, "run", "--help").returncode == 0
    assert command(tmp_path / "none", "verify").returncode == 1
