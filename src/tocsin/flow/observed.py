"""Writes what came, from counts or events, in the layout that a forecast of monthly deaths is scored against."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tocsin.flow.challenge_files import SHIFT, Counts, read_units, write_actuals
from tocsin.flow.fatalities_data import LEVELS, read_fatalities
from tocsin.model.errors import BadInput
from tocsin.model.months import first_day
from tocsin.stages.forecast.count_models import CountHistory


def write_observed(data: Path, forecast: Path, kind: str, target: Path) -> dict[str, Any]:
    """Write the count of every month and place that `forecast` speaks of, and return what was written.

    Args:
        data: monthly counts or events, as `tocsin forecast fatalities` reads them.
        forecast: a Parquet file, or a folder with `window=` parts.
        kind: state-based, non-state or one-sided.
        target: the Parquet file to write.

    Raises:
        BadInput: the data do not tell of a month or place; an unknown count is never written as zero.
    """
    units = list(read_units(forecast))
    if len({place for place, _, _ in units}) > 1:
        raise BadInput("windows by country and by grid cell in one folder", str(forecast), "one of the two", "both")
    place = units[0][0]
    keys = np.unique(np.concatenate([months * SHIFT + places for _, months, places in units]))
    months, places = keys // SHIFT, keys % SHIFT
    found = read_fatalities(data, next(level for level, column in LEVELS.items() if column == place), kind)
    outcomes = _counts(found.history, months, places)
    unknown = np.isnan(outcomes)
    if unknown.any():
        first = int(unknown.argmax())
        raise BadInput(
            f"{int(unknown.sum()):,} of {len(keys):,} units have no count, such as month {months[first]}, place {places[first]}",
            str(data),
            f"counts from {first_day(int(months.min())):%Y-%m} to {first_day(int(months.max())):%Y-%m}",
            f"counts to {first_day(int(found.history.months[-1])):%Y-%m}",
            "Bring the data of the missing months. An unknown count is not zero, so nothing was written.",
        )
    write_actuals(Counts(None, place, months, places, outcomes, found.vintage), target)
    return {
        "path": str(target),
        "kind": kind,
        "units": len(keys),
        "deaths": float(outcomes.sum()),
        "vintage": found.vintage,
        "skipped": found.skipped,
        "warnings": list(found.warnings),
    }


def _counts(history: CountHistory, months: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the count of each month and place; NaN where the history does not tell of it."""
    row, column = np.searchsorted(history.places, places), months - history.months[0]
    told = (row < len(history.places)) & (column >= 0) & (column < len(history.months))
    row, column = np.where(told, row, 0), np.where(told, column, 0)
    return np.where(told & (history.places[row] == places), history.values[row, column], np.nan)
