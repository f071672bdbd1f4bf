"""Labels know when they became known; what is not asked or not over is unknown, never zero."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from onset_files import LAST, country_rows, table_of

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.onset.labels import onset_outcome
from tocsin.stages.forecast.onset.rows import country_years
from tocsin.stages.forecast.outcome import Outcome


def test_an_onset_becomes_known_at_the_end_of_its_window():
    rows = country_years(table_of(country_rows()), "data")
    for years in (1, 2):
        found = onset_outcome(rows, years, lag_days=90)
        of = rows.years == LAST - years
        assert set(found.known_at[of].tolist()) == {dt.date(LAST + 1, 3, 31)}
        assert np.isnan(found.values[rows.years > LAST - years]).all()


def test_an_answer_is_hidden_until_the_day_it_became_known():
    rows = country_years(table_of(country_rows()), "data")
    found = onset_outcome(rows, 2)
    before, after = (~np.isnan(found.known_by(day).values[rows.years == 1990]) for day in (dt.date(1992, 12, 30), dt.date(1992, 12, 31)))
    assert not before.any()
    assert after.all()


def test_an_answer_without_a_day_is_refused():
    with pytest.raises(BadInput):
        Outcome(np.array([1.0]), np.array(["NaT"], dtype="datetime64[D]"))
