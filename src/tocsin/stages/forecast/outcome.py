"""What came of a question, and when that became known: the only shape in which labels reach a model."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.panel import Array


@dataclass(frozen=True)
class Outcome:
    """Holds answers row by row: 1 it came, 0 it did not, NaN nobody can say (not asked, or the window is not over).

    Args:
        values: the answers.
        known_at: the day each answer became known (datetime64[D]); NaT where there is none.
    """

    values: Array
    known_at: np.ndarray

    def __post_init__(self) -> None:
        if (np.isnan(self.values) != np.isnat(self.known_at)).any():
            where = "answers and the days they became known"
            raise BadInput("an answer without a day, or a day without an answer", where, "both or neither", "one of them")

    def known_by(self, day: dt.date) -> Outcome:
        """Return what was known on `day`: a later answer is no answer yet."""
        late = ~(self.known_at <= np.datetime64(day, "D"))
        return Outcome(np.where(late, np.nan, self.values), np.where(late, np.datetime64("NaT", "D"), self.known_at))


def outcome(values: Array, window_ends: np.ndarray, lag_days: int) -> Outcome:
    """Return answers that became known `lag_days` after the end of their window.

    A yes could be known before its window ends; it is held back to the same day as a no, or the rate among known answers
    would be too high.

    >>> ends = np.array(["2001-12-31", "2002-12-31"], dtype="datetime64[D]")
    >>> outcome(np.array([1.0, np.nan]), ends, 31).known_at.tolist()
    [datetime.date(2002, 1, 31), None]
    """
    days = window_ends.astype("datetime64[D]") + np.timedelta64(lag_days, "D")
    return Outcome(values, np.where(np.isnan(values), np.datetime64("NaT", "D"), days))
