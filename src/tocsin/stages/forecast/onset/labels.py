"""Onset of mass killing within one or two years, as answers that know when they became known."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.onset.rows import CountryYears, window_events
from tocsin.stages.forecast.outcome import Outcome, outcome


def onset_outcome(rows: CountryYears, years: int, lag_days: int = 0) -> Outcome:
    """Return whether a mass killing began within `years` after each row, known `lag_days` after the last of those years."""
    ends = np.array([f"{year + years}-12-31" for year in rows.years.tolist()], dtype="datetime64[D]")
    return outcome(window_events(rows, years), ends, lag_days)
