"""`tocsin respond`: what can still be done in the time left, and where the time went."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tocsin.cli.common import JsonOption, finished_run, out, parse_day, print_json
from tocsin.model.errors import WrongUse

app = typer.Typer(help="List the options that fit the time left, and the gap between warning and response.", no_args_is_help=True)
OPTION = (
    *("id", "measure", "title", "fits", "lead_time", "lead_days_low", "lead_days_high", "days_left", "decided_by", "basis", "pillar"),
    *("coercive", "precedents", "studies", "studies_less_harm", "studies_mixed", "studies_more_harm", "harm_check", "inputs"),
)
FITS = {"yes": "fits", "perhaps": "may fit", "no": "comes too late", "unknown": "time left not known"}


@app.command("options")
def options(
    situation: Annotated[
        str | None, typer.Argument(metavar="[SITUATION]", help="A situation of the newest run, such as libya-2011.")
    ] = None,
    days: Annotated[int | None, typer.Option(metavar="N", help="Instead of a situation: so many days are left.")] = None,
    territory: Annotated[str | None, typer.Option(metavar="CODE|NAME", help="With --days: where.")] = None,
    fitting: Annotated[bool, typer.Option("--fitting", help="Leave out what comes too late.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the operational measures of the toolbox for a case, least coercive first, each with whether it still fits."""
    from tocsin.flow.respond import options_of, options_within
    from tocsin.flow.warn import territory_code

    if (situation is None) == (days is None):
        raise WrongUse(
            "name a situation, or the days that are left", "respond options", "SITUATION or --days N", "both" if situation else "neither"
        )
    if days is not None:
        if days < 0:
            raise WrongUse("a negative number of days", "--days", "0 or more", str(days))
        rows = options_within(territory_code(territory), days, parse_day(None))
    else:
        rows = options_of(finished_run(), situation or "")
    rows = [row for row in rows if not fitting or row["fits"] != "no"]
    if as_json:
        print_json([{key: row[key] for key in OPTION} for row in rows])
        return
    for row in rows:
        _print_option(row)
    out.print(
        "Lead times are planning estimates of the toolbox. A measure that comes too late is kept: the time left may be wrong.", markup=False
    )


@app.command("gap")
def gap(
    situation: Annotated[str | None, typer.Argument(metavar="[SITUATION]", help="One situation; default every one.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show the days from signal to alert, to answer, to measure, and how long a silence lasted; unknown is never zero."""
    from tocsin.flow.respond import gaps

    rows = gaps(finished_run(), situation)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        _print_gap(row)


def _print_option(row: dict[str, Any]) -> None:
    mark = " [coercive]" if row["coercive"] else ""
    out.print(f"{row['measure']}  {row['title']}{mark}: {FITS[row['fits']]} ({row['lead_time']})", markup=False)
    out.print(f"  decided by {row['decided_by']}; basis: {row['basis']}", markup=False)
    if row["harm_check"]:
        out.print(f"  {row['harm_check']}", markup=False)


def _print_gap(row: dict[str, Any]) -> None:
    mark = " [invented]" if row["invented"] else ""
    out.print(f"{row['situation']}  {row['title']}{mark}", markup=False)
    names = {
        "signal_to_alert": "signal to alert",
        "alert_to_acknowledgement": "alert to acknowledgement",
        "alert_to_decision": "alert to decision",
        "decision_to_measure": "decision to measure",
        "lead_time": "alert to onset or planned trigger",
        "usable_lead_time": "of that, usable by the fastest option",
        "silence": "silence",
    }
    for key, name in names.items():
        out.print(f"  {name}: {_span(row[key])}", markup=False)


def _span(days: int | None) -> str:
    """Return a span of days in words; below zero the second point of the two came first.

    >>> _span(12), _span(-559), _span(None)
    ('12 days', 'the second came first, by 559 days', 'not known')
    """
    if days is None:
        return "not known"
    return f"{days:,} days" if days >= 0 else f"the second came first, by {-days:,} days"
