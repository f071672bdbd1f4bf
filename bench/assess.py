"""Measures the index against published rows, and the anomaly methods against stored R results. Run: python -m bench.assess."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from tocsin.flow.index_files import rank_put

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
SEED = 20130111


def main() -> None:
    """Print every table."""
    if not (SHARED / "data").is_dir():
        print(f"The reference tables are not here: {SHARED / 'data'}")
        return
    peoples_under_threat()


def peoples_under_threat() -> None:
    """Compare the index with the published totals."""
    path = SHARED / "data" / "put" / "rows.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    print("\nPeoples under Threat against the published totals (goal: every gap at most 0.011)")
    print(f"{'row':16}{'published':>10}{'formula':>10}{'gap':>8}")
    for row, found in zip(rows, rank_put(path, SEED), strict=True):
        published, score = float(row["published"]), found.score.score or 0.0
        print(f"{row['country'] + ' ' + row['year']:16}{published:10.3f}{score:10.3f}{score - published:8.3f}")


if __name__ == "__main__":
    main()
