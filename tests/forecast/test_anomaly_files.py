"""What `tocsin forecast anomalies` reads, refuses and says."""

from __future__ import annotations

import json
import math

import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.watch_files import read_series
from tocsin.model.errors import BadInput, WrongUse


def write(tmp_path, text):
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_cell_and_a_missing_row_are_not_zero(tmp_path):
    read = read_series(write(tmp_path, "territory,t,count\nXSE,1,4\nXSE,2,\nXSE,4,0\n"))
    assert [None if math.isnan(v) else v for v in read.series["XSE"]] == [4, None, None, 0]


def test_events_are_counted_and_a_week_without_any_event_anywhere_was_not_reported(tmp_path):
    text = "territory,admin1,date\nXSE,North,2024-01-01\nXSE,North,2024-01-03\nXSE,South,2024-01-08\nXSE,South,2024-01-22\n"
    read = read_series(write(tmp_path, text))
    assert read.labels == ("2024-W01", "2024-W02", "2024-W03", "2024-W04")
    assert [None if math.isnan(v) else v for v in read.series["XSE · North"]] == [2, 0, None, 0]
    assert "not reported and not zero: 1" in " ".join(read.notes)


def test_whoever_trusts_silence_counts_it_as_zero_events_but_never_as_a_zero_count(tmp_path):
    events = read_series(write(tmp_path, "date\n2024-01-01\n2024-01-22\n"), trusting=True)
    assert list(next(iter(events.series.values()))) == [1, 0, 0, 1]
    counts = read_series(write(tmp_path, "date,count\n2024-01-01,3\n2024-01-22,4\n"), trusting=True)
    assert [math.isnan(v) for v in next(iter(counts.series.values()))] == [False, True, True, False]


def test_year_and_week_follow_the_calendar_of_iso(tmp_path):
    read = read_series(write(tmp_path, "year,week,count\n2020,53,1\n2021,1,2\n"))
    assert read.labels == ("2020-W53", "2021-W01")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("t,count\n1,4\n1,5\n", "the same series and period"),
        ("t,count\n1,-4\n", "not a count"),
        ("t,count\n1,inf\n", "not a count"),
        ("t,count\n1,many\n", "not a number"),
        ("count\n1\n", "no column says when"),
        ("date,count\n2024-13-01,4\n", "the period can't be read"),
        ("date,count\n1024-01-01,4\n2024-01-01,4\n", "too far apart"),
        ("t,count\n", "no row"),
    ],
)
def test_what_can_not_be_used_is_named(tmp_path, text, says):
    with pytest.raises(BadInput) as caught:
        read_series(write(tmp_path, text))
    assert says in str(caught.value)


def test_wrong_options_are_wrong_use(tmp_path):
    path = write(tmp_path, "t,count\n1,4\n")
    with pytest.raises(WrongUse):
        read_series(path, every="year")
    with pytest.raises(WrongUse):
        read_series(path, by=["nothing"])


def test_the_command_states_false_alarms_and_shows_silence(tmp_path):
    lines = [f"{place},{t},{20 + (t * 7) % 5}" for place in ("North", "South") for t in range(30)]
    lines = [line for line in lines if line != "North,12,24"] + ["North,30,90", "South,30,21"]
    result = CliRunner().invoke(
        app, ["forecast", "anomalies", "--data", str(write(tmp_path, "place,t,count\n" + "\n".join(lines))), "--json"]
    )
    assert result.exit_code == 0, result.output
    answer = json.loads(result.output)
    assert answer["series"] == 2 and answer["methods"]["C1"]["judged_in_newest_period"] == 2
    assert answer["methods"]["C1"]["expected_false_alarms_per_period_after_control"] <= 2 * answer["methods"]["C1"]["false_alarm_rate"]
    newest = {row["series"]: row for row in answer["rows"] if row["t"] == 30 and row["method"] == "C1"}
    assert newest["North"]["kept"] and not newest["South"]["alarm"]
    assert {row["state"] for row in answer["rows"] if row["method"] == "farrington_improved"} <= {"not_judged", "not_reported"}


def test_a_list_of_events_counts_events_also_where_it_names_their_deaths(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("id,date_start,country,best\n1,2031-01-06,Selmora,4\n2,2031-01-08,Selmora,0\n3,2031-01-14,Selmora,9\n", "utf-8")
    read = read_series(path)
    assert {name: counts.tolist() for name, counts in read.series.items()} == {"Selmora": [2.0, 1.0]}
    assert "each row is one event" in read.notes


def test_whole_numbers_that_a_writer_kept_with_a_point_are_read(tmp_path):
    assert read_series(write(tmp_path, "t,count\n1.0,4\n2.0,5\n")).labels == ("1", "2")
    assert read_series(write(tmp_path, "year,week,count\n2020.0,53.0,1\n")).labels == ("2020-W53",)


@pytest.mark.parametrize(("text", "says"), [("t,count\n1.5,4\n", "t 1.5"), ("year,week,count\n2019,53,4\n", "year 2019, week 53")])
def test_a_period_that_is_none_is_shown_as_it_stands(tmp_path, text, says):
    with pytest.raises(BadInput) as caught:
        read_series(write(tmp_path, text))
    assert says in str(caught.value)


def test_three_points_are_not_called_calm(tmp_path):
    result = CliRunner().invoke(app, ["forecast", "anomalies", "--data", str(write(tmp_path, "t,count\n1,4\n2,5\n3,4\n"))])
    assert result.exit_code == 0, result.output
    assert "NOTHING COULD BE JUDGED" in result.output
    assert "ALARMS THAT STAND" not in result.output


def test_a_series_of_zeros_alone_is_said_to_tell_nothing(tmp_path):
    lines = "\n".join(f"{t},0" for t in range(1, 40))
    result = CliRunner().invoke(app, ["forecast", "anomalies", "--data", str(write(tmp_path, "t,count\n" + lines))])
    assert "SERIES WITHOUT A SINGLE CASE: 1" in result.output


def test_a_place_is_named_once_where_its_region_follows_from_it(tmp_path):
    path = tmp_path / "events.csv"
    head = "id,date_start,country,adm_1,region\n"
    path.write_text(
        head + "1,2031-01-06,Selmora,North,Africa\n2,2031-01-08,Selmora,South,Africa\n3,2031-01-14,Kenya,West,Africa\n", "utf-8"
    )
    assert set(read_series(path).series) == {"Selmora", "Kenya"}
    path.write_text("t,country,region,count\n1,Selmora,Africa,2\n1,Selmora,Asia,3\n", "utf-8")
    assert set(read_series(path).series) == {"Selmora · Africa", "Selmora · Asia"}
