"""What a reader may rely on in the Peoples under Threat index: the published sums, honest bounds, ranks that do not hang on row order."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.flow.index_files import as_json, rank_put
from tocsin.model.errors import BadInput
from tocsin.stages.assess import COMPONENTS, Doubt, IndexRow, put_score, rank_rows

HEAD = "country,year,A,B,C,D,E,F,G,H,I,J"
ROW = "Selmora,2020,5,2,1,0.1,9,9,-1,-2,-1,7"
#: A, B and C are levels; the rest is any number in the range of the component.
VALUES = st.fixed_dictionaries({c.key: st.floats(c.low, c.high) if c.key != "C" else st.sampled_from([0.0, 1.0]) for c in COMPONENTS})


def write(tmp_path, *rows, head=HEAD, name="rows.csv"):
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_published_rows_are_reproduced(shared):
    path = shared / "data" / "put" / "rows.csv"
    with path.open(encoding="utf-8") as file:
        published = [float(row["published"]) for row in csv.DictReader(file)]
    found = rank_put(path, seed=1)
    assert len(found) == len(published) == 4
    for one, total in zip(found, published, strict=True):
        assert one.score.score == pytest.approx(total, abs=0.011)


def test_a_folder_is_read_as_its_tables(shared):
    assert {one.row.territory for one in rank_put(shared / "data" / "put", seed=1)} == {"SYR", "SOM", "NGA", "TUR"}


@given(VALUES, st.sampled_from("ABCDEFGHIJ"))
def test_the_bounds_hold_whatever_the_missing_input_was(values, hidden):
    full, partial = put_score(values), put_score({**values, hidden: None})
    assert partial.missing == (hidden,)
    if hidden in "ABC":
        assert partial.score == pytest.approx(put_score({**values, hidden: 0.0}).score)
        assert partial.low == partial.high == partial.score
    else:
        assert partial.score is None
        assert partial.low - 1e-9 <= full.score <= partial.high + 1e-9


def test_a_row_without_a_b_and_c_still_has_a_score_and_says_so(tmp_path):
    (row,) = as_json(rank_put(write(tmp_path, "Selmora,2020,,NA,..,0.1,9,9,-1,-2,-1,7"), seed=1))
    assert row["score"] == pytest.approx(1 + 3 + 4 + 4.375)
    assert row["missing"] == row["counted_as_zero"] == ["A", "B", "C"]


def test_any_other_missing_input_gives_bounds_and_no_score(tmp_path):
    (row,) = as_json(rank_put(write(tmp_path, "Selmora,2020,5,2,1,,9,9,-1,-2,-1,7"), seed=1))
    assert row["score"] is None and row["rank"] is None and row["missing"] == ["D"]
    assert row["high"] - row["low"] == pytest.approx(10)


def rows_of(table):
    return [IndexRow(territory, year, values) for (territory, year), values in table.items()]


EDITIONS = st.dictionaries(st.tuples(st.sampled_from(["AAA", "BBB", "CCC", "DDD"]), st.sampled_from([2019, 2020])), VALUES, min_size=1)


@settings(max_examples=25)
@given(EDITIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(table, random):
    rows = rows_of(table)
    mixed = list(rows)
    random.shuffle(mixed)
    doubt = Doubt(draws=100)
    by_row = {(r.row.territory, r.row.year): r for r in rank_rows(mixed, 7, doubt)}
    assert [by_row[r.territory, r.year] for r in rows] == rank_rows(rows, 7, doubt)


@settings(max_examples=25)
@given(EDITIONS)
def test_every_rank_lies_inside_its_interval_and_inside_the_edition(table):
    for one in rank_rows(rows_of(table), 7, Doubt(draws=100)):
        size = sum(year == one.row.year for _, year in table)
        assert 1 <= one.rank_low <= one.rank <= one.rank_high <= size


def test_a_greater_component_never_lowers_a_rank():
    calm = dict(zip("ABCDEFGHIJ", (1, 0, 0, 0.01, 5, 5, 0, 0, 0, 3), strict=True))
    ranked = rank_rows([IndexRow("AAA", 2020, calm), IndexRow("BBB", 2020, {**calm, "A": 5})], 7)
    assert [one.rank for one in ranked] == [2, 1]


def test_a_territory_does_not_rise_because_another_left_the_list():
    at = {c.key: 0.0 for c in COMPONENTS}
    high, middle, low = ({**at, "E": e} for e in (9.0, 5.0, 1.0))
    before = [IndexRow("AAA", 2019, high), IndexRow("BBB", 2019, middle), IndexRow("CCC", 2019, low)]
    now = [IndexRow("BBB", 2020, middle), IndexRow("CCC", 2020, low)]
    found = {(r.row.territory, r.row.year): r for r in rank_rows([*before, *now], 7)}
    assert found["BBB", 2020].rise == 0 and found["BBB", 2020].rank == 1
    assert found["BBB", 2019].rise is None and found["BBB", 2020].since == 2019


def test_rising_rows_say_how_sure_the_rise_is():
    at = {c.key: 0.0 for c in COMPONENTS}
    rows = [
        IndexRow("AAA", 2019, {**at, "A": 5.0}),
        IndexRow("BBB", 2019, at),
        IndexRow("AAA", 2020, at),
        IndexRow("BBB", 2020, {**at, "A": 5.0}),
    ]
    found = {(r.row.territory, r.row.year): r for r in rank_rows(rows, 7)}
    assert found["BBB", 2020].rise == 1 and found["BBB", 2020].rise_probability > 0.9
    assert found["AAA", 2020].rise == -1 and found["AAA", 2020].rise_probability < 0.1


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((ROW, ROW), "XSE 2020 comes twice"),
        (("Nowhere land,2020,5,2,1,0.1,9,9,-1,-2,-1,7",), "no territory is called 'Nowhere land'"),
        (("Selmora,2020,5,2,1,80.56,9,9,-1,-2,-1,7",), "a fraction and not percent"),
        (("Selmora,2020,6,2,1,0.1,9,9,-1,-2,-1,7",), "column A: 6 is outside 0 to 5"),
        (("Selmora,2020,5,2,0.5,0.1,9,9,-1,-2,-1,7",), "column C"),
        (("Selmora,2020,5,2,1,0.1,9,9,-1,inf,-1,7",), "column H"),
        (("Selmora,2020,5,2,1,0.1,nine,9,-1,-2,-1,7",), "'nine' is not a number"),
        (("Selmora,20x0,5,2,1,0.1,9,9,-1,-2,-1,7",), "'20x0' is not a year"),
        ((), "no row"),
    ],
)
def test_bad_rows_are_named_and_nothing_is_scored(tmp_path, rows, says):
    with pytest.raises(BadInput) as caught:
        rank_put(write(tmp_path, *rows), seed=1)
    assert says in str(caught.value)


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(BadInput) as caught:
        rank_put(write(tmp_path, "Selmora,2020,5,2,1,0.1,9,9,-1,-2,-1", head=HEAD.removesuffix(",J")), seed=1)
    assert "j or country_risk" in str(caught.value)


def test_the_same_row_in_two_files_of_a_folder_is_a_duplicate(tmp_path):
    write(tmp_path, ROW)
    write(tmp_path, ROW, name="again.csv")
    with pytest.raises(BadInput, match="comes twice"):
        rank_put(tmp_path, seed=1)


def test_a_row_whose_least_possible_index_is_greater_stands_before_one_that_has_a_rank(tmp_path):
    rows = ("Selmora,2020,5,2,1,0.8,9,9,-2,-2,-2,", "Kenya,2020,,,,0.1,5,5,-1,-1,-1,3", "Chad,2020,,,,,5,5,-1,-1,-1,3")
    found = {one["territory"]: one for one in as_json(rank_put(write(tmp_path, *rows), seed=1))}
    assert found["XSE"]["rank"] is None and found["XSE"]["low"] > found["KEN"]["score"]
    assert found["KEN"]["rank"] == 2  # Chad may be above or below, and is not counted


def test_a_year_that_a_writer_kept_with_a_point_is_read(tmp_path):
    (row,) = as_json(rank_put(write(tmp_path, ROW.replace("2020", "2020.0")), seed=1))
    assert row["year"] == 2020
