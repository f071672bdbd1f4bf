"""The `tocsin` command: the explicit list of commands, in the order of the path."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer import Abort, BadParameter
from typer.core import TyperGroup

import tocsin
from tocsin.cli import (
    alerts,
    assess,
    assess_rate,
    backup,
    collect,
    datasets,
    editions,
    estimate,
    explain,
    export,
    extract,
    forecast,
    import_,
    indices,
    init,
    judge,
    link,
    publish,
    respond,
    run,
    serve,
    user,
    verify,
    warn,
)
from tocsin.cli.common import as_called, err, of_the_disk
from tocsin.model.errors import TocsinError, WrongUse

#: The groups of the help, and the commands of each: the path of data, then what people do, then keeping and moving.
GROUPS = {
    "Start": ("init", "run"),
    "The path of data": (
        *("datasets", "collect", "extract", "link", "estimate", "assess", "indices", "forecast", "warn", "alerts", "respond", "publish"),
        "editions",
    ),
    "Look and open": ("explain", "serve"),
    "What people do": ("user", "judge", "rate"),
    "Keep and move": ("import", "export", "backup", "restore", "verify"),
}
ORDER = tuple(name for names in GROUPS.values() for name in names)


#: What typer raises for words it does not understand; it has no public name of its own.
UsageError: type[Exception] = BadParameter.__mro__[1]


#: What a command ends with after Ctrl-C.
STOPPED = 130


class WholeSentences(TyperGroup):
    """Lists commands, each with its whole first sentence."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands."""
        self.write_section(formatter, "Commands", self.list_commands(ctx))

    def write_section(self, formatter: Any, title: str, names: Sequence[str]) -> None:
        """Write some commands under a title."""
        rows = [(name, self.commands[name].get_short_help_str(limit=500)) for name in names if name in self.commands]
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


class InPathOrder(WholeSentences):
    """Lists commands by what they are for, in the order of the path; `help` asks for help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read `tocsin help collect` as `tocsin collect --help`."""
        return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands group by group."""
        rest = tuple(name for name in self.commands if name not in ORDER)
        for title, names in {**GROUPS, "Other": rest}.items():
            self.write_section(formatter, title, names)

    def list_commands(self, ctx: object) -> list[str]:
        """Return the names of the commands."""
        return sorted(self.commands, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


app = typer.Typer(
    name="tocsin",
    cls=InPathOrder,
    help="From the first report to the decision and what came of it. Every number opens: tocsin explain ID.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"tocsin {tocsin.__version__}")
        raise typer.Exit


@app.callback()
def _first(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)] = False,
) -> None:
    """Take what may stand before a command."""


app.command("init")(init.init)
app.command("run")(run.run)
app.command("datasets")(datasets.datasets)
app.command("collect")(collect.collect)
app.command("extract")(extract.extract)
app.command("estimate")(estimate.estimate)
app.add_typer(link.app, name="link", cls=WholeSentences)
app.command("assess")(assess.assess)
app.add_typer(indices.app, name="indices", cls=WholeSentences)
app.add_typer(forecast.app, name="forecast", cls=WholeSentences)
app.command("warn")(warn.warn)
app.add_typer(alerts.app, name="alerts", cls=WholeSentences)
app.add_typer(respond.app, name="respond", cls=WholeSentences)
app.command("publish")(publish.publish)
app.add_typer(editions.app, name="editions", cls=WholeSentences)
app.command("explain")(explain.explain)
app.command("serve")(serve.serve)
app.command("import")(import_.import_)
app.command("export")(export.export)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("judge")(judge.judge)
app.command("rate")(assess_rate.rate)
app.add_typer(user.app, name="user", cls=WholeSentences)
app.command("verify")(verify.verify)


def main() -> None:
    """Run the command line; a known error ends with its message and its exit code, as JSON where `--json` was asked."""
    try:
        code = app(standalone_mode=False)
        if code == STOPPED:
            err.print("Stopped. What was finished before stands; run the command again to go on.", markup=False)
        sys.exit(code)
    except TocsinError as error:
        _end(error)
    except OSError as error:
        _end(of_the_disk(error))
    except UsageError as error:
        _wrong_words(error)
    except Abort:
        _end(WrongUse("nothing was done: no answer was given", expected="an answer", got="none"))


def _wrong_words(error: Any) -> NoReturn:
    """End after words that no command understands: usage text for people, the one shape of every error for machines."""
    if "--json" not in sys.argv:
        error.show()
        sys.exit(error.exit_code)
    context = error.ctx
    command = context.command_path if context else "tocsin"
    usage = context.get_usage().removeprefix("Usage: ") if context else ""
    _end(WrongUse(error.format_message().rstrip("."), command, usage, todo=f"Run: {command} --help"))


def _end(error: TocsinError) -> NoReturn:
    if "--json" in sys.argv:
        typer.echo(json.dumps(error.as_dict(), ensure_ascii=False))
    else:
        err.print(as_called(str(error)), markup=False)
    sys.exit(error.exit_code)
