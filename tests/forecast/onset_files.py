"""Invented country-years with the columns of the published model, and invented published risks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tocsin.stages.forecast.methods import forest, random_cuts
from tocsin.stages.forecast.onset import models
from tocsin.stages.forecast.onset.rows import PUBLISHED_INPUTS

FIRST, LAST, COUNTRIES = 1976, 2000, 24


@pytest.fixture(scope="module", autouse=True)
def few_trees() -> Iterator[None]:
    """Grow few trees: these tests ask how rows are used, not how well they are forecast."""
    with pytest.MonkeyPatch.context() as patch:
        for grown in (forest, random_cuts):
            patch.setattr(grown, "TREES", 12)
        patch.setattr(models, "SHAPE", replace(models.SHAPE, trees=12, bags=1))
        yield


def country_rows(last: int = LAST, countries: int = COUNTRIES) -> list[dict[str, Any]]:
    """Return rows in which large, poor countries at war have more onsets; labels as the upstream file makes them."""
    stream = np.random.default_rng(7)
    danger = np.linspace(0, 1, countries)
    rows = []
    for place in range(countries):
        ever = 0
        for year in range(FIRST, last + 1):
            values = {name: float(stream.normal()) for name in PUBLISHED_INPUTS}
            onset = int(stream.random() < 0.02 + 0.25 * danger[place] ** 3)
            values |= dict.fromkeys(("reg.na", "reg.eap", "reg.sca", "reg.mna", "reg.eur", "newcountry"), 0.0)
            values |= {"year": float(year), "year_sq": float(year**2), "mk_ever": float(ever), "popsize.log2": 20 + 5 * danger[place]}
            values |= {"un_imr_sqrt": 4 + 4 * danger[place], "battledeaths.log2": float(stream.poisson(8 * danger[place]))}
            ever = max(ever, onset)
            rows.append({**values, "ewp_name": f"Land {place:02}", "ccode": place + 2, "mk_onset": onset})
    return labeled(rows)


def labeled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with the two-year label, zero-filled where the future is not known: as editions come."""
    came = {(row["ccode"], row["year"]): row["mk_onset"] for row in rows}
    for row in rows:
        row["mk_onset_1or2"] = max(came.get((row["ccode"], row["year"] + ahead), 0) for ahead in (1, 2))
    return rows


def table_of(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as a table."""
    return pa.Table.from_pylist(rows)


def risks(rows: list[dict[str, Any]], first: int = 1994, constant: float | None = None) -> list[dict[str, Any]]:
    """Return published risks for every row from `first` on: a guess from the country's code, or a constant."""
    found = []
    for row in rows:
        if row["year"] < first:
            continue
        risk = constant if constant is not None else 0.01 + row["ccode"] / 200
        found.append(
            {"ccode": row["ccode"], "year": int(row["year"]), "prev_year": int(row["year"]) - 1, "risk_prev": risk, "maxrisk2": risk}
        )
    return found
