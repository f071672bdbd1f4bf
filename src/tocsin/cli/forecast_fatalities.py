"""`tocsin forecast fatalities`: monthly deaths by country or grid cell, from a file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.common import AsOfOption, JsonOption, SeedOption, err, out, parse_day, print_json
from tocsin.model.errors import WrongUse

LEVELS = ("country", "grid")
KINDS = ("state-based", "non-state", "one-sided")
#: Months of the window whose rises are printed; the JSON has both windows.
YEAR = 12


def fatalities(
    data: Annotated[
        Path, typer.Option("--data", metavar="FILE", readable=False, help="Monthly counts, or events with day, place and deaths.")
    ],
    level: Annotated[str, typer.Option(help="country, or grid (half-degree cells).")] = "country",
    kind: Annotated[str, typer.Option(help="state-based, non-state or one-sided.")] = "state-based",
    model: Annotated[
        str, typer.Option(help="count_mixture, conflictology_12, nb_moments, last_poisson or exactly_zero.")
    ] = "count_mixture",
    origin: Annotated[str | None, typer.Option(metavar="DATE", help="Use no later month (YYYY-MM or YYYY-MM-DD).")] = None,
    window: Annotated[
        str | None, typer.Option(metavar="Y2021", help="A calendar year, from data to October of the year before; default 36 months.")
    ] = None,
    places: Annotated[
        Path | None,
        typer.Option(metavar="FILE", readable=False, help="Forecast the places of this file alone, such as the actuals to come."),
    ] = None,
    draws: Annotated[int, typer.Option(min=10, max=10_000, help="Counts for each place and month.")] = 1000,
    vintage: Annotated[str | None, typer.Option(metavar="NAME", help="Edition of the counts; kept in the forecast.")] = None,
    out_dir: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write window=NAME/part-0.parquet and forecast.json.")
    ] = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 20130111,
    as_json: JsonOption = False,
) -> None:
    """Forecast deaths of each month ahead as draws, in the layout of the 2023/24 VIEWS challenge."""
    from tocsin.flow.fatalities import Request, forecast_fatalities

    check_choice("--level", level, LEVELS)
    check_choice("--kind", kind, KINDS)
    months, last = _window(window)
    request = Request(level, kind, model, months, _origin(origin) or last, draws, seed, parse_day(as_of), vintage, places)
    answer = forecast_fatalities(data, request, out_dir)
    for warning in answer["warnings"]:
        err.print(f"Warning: {warning}", markup=False)
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def check_choice(option: str, value: str, known: tuple[str, ...]) -> None:
    """Refuse a value that is not one of those known."""
    if value not in known:
        raise WrongUse("not a choice", option, ", ".join(known), value[:40])


def _origin(text: str | None) -> int | None:
    from tocsin.model.months import month_of, whole_month_until

    if text is None:
        return None
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    return month_of(int(month[1]), int(month[2])) if month else whole_month_until(parse_day(text, "--origin"))


def _window(name: str | None) -> tuple[tuple[int, int] | None, int | None]:
    """Return first and last month, and the month that the challenge lets a forecast of that year know."""
    from tocsin.model.months import month_of

    if name is None:
        return None, None
    if not re.fullmatch(r"Y(19[89]\d|20\d\d)", name):
        raise WrongUse("not a window", "--window", "a year such as Y2021", name[:40])
    year = int(name[1:])
    return (month_of(year, 1), month_of(year, 12)), month_of(year - 1, 10)


def _print(answer: dict[str, Any]) -> None:
    window = f"{answer['window']['from']} to {answer['window']['to']}"
    out.print(f"{answer['kind']} deaths by {answer['level']}, {answer['model']}: {window}, from data to {answer['origin']}", markup=False)
    if answer["stale"]:
        out.print(f"The window has begun or passed on {dt.date.fromisoformat(answer['issued_at'])}. {answer['renew']}", markup=False)
    out.print(f"\n{'place':>10}{'expected':>12}{'in all, 90%':>19}{'>= 25 in the first year':>25}{'>= 1,000':>10}", markup=False)
    for one in answer["top"]:
        total, reached = one["total"], one["first_year_at_least"]
        span = f"{total['low']:,.0f}-{total['high']:,.0f}"
        out.print(f"{one['place']:>10}{one['expected']:>12,.1f}{span:>19}{reached['25']:>25.2f}{reached['1000']:>10.2f}", markup=False)
    _print_escalation(answer["escalation"])
    out.print(f"\n{answer['places']:,} places, {answer['units']:,} place-months, {answer['draws']:,} draws; {answer['note']}", markup=False)
    for reason, number in answer["skipped"].items():
        out.print(f"Left out, {reason}: {number:,} rows", markup=False)
    if answer["path"]:
        out.print(f"Written: {answer['path']}", markup=False)


def _print_escalation(found: list[dict[str, Any]]) -> None:
    """Print, for places below a level for two years, how likely twelve months reach it."""
    for one in found:
        if one["months"] != YEAR or not one["asked"]:
            continue
        head = f"\nTwelve months may reach {one['level']:,} deaths by the end of a year, after two years below: {one['asked']:,} places are asked,"
        out.print(f"{head} {one['expected']:.1f} are expected to; usual {one['climatology']:.1%} each", markup=False)
        for row in one["top"]:
            parts = f"courses {row['paths']:.1%}, regression {row['regression']:.1%}"
            out.print(f"{row['place']:>10}{row['recalibrated']:>12.1%}   {parts}", markup=False)
