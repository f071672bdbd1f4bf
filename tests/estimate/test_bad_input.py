"""Lists that support no number get a reason, never a number that looks sure."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.model.errors import BadInput, WrongUse

run = CliRunner().invoke


def ask(path, *options):
    result = run(app, ["estimate", str(path), "--method", "dga,chao,coverage", "--json", *options])
    return result, json.loads(result.stdout) if result.stdout else None


def write(tmp_path, text):
    path = tmp_path / "lists.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A,B,count\n1,0,30\n0,1,20\n1,1,12\n", "fewer than 3 lists"),
        ("A,B,C,count\n1,0,0,30\n0,1,0,20\n0,0,1,12\n", "No person is on two lists"),
        ("A,B,C,count\n1,0,0,30\n0,1,0,20\n1,1,0,8\n1,0,1,20\n", "also on list A"),
        ("A,B,C,count\n1,0,0,30\n1,1,0,20\n1,0,1,8\n1,1,1,6\n", "names everyone"),
        ("A,B,C,count\n1,0,0,0\n0,1,1,0\n", "nothing to count"),
        ("A,B,C,D,count\n1,0,0,0,30\n0,1,0,0,20\n1,1,0,0,8\n", "fewer than 3 lists"),
    ],
)
def test_lists_that_support_nothing_are_refused_in_words(tmp_path, text, reason):
    result, answer = ask(write(tmp_path, text))
    assert result.exit_code == 1
    for found in answer["estimates"]:
        assert found["median"] is found["low"] is found["high"] is None
        assert reason in found["refused"]
    assert answer["spread"]["low"] is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A,B,C,count\n", "no rows"),
        ("", "empty"),
        ("A,B,C,count\n1,0,0,-3\n", "negative"),
        ("A,B,C,count\n1,0,0,2.5\n", "no whole number"),
        ("A,B,C,count\n1,0,0,many\n", "no number"),
        ("A,B,C\n1,0,0\n0,1,0\n1,1,0\n0,0,1\n0,1,2\n1,1,1\n", "something other than 0 and 1"),
        ("A,A,C,count\n1,0,0,3\n", "same name"),
    ],
)
def test_files_that_are_no_lists_stop_with_a_message(tmp_path, text, what):
    result = run(app, ["estimate", str(write(tmp_path, text))])
    assert isinstance(result.exception, BadInput)
    assert what in result.exception.what


def test_unknown_method_and_column_are_wrong_use(tmp_path):
    path = write(tmp_path, "A,B,C,count\n1,0,0,3\n")
    for options in (["--method", "magic"], ["--strata", "region"]):
        assert isinstance(run(app, ["estimate", str(path), *options]).exception, WrongUse)


def test_a_missing_file_is_named(tmp_path):
    result = run(app, ["estimate", str(tmp_path / "nothing.csv")])
    assert isinstance(result.exception, BadInput)
    assert "nothing.csv" in str(result.exception)
