"""Country-years are checked before anything is learned from them: doubles, gaps, splits, one class, contradictions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from onset_files import COUNTRIES, FIRST, LAST, country_rows, labeled, risks, table_of

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.onset.inputs import COLUMNS, onset_inputs
from tocsin.stages.forecast.onset.published import published_risks
from tocsin.stages.forecast.onset.rows import country_years, window_events


def read(rows):
    return country_years(table_of(rows), "data.parquet")


def test_the_last_two_years_are_unknown_although_the_file_says_peace():
    rows = read(country_rows())
    assert not np.isnan(rows.given[rows.years == LAST - 2]).any()
    for label in (rows.given, window_events(rows)):
        assert np.isnan(label[rows.years >= LAST - 1]).all()


def test_a_one_year_window_is_known_a_year_earlier():
    rows = read(country_rows())
    known = ~np.isnan(window_events(rows, 1))
    assert known[rows.years == LAST - 1].all()
    assert not known[rows.years == LAST].any()


def test_a_row_that_stands_twice_is_refused():
    rows = country_rows()
    with pytest.raises(BadInput, match="stands twice") as error:
        read([*rows, rows[5]])
    assert "1 rows too many" in error.value.got


def test_one_name_with_two_codes_in_a_year_is_refused():
    rows = country_rows()
    rows[0]["ewp_name"] = rows[-LAST + FIRST - 1]["ewp_name"]
    with pytest.raises(BadInput, match="country name stands twice"):
        read(rows)


def test_a_country_that_ends_is_named_and_its_last_windows_are_unknown():
    rows = labeled([row for row in country_rows() if not (row["ccode"] == 2 and row["year"] > 1990)])
    found = read(rows)
    assert any("Land 00 ends in 1990" in note for note in found.notes)
    ended = (found.codes == 2) & (found.years >= 1989)
    assert np.isnan(window_events(found)[ended]).all()


def test_missing_years_are_named_and_are_gaps_not_peace():
    rows = labeled([row for row in country_rows() if not (row["ccode"] == 3 and row["year"] in (1985, 1986))])
    found = read(rows)
    assert any("Land 01: no rows for 1985 to 1986" in note for note in found.notes)
    around = (found.codes == 3) & np.isin(found.years, [1983, 1984])
    assert np.isnan(window_events(found)[around]).all()


def test_a_file_without_any_onset_is_refused():
    rows = labeled([{**row, "mk_onset": 0} for row in country_rows()])
    with pytest.raises(BadInput, match="only one class"):
        read(rows)


def test_a_label_that_contradicts_the_onsets_is_refused():
    rows = country_rows()
    rows[3]["mk_onset_1or2"] = 1 - rows[3]["mk_onset_1or2"]
    with pytest.raises(BadInput, match="contradicts"):
        read(rows)


def test_text_and_infinity_in_a_column_are_refused():
    table = table_of(country_rows())
    place = table.column_names.index("efindex")
    for bad in (pa.array(["much"] * table.num_rows), pa.array([np.inf] * table.num_rows)):
        with pytest.raises(BadInput) as error:
            country_years(table.set_column(place, "efindex", bad), "data.parquet")
        assert "efindex" in error.value.where


def test_a_missing_column_is_named():
    with pytest.raises(BadInput, match="columns are missing") as error:
        country_years(table_of(country_rows()).drop_columns(["efindex"]), "data.parquet")
    assert "efindex" in error.value.got


def test_a_table_without_rows_is_named_for_what_it_is():
    with pytest.raises(BadInput, match="no rows"):
        country_years(table_of(country_rows()).slice(0, 0), "data.parquet")


def test_the_order_of_rows_changes_nothing():
    rows = country_rows()
    forward, backward = read(rows), read(rows[::-1])
    np.testing.assert_array_equal(onset_inputs(forward), onset_inputs(backward))
    np.testing.assert_array_equal(window_events(forward), window_events(backward))


def test_inputs_of_a_year_do_not_move_when_later_years_are_corrupted():
    rows = country_rows()
    before = read(rows)
    for row in rows:
        if row["year"] > 1990:
            row |= {"battledeaths.log2": 99.0, "mk_onset": 1 - row["mk_onset"], "un_imr_sqrt": -5.0, "mk_ongoing_count_log2": 3.0}
    after = read(labeled(rows))
    early = before.years <= 1990
    assert onset_inputs(before)[early].tobytes() == onset_inputs(after)[early].tobytes()


def test_history_counts_years_not_rows():
    rows = country_rows()
    for row in rows:
        if row["ccode"] == 4:
            row |= {"mk_onset": int(row["year"] == 1980), "mk_ongoing_count_log2": 0.0}
    rows = labeled([row for row in rows if not (row["ccode"] == 4 and row["year"] in (1982, 1983))])
    found = read(rows)
    since = onset_inputs(found)[:, COLUMNS.index("years since an onset")]
    assert np.expm1(since[(found.codes == 4) & (found.years == 1985)])[0] == pytest.approx(5)


def test_the_share_of_the_world_counts_known_years_up_to_the_origin():
    rows = country_rows()
    for row in rows:
        row["mk_onset"] = int(row["year"] == 1990 and row["ccode"] in (3, 4, 5))
    rows = labeled(rows)
    for row in rows:
        if row["year"] == 1992:
            row["mk_onset"] = None
    found = read(rows)
    five, ten = (onset_inputs(found)[:, COLUMNS.index(f"share of countries with an onset in {years} years")] for years in (5, 10))
    at = {year: found.years == year for year in (1989, 1990, 1992, 1994, 1995)}
    assert (five[at[1989]] == 0).all() and (five[at[1995]] == 0).all()
    assert five[at[1990]] == pytest.approx(3 / COUNTRIES / 5) and ten[at[1990]] == pytest.approx(3 / COUNTRIES / 10)
    assert five[at[1992]] == pytest.approx(3 / COUNTRIES / 4), "a year of which nothing is known is no year without"


@pytest.mark.parametrize("column", ["risk_prev", "maxrisk2"])
def test_a_published_risk_above_one_is_refused(column):
    rows = risks(country_rows())
    rows[0][column] = 1.5
    with pytest.raises(BadInput, match="no probability"):
        published_risks(table_of(rows), "foos.parquet")


def test_a_published_row_that_stands_twice_is_refused():
    rows = risks(country_rows())
    with pytest.raises(BadInput, match="stands twice"):
        published_risks(table_of([*rows, rows[0]]), "foos.parquet")
