"""The `tocsin` command: the explicit list of commands, in the order of the path."""

from __future__ import annotations

import json
import sys

import typer

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
    extract,
    forecast,
    indices,
    init,
    judge,
    link,
    run,
    serve,
    user,
    verify,
)
from tocsin.cli.common import err
from tocsin.model.errors import TocsinError

app = typer.Typer(
    name="tocsin",
    help="From the first report to the decision and what came of it. Every number opens: tocsin explain ID.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("init")(init.init)
app.command("run")(run.run)
app.command("datasets")(datasets.datasets)
app.command("collect")(collect.collect)
app.command("extract")(extract.extract)
app.command("estimate")(estimate.estimate)
app.add_typer(link.app, name="link")
app.command("assess")(assess.assess)
app.add_typer(indices.app, name="indices")
app.add_typer(forecast.app, name="forecast")
app.command("explain")(explain.explain)
app.command("serve")(serve.serve)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("judge")(judge.judge)
app.command("rate")(assess_rate.rate)
app.add_typer(alerts.app, name="alerts")
app.add_typer(editions.app, name="editions")
app.add_typer(user.app, name="user")
app.command("verify")(verify.verify)


def main() -> None:
    """Run the command line; a known error ends with its message and its exit code."""
    try:
        app()
    except TocsinError as error:
        if "--json" in sys.argv:
            typer.echo(json.dumps(error.as_dict(), ensure_ascii=False))
        else:
            err.print(str(error), markup=False)
        sys.exit(error.exit_code)
