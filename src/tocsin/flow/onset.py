"""Forecasts the onset of mass killing from a file of country-years, from its last year or an earlier one."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from threadpoolctl import threadpool_limits

from tocsin.flow.backtest import CAVEAT, THREADS, VINTAGE
from tocsin.flow.backtest_files import read_model_data
from tocsin.flow.context import Progress, silent
from tocsin.model.errors import BadInput, WrongUse
from tocsin.model.periods import Window
from tocsin.stages.forecast.onset.issue import OnsetIssue, issue_onsets
from tocsin.stages.forecast.onset.models import STACK
from tocsin.stages.forecast.onset.rolling import first_origin
from tocsin.stages.forecast.onset.rows import HORIZON, country_years, whole

RENEW = "tocsin forecast onset --data FILE, with a newer edition of the country-years"


@dataclass(frozen=True)
class OnsetForecast:
    """Holds the forecasts with the window they speak of, the day of issue, and what a reader must know."""

    file: str
    issue: OnsetIssue
    window: Window
    issued_at: dt.date
    notes: tuple[str, ...]

    @property
    def stale(self) -> bool:
        """Return True where the window has begun or passed on the day of issue."""
        return self.window.state(self.issued_at) != "ahead"

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON shape."""
        return {
            "target": "onset_1or2",
            "file": self.file,
            "origin": f"{self.issue.origin}-12-31",
            "window": [self.window.start.isoformat(), self.window.end.isoformat()],
            "issued_at": self.issued_at.isoformat(),
            "stale": self.stale,
            "renew": RENEW if self.stale else None,
            "vintage": VINTAGE,
            "caveat": CAVEAT,
            "model": STACK,
            "weights": self.issue.weights,
            "shift": self.issue.shift,
            "forecasts": [asdict(risk) for risk in self.issue.risks],
            "notes": list(self.notes),
        }


def forecast_onset(path: Path, origin: dt.date | None, issued_at: dt.date, seed: int = 0, progress: Progress = silent) -> OnsetForecast:
    """Return the chance of an onset within the two years after the origin, for every country of its year.

    Args:
        path: a table of country-years in the layout of the Early Warning Project's model data, or a folder that holds one.
        origin: end of the data that may be used, the last day of a year; the last year of the file by default.
        issued_at: the day of issue.
        seed: seed of everything drawn at random.
        progress: is told of each origin that is done.

    Raises:
        WrongUse: the origin is no last day of a year.
        BadInput: the file is not as it must be, or ends before or too soon for the origin.
    """
    table, name = read_model_data(path)
    if origin is not None:
        if (origin.month, origin.day) != (12, 31):
            raise WrongUse("the data are of whole years", "--origin", "the last day of a year, such as 2015-12-31", str(origin))
        years = whole(table, "year", name)
        if origin.year not in years:
            raise BadInput("the data have no rows of the origin's year", name, f"{years.min()} to {years.max()}", str(origin.year))
        table = table.filter(pc.less_equal(table["year"], origin.year))
    rows = country_years(table, name)
    first = first_origin(rows)
    if rows.last_year < first:
        raise BadInput("too few years to learn from", name, f"data to {first} or later", f"data to {rows.last_year}")
    total, done = rows.last_year - first + 1, [0]

    def watch(year: int) -> None:
        done[0] += 1
        progress(done[0], total, f"origin {year}")

    with threadpool_limits(limits=1):
        issue = issue_onsets(rows, seed, min(THREADS, os.cpu_count() or 1), watch)
    window = Window(dt.date(issue.origin + 1, 1, 1), dt.date(issue.origin + HORIZON, 12, 31))
    return OnsetForecast(name, issue, window, issued_at, rows.notes)
