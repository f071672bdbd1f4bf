"""Escalation: deaths of twelve months cross a level from below, after two years below it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.outcome import Outcome, outcome
from tocsin.stages.forecast.panel import Array

LEVELS = (25, 100, 1000)
#: The sum runs over this many months, and must have stayed below the level for this many.
SUM_MONTHS, QUIET_MONTHS = 12, 24


@dataclass(frozen=True)
class Escalation:
    """Names one question: does the sum of twelve months reach `deaths` within `months` after the origin?"""

    deaths: int
    months: int = 12

    @property
    def name(self) -> str:
        """Return the name that tables carry."""
        return f"escalation_{self.deaths}"


ESCALATIONS: tuple[Escalation, ...] = tuple(Escalation(deaths, months) for months in (12, 24) for deaths in LEVELS)


def trailing_sum(monthly: Array) -> Array:
    """Return, month by month, the deaths of the twelve months that end with it; NaN where one of them is unknown."""
    padded = np.concatenate([np.full((len(monthly), SUM_MONTHS - 1), np.nan), monthly], axis=1)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, SUM_MONTHS, axis=1).sum(axis=2))


def escalations(monthly: Array, first: np.datetime64, origin: int, question: Escalation, lag_days: int = 0) -> Outcome:
    """Return the answers for every territory at the end of month number `origin`.

    Asked only where the twelve-month sum was below the level in each of the 24 months up to the origin; elsewhere, and
    where a month is unknown or the window is not over, the answer is NaN: not asked and not yet known are no peace.

    Args:
        monthly: territory x month, deaths; NaN is unknown.
        first: the first month of `monthly` (datetime64[M]).
        origin: column of the last month with data.
        question: level and months ahead.
        lag_days: days from the end of the window until its last month is published.

    Raises:
        BadInput: deaths below 0, or an origin outside the months.
    """
    if (monthly < 0).any():
        raise BadInput("deaths below 0", "monthly deaths", "0 or more", f"{np.nanmin(monthly):g}", "Check the file.")
    if not 0 <= origin < monthly.shape[1]:
        raise BadInput("the origin is outside the months", "origin", f"0 to {monthly.shape[1] - 1}", str(origin))
    sums = trailing_sum(monthly)
    before, after = sums[:, max(origin - QUIET_MONTHS + 1, 0) : origin + 1], sums[:, origin + 1 : origin + 1 + question.months]
    asked = (before < question.deaths).all(axis=1) if before.shape[1] == QUIET_MONTHS else np.zeros(len(monthly), dtype=bool)
    over = ~np.isnan(after).any(axis=1) if after.shape[1] == question.months else np.zeros(len(monthly), dtype=bool)
    came = (after >= question.deaths).any(axis=1).astype(float)
    end = (first + np.timedelta64(origin + question.months + 1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return outcome(np.where(asked & over, came, np.nan), np.full(len(monthly), end), lag_days)
