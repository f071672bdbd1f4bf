"""What a newcomer types first is answered: help, a port that is taken, a log without bars, a name that is not on the path."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
import typer
from people import build_workspace
from typer.testing import CliRunner
from workspaces import tocsin

from tocsin.cli import common
from tocsin.cli.main import GROUPS, app
from tocsin.cli.progress import progress_bars

RUN = CliRunner()


def test_help_names_every_command_with_its_whole_first_sentence():
    said = RUN.invoke(app, ["--help"], env={"COLUMNS": "80"}).stdout
    assert "..." not in said.split("Options:")[1]
    assert "..." not in RUN.invoke(app, ["link", "--help"]).stdout.split("Options:")[1]
    assert [title for title in GROUPS if f"{title}:" not in said] == []
    assert "Other:" not in said, "every command has its group"


@pytest.mark.parametrize(
    ("typed", "usage"), [(["help"], "COMMAND"), (["help", "collect"], "collect [OPTIONS]"), (["help", "link"], "link")]
)
def test_help_can_be_asked_for_as_a_word(typed, usage):
    answer = RUN.invoke(app, typed)
    assert answer.exit_code == 0
    assert "Usage:" in answer.stdout and usage in answer.stdout.splitlines()[0]


def test_a_port_that_is_taken_is_one_message(tmp_path: Path):
    build_workspace(tmp_path / "workspace")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = tocsin(tmp_path / "workspace", "serve", "--port", str(port))
    assert done.returncode == 1
    assert "answers at" not in done.stdout, "nothing is promised that is not so"
    assert "another program answers on this port" in done.stderr and "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_where_no_bar_can_be_drawn_each_stage_is_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    from rich.console import Console

    monkeypatch.setattr("tocsin.cli.progress.err", Console(file=sys.stderr, soft_wrap=True))
    with progress_bars() as bar:
        bar("collect", 1)(1, 1, "done")
        report = bar("link", None)
        for done in range(101):
            report(done, 100)
    said = capsys.readouterr().err.splitlines()
    assert said[:2] == ["collect ...", "link ..."]
    assert said[2:] == [f"link {tenth}0%" for tenth in range(1, 11)]


@pytest.mark.parametrize(
    ("called", "said"),
    [(".venv/bin/tocsin", "Next: .venv/bin/tocsin run"), ("/x/tocsin/__main__.py", "Next: python -m tocsin run")],
)
def test_commands_are_named_as_they_can_be_typed(called: str, said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(common.shutil, "which", lambda _: None)
    monkeypatch.setattr(common.sys, "argv", [called, "run"])
    assert common.as_called("Next: tocsin run") == said


def test_the_short_name_stays_where_it_is_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(common.shutil, "which", lambda _: "/usr/bin/tocsin")
    assert common.as_called("Next: tocsin run") == "Next: tocsin run"


def test_ctrl_c_is_answered(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    module = sys.modules["tocsin.cli.main"]
    stopped = typer.Typer()

    @stopped.command()
    def command() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "app", lambda **options: stopped([], **options))
    with pytest.raises(SystemExit) as ended:
        module.main()
    assert ended.value.code == 130
    assert "Stopped. What was finished before stands" in capfd.readouterr().err


def test_a_restored_workspace_is_named_so_that_it_can_be_pasted(tmp_path: Path):
    home, place = tmp_path / "workspace", tmp_path / "on another disk"
    build_workspace(home)
    assert tocsin(home, "backup", str(tmp_path / "b.zip")).returncode == 0
    said = tocsin(home, "restore", str(tmp_path / "b.zip"), str(place)).stdout
    assert f"Next: TOCSIN_HOME='{place}'" in said
