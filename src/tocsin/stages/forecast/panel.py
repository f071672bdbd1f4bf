"""The country-year panel: deaths by kind of violence and a few covariates, as arrays by territory and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.vintage import Vintage, guard, vintage_of

Array = NDArray[np.float64]
DEATHS = ("deaths_one_sided", "deaths_state_based", "deaths_non_state")
COVARIATES = ("population", "infant_mortality", "gdp_per_capita")
#: A covariate older than this is missing, not carried on.
CARRY_YEARS = 5


@dataclass(frozen=True)
class Panel:
    """Holds one array (territory x year) an indicator; NaN is unknown.

    Args:
        territories: codes, sorted.
        years: consecutive years.
        values: indicator -> array.
        ids: figure ids of deaths by territory and year, for lineage.
        items: hashes of the files the figures were read from.
        vintage: whether the figures are those held on the day of issue, or a later revision.
    """

    territories: tuple[str, ...]
    years: tuple[int, ...]
    values: Mapping[str, Array]
    ids: Mapping[tuple[str, int], tuple[str, ...]]
    items: tuple[str, ...]
    vintage: Vintage = "final"

    @property
    def origin(self) -> dt.date:
        """Return the last day of the last year with deaths."""
        return dt.date(self.years[-1], 12, 31)


def build_panel(figures: Iterable[Mapping[str, Any]], issued_at: dt.date) -> Panel | None:
    """Return the panel of real territories; None where there are no yearly deaths.

    Raises:
        BadInput: two figures for one territory, year and indicator, or one that the world could not know at `issued_at`.
    """
    wanted = set(DEATHS) | set(COVARIATES)
    rows = [f for f in figures if f["indicator"] in wanted and f["territory"] and not f["invented"] and f["period_to"] is not None]
    deaths = [r for r in rows if r["indicator"] in DEATHS]
    if not deaths:
        return None
    guard(rows, issued_at)
    years = tuple(range(min(r["period_to"].year for r in deaths), max(r["period_to"].year for r in deaths) + 1))
    territories = tuple(sorted({r["territory"] for r in deaths}))
    row_of, column_of = {t: i for i, t in enumerate(territories)}, {y: i for i, y in enumerate(years)}
    values = {name: np.full((len(territories), len(years)), np.nan) for name in sorted(wanted)}
    ids: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        place, when = row_of.get(row["territory"]), column_of.get(row["period_to"].year)
        if place is None or when is None or row["value"] is None:
            continue
        if not np.isnan(values[row["indicator"]][place, when]):
            where = f"{row['indicator']}, {row['territory']}, {row['period_to'].year}"
            raise BadInput(
                "two figures for one territory and year", where, "one", "two", "Collect the dataset again, or remove one of them."
            )
        values[row["indicator"]][place, when] = row["value"]
        if row["indicator"] in DEATHS:
            ids.setdefault((row["territory"], years[when]), []).append(row["id"])
    items = tuple(sorted({r["item"] for r in rows}))
    return Panel(territories, years, values, {k: tuple(sorted(v)) for k, v in ids.items()}, items, vintage_of(rows, issued_at))
