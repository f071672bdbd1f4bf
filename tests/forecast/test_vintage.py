"""What the vintage guard promises: nothing from after the day of issue, and no column that gives the answer away."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.model.errors import BadInput
from tocsin.model.periods import Window, window_after
from tocsin.stages.forecast import build_panel, issue_forecasts
from tocsin.stages.forecast.onset.rows import PUBLISHED_INPUTS, country_years
from tocsin.stages.forecast.vintage import LAGS, Issuing, as_of, available, guard, refuse_leaks, vintage_of

ISSUED = dt.date(2016, 7, 1)
PLACES = [f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(12)]


def figure(place: str, year: int, indicator: str, value: float, **more) -> dict:
    return {
        "id": f"fig-{place}-{year}-{indicator}",
        "dataset": "ucdp_country_year",
        "indicator": indicator,
        "territory": place,
        "value": value,
        "period_to": dt.date(year, 12, 31),
        "available_at": dt.date(year + 1, 6, 30),
        "first_seen": None,
        "item": "a" * 64,
        "invented": False,
        **more,
    }


def figures(last: int = 2019) -> list[dict]:
    draws = np.random.default_rng(5)
    rows = []
    for number, place in enumerate(PLACES):
        for year in range(1998, last + 1):
            for indicator in ("deaths_one_sided", "deaths_state_based", "deaths_non_state"):
                rows.append(figure(place, year, indicator, float(draws.negative_binomial(0.4, 0.4 / (0.4 + 15 * (number % 4) ** 2 + 1)))))
    return rows


def as_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def corrupted(rows: list[dict], day: dt.date, stream: np.random.Generator) -> list[dict]:
    """Return the rows with everything that became known after `day` replaced, doubled or taken away."""
    kept = []
    for row in rows:
        if available(row) <= day:
            kept.append(row)
            continue
        fate = stream.integers(0, 4)
        if fate == 0:
            continue
        kept.append({**row, "value": float(stream.integers(0, 10**6)), "item": "f" * 64})
        if fate == 2:
            kept.append({**row, "id": row["id"] + "-again", "territory": "ZZZ"})
        if fate == 3:
            kept.append({**row, "value": None})
    order = stream.permutation(len(kept))
    return [kept[number] for number in order]


@given(st.integers(0, 2**32 - 1), st.dates(dt.date(2003, 1, 1), dt.date(2020, 12, 31)))
@settings(max_examples=40)
def test_the_panel_of_a_day_never_depends_on_what_came_after_that_day(seed, day):
    rows = figures()
    honest, other = (build_panel(as_of(r, day), day) for r in (rows, corrupted(rows, day, np.random.default_rng(seed))))
    assert honest.territories == other.territories and honest.years == other.years and honest.items == other.items
    assert all(honest.values[name].tobytes() == other.values[name].tobytes() for name in honest.values)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=3)
def test_forecasts_are_identical_to_the_byte_when_all_later_data_are_corrupted(seed):
    rows = figures()
    honest = issue_forecasts(as_of(rows, ISSUED), ISSUED, seed=1)
    other = issue_forecasts(as_of(corrupted(rows, ISSUED, np.random.default_rng(seed)), ISSUED), ISSUED, seed=1)
    assert as_bytes(honest.forecasts) == as_bytes(other.forecasts)
    assert as_bytes(honest.scores) == as_bytes(other.scores)


def test_a_row_from_after_the_day_of_issue_is_refused_and_the_message_says_what_to_do():
    late = figure("XAA", 2016, "deaths_one_sided", 4.0)
    with pytest.raises(BadInput) as caught:
        guard([late], ISSUED)
    parts = caught.value.as_dict()
    assert "not yet known" in parts["what"] and parts["where"] == "deaths_one_sided, XAA, 2016"
    assert parts["expected"] == "available by 2016-07-01" and parts["got"] == "available from 2017-06-30" and parts["todo"]


def test_the_day_of_issue_is_the_last_day_that_counts():
    on_the_day, day_after = (
        figure(
            "XAA",
            2015,
            "population",
            1.0,
            available_at=ISSUED + dt.timedelta(days=late),
            first_seen=dt.datetime(2016, 7, 1 + late, tzinfo=dt.UTC),
        )
        for late in (0, 1)
    )
    guard([on_the_day], ISSUED)
    with pytest.raises(BadInput, match="not yet known"):
        guard([day_after], ISSUED)
    assert as_of([on_the_day, day_after], ISSUED) == [on_the_day]
    assert (vintage_of([on_the_day], ISSUED), vintage_of([on_the_day, day_after], ISSUED)) == ("as_known", "final")


@pytest.mark.parametrize(
    ("dataset", "known"),
    [
        ("vdem_country_year", dt.date(2016, 3, 31)),
        ("ucdp_country_year", dt.date(2016, 6, 30)),
        ("worldbank_country_year", dt.date(2016, 7, 31)),
    ],
)
def test_a_row_without_a_day_takes_the_usual_delay_of_its_publisher(dataset, known):
    assert available(figure("XAA", 2015, "population", 1.0, dataset=dataset, available_at=None)) == known


def test_a_row_that_nobody_can_date_is_refused():
    with pytest.raises(BadInput, match="nobody says when"):
        guard([figure("XAA", 2015, "population", 1.0, dataset="somewhere", available_at=None)], ISSUED)


def test_delays_are_those_of_the_publishers():
    assert {name: (lag.years, lag.month) for name, lag in LAGS.items()} == {"vdem": (1, 3), "ucdp": (1, 6), "worldbank": (1, 7)}


def test_a_forecast_for_an_earlier_day_on_todays_files_is_called_final():
    today = [figure("XAA", 2015, "population", 1.0, first_seen=dt.datetime(2016, 6, 30, 12, tzinfo=dt.UTC))]
    assert vintage_of(today, ISSUED) == "as_known"
    assert vintage_of([{**today[0], "first_seen": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}], ISSUED) == "final"
    made = issue_forecasts(as_of(figures(), ISSUED), ISSUED, seed=1)
    assert set(made.forecasts.column("vintage").to_pylist()) == set(made.scores.column("vintage").to_pylist()) == {"final"}


def test_a_forecast_needs_its_three_dates_in_order():
    origin = dt.date(2015, 12, 31)
    assert Issuing(origin, origin, window_after(origin, 12)).ahead
    assert not Issuing(origin, dt.date(2016, 1, 1), window_after(origin, 12)).ahead
    with pytest.raises(BadInput, match="before its data end"):
        Issuing(origin, dt.date(2015, 12, 30), window_after(origin, 12))
    with pytest.raises(BadInput, match="inside its data"):
        Issuing(origin, ISSUED, window_after(dt.date(2015, 6, 30), 12))
    with pytest.raises(BadInput, match="inside its data"):
        Issuing(origin, ISSUED, Window(origin, dt.date(2016, 12, 31)))


def answers(rows: int = 200, events: int = 20) -> np.ndarray:
    return np.array([1.0] * events + [0.0] * (rows - events))


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("canary_of_the_day", np.zeros(200)),
        ("the answer", answers()),
        ("its opposite", 3 - 2 * answers()),
        ("deaths in the window", np.concatenate([np.arange(100, 120), np.arange(0, 180) / 2.0])),
    ],
)
def test_a_column_that_gives_the_answer_away_is_refused_by_name(name, column):
    honest = np.random.default_rng(1).normal(size=200)
    with pytest.raises(BadInput) as caught:
        refuse_leaks(["honest", name], np.column_stack([honest, column]), answers())
    assert name in caught.value.where


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 3.0))
def test_inputs_that_err_at_times_are_no_leak(seed, strength):
    stream = np.random.default_rng(seed)
    label = answers(400, 40)
    column = stream.normal(size=400) + strength * label
    column[0], column[-1] = -10.0, 10.0
    columns = np.column_stack([column, np.ones(400), np.full(400, np.nan)])
    assert refuse_leaks(["good but not perfect", "constant", "unknown"], columns, label) is None


@pytest.mark.parametrize("sign", [1, -1])
def test_one_threshold_that_is_right_every_time_is_a_leak_in_either_direction(sign):
    label = answers(200, 20)
    column = sign * np.where(label == 1, 5.0, -5.0) + np.linspace(0, 1, 200)
    with pytest.raises(BadInput, match="right every time"):
        refuse_leaks(["parted"], column[:, None], label)


def test_few_events_prove_no_leak():
    label = answers(200, 4)
    column = np.concatenate([np.arange(300, 304), np.arange(196)])[:, None].astype(float)
    assert refuse_leaks(["parted by chance"], column, label) is None


@pytest.mark.parametrize(("events", "leak"), [(2, False), (3, True)])
def test_a_column_equal_to_the_answer_is_a_leak_from_three_events_on(events, leak):
    label = answers(200, events)
    if leak:
        with pytest.raises(BadInput, match="one value with the event"):
            refuse_leaks(["equal"], label[:, None], label)
    else:
        assert refuse_leaks(["equal"], label[:, None], label) is None


def country_rows(leak: bool) -> pa.Table:
    """Return country-years in the layout of the Early Warning Project; with `leak`, one input is the answer."""
    stream = np.random.default_rng(2)
    countries, years = 30, np.arange(1990, 2010)
    onset = (stream.random((countries, len(years))) < 0.05).astype(float)
    after = np.column_stack([onset[:, 1:], np.zeros(countries)]), np.column_stack([onset[:, 2:], np.zeros((countries, 2))])
    label = np.maximum(*after).ravel()
    columns = {name: stream.normal(size=countries * len(years)) for name in PUBLISHED_INPUTS}
    columns["year"] = np.tile(years, countries).astype(float)
    if leak:
        columns["coup.try.5yr"] = label * 2 + 1
    names = [f"Country {number}" for number in range(countries) for _ in years]
    codes = np.repeat(np.arange(1, countries + 1), len(years))
    return pa.table({"ewp_name": names, "ccode": codes, **columns, "mk_onset": onset.ravel(), "mk_onset_1or2": label})


def test_a_leak_in_somebody_elses_table_is_refused_too():
    assert len(country_years(country_rows(leak=False), "rows.csv").codes) == 600
    with pytest.raises(BadInput, match="gives the answer away") as caught:
        country_years(country_rows(leak=True), "rows.csv")
    assert "coup.try.5yr" in caught.value.where


def test_a_canary_that_no_model_reads_is_refused_all_the_same():
    planted = country_rows(leak=False).append_column("canary", pa.array(np.zeros(600)))
    with pytest.raises(BadInput, match="planted to show a leak") as caught:
        country_years(planted, "rows.csv")
    assert "canary" in caught.value.where
