"""The monthly counts that the benches of count forecasts read: the file that tells of the latest month."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from tocsin.flow.challenge_files import read_actuals
from tocsin.stages.forecast.count_models import CountHistory, history_from_rows

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
DATA = SHARED / "data"
CHALLENGE = DATA / "views2023"
KINDS = {"ged_best_sb": "state-based", "ged_best_os": "one-sided", "ged_best_ns": "non-state"}


@cache
def newest_file() -> Path | None:
    """Return the file of monthly counts that tells of the latest month; None where there is none."""
    files = [file for file in sorted(DATA.glob("views*/ged_cm_*.parquet")) if "prepatch" not in file.name]
    found = {int(read_actuals(file, "ged_best_sb")[0].months.max()): file for file in files}
    return found[max(found)] if found else None


def history_of(column: str) -> CountHistory:
    """Return the monthly counts of one kind of violence."""
    counts = read_actuals(newest_file() or DATA, column)[0]
    return history_from_rows(counts.months, counts.places, counts.outcomes)
