"""Lists that support no number get a reason, never a number that looks sure."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.model.errors import BadInput, WrongUse

run = CliRunner().invoke


def ask(path, *options):
    result = run(app, ["estimate", str(path), "--method", "dga,chao,coverage", "--json", *options])
    return result, json.loads(result.stdout) if result.stdout else None


def write(tmp_path, text):
    path = tmp_path / "lists.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A,B,count\n1,0,30\n0,1,20\n1,1,12\n", "fewer than 3 lists"),
        ("A,B,C,count\n1,0,0,30\n0,1,0,20\n0,0,1,12\n", "No person is on two lists"),
        ("A,B,C,count\n1,0,0,30\n0,1,0,20\n1,1,0,8\n1,0,1,20\n", "also on list A"),
        ("A,B,C,count\n1,0,0,30\n1,1,0,20\n1,0,1,8\n1,1,1,6\n", "names everyone"),
        ("A,B,C,count\n1,0,0,0\n0,1,1,0\n", "nothing to count"),
        ("A,B,C,D,count\n1,0,0,0,30\n0,1,0,0,20\n1,1,0,0,8\n", "fewer than 3 lists"),
    ],
)
def test_lists_that_support_nothing_are_refused_in_words(tmp_path, text, reason):
    result, answer = ask(write(tmp_path, text))
    assert result.exit_code == 1
    for found in answer["estimates"]:
        assert found["median"] is found["low"] is found["high"] is None
        assert reason in found["refused"]
    assert answer["spread"]["low"] is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A,B,C,count\n", "no rows"),
        ("", "empty"),
        ("A,B,C,count\n1,0,0,-3\n", "negative"),
        ("A,B,C,count\n1,0,0,2.5\n", "no whole number"),
        ("A,B,C,count\n1,0,0,many\n", "no number"),
        ("A,B,C\n1,0,0\n0,1,0\n1,1,0\n0,0,1\n0,1,2\n1,1,1\n", "something other than 0 and 1"),
        ("A,A,C,count\n1,0,0,3\n", "same name"),
        ("A,B,C,count\n1,0,,3\n0,1,1,2\n", "has gaps"),
        ("A,B,C,count\n1,0,1,\n0,1,1,\n", "count is missing"),
        ("A,B,C,count\n,,,3\n,,,2\n", "no column is a list"),
        ("region,town\nnorth,a\nsouth,b\n", "no column is a list"),
        ("id,A,B,C\n1,1,0,0\n1,0,1,0\n2,1,1,1\n", "two rows have the same id"),
        ("record_id,list\n1,A\n2,B\n", "which of them are one person is not known"),
    ],
)
def test_files_that_are_no_lists_stop_with_a_message(tmp_path, text, what):
    result = run(app, ["estimate", str(write(tmp_path, text))])
    assert isinstance(result.exception, BadInput)
    assert what in result.exception.what


def test_unknown_method_and_column_are_wrong_use(tmp_path):
    path = write(tmp_path, "A,B,C,count\n1,0,0,3\n")
    for options in (["--method", "magic"], ["--strata", "region"]):
        assert isinstance(run(app, ["estimate", str(path), *options]).exception, WrongUse)


def test_a_missing_file_is_named(tmp_path):
    result = run(app, ["estimate", str(tmp_path / "nothing.csv")])
    assert isinstance(result.exception, BadInput)
    assert "nothing.csv" in str(result.exception)


def test_a_list_column_without_any_value_is_left_out_and_said(tmp_path):
    _, answer = ask(write(tmp_path, "A,B,C,D,count\n1,0,0,,30\n0,1,0,,25\n0,0,1,,20\n1,1,0,,9\n1,0,1,,8\n0,1,1,,7\n1,1,1,,4\n"))
    assert [entry["name"] for entry in answer["lists"]] == ["A", "B", "C"]
    assert any("Column D is empty" in note for note in answer["notes"])


def test_a_stratum_that_is_never_known_is_said(tmp_path):
    text = "A,B,C,region,count\n1,0,0,,30\n0,1,0,,25\n0,0,1,,20\n1,1,0,,9\n1,0,1,,8\n0,1,1,,7\n1,1,1,,4\n"
    _, answer = ask(write(tmp_path, text), "--strata", "region")
    assert any("every row is in the stratum" in note for note in answer["notes"])


def records_and_clusters(tmp_path, ids, lists, clustered):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"record_id": ids, "list": lists}), tmp_path / "records.parquet")
    clusters = pa.table({"record_id": clustered, "cluster_id": clustered, "draw": [0] * len(clustered)})
    pq.write_table(clusters.replace_schema_metadata({"candidate_recall": "0.91"}), tmp_path / "clusters.parquet")
    return run(app, ["estimate", str(tmp_path / "records.parquet"), "--method", "chao", "--json", "--clusters", str(tmp_path)])


@pytest.mark.parametrize(
    ("ids", "lists", "clustered", "what"),
    [
        (["a", "a", "b"], ["A", "B", "C"], ["a", "b"], "same id"),
        (["a", "b", "c"], ["A", None, "C"], ["a", "b", "c"], "lacks a value"),
        (["a", "b", "c"], ["A", "B", "C"], ["x", "y"], "of other records"),
        (["a", "b", "c"], ["A", "B", "C"], ["a", "b", "b"], "same id"),
    ],
)
def test_records_that_do_not_fit_their_clusters_stop(tmp_path, ids, lists, clustered, what):
    result = records_and_clusters(tmp_path, ids, lists, clustered)
    assert isinstance(result.exception, BadInput)
    assert what in result.exception.what


def test_missed_pairs_are_said_beside_the_estimate(tmp_path):
    answer = json.loads(records_and_clusters(tmp_path, ["a", "b", "c"], ["A", "B", "C"], ["a", "b", "c"]).stdout)
    assert answer["candidate_recall"] == 0.91
    assert any("biased upwards" in warning for warning in answer["warnings"])


def test_refusals_are_told_in_the_text_too(tmp_path):
    text = run(app, ["estimate", str(write(tmp_path, "A,B,count\n1,0,30\n0,1,20\n1,1,12\n")), "--method", "all"]).stdout
    assert "No method that allows for dependence between lists gave a number" in text
    assert "fewer than 3 lists" in text[text.index("REFUSED") :]


def test_counts_too_large_to_go_through_one_by_one_refuse_graph_averaging_and_nothing_breaks(tmp_path):
    rows = "\n".join(f"{a},{b},{c},1000000000" for a in (0, 1) for b in (0, 1) for c in (0, 1) if a + b + c)
    result, answer = ask(write(tmp_path, f"A,B,C,count\n{rows}\n"))
    assert result.exit_code == 0
    averaged = next(found for found in answer["estimates"] if found["method"] == "dga")
    assert averaged["median"] is None and "one by one" in averaged["refused"]
    text = run(app, ["estimate", str(tmp_path / "lists.csv")]).stdout
    assert text.count("one by one") == 2, "once for the method and once for all other priors together"


def test_no_line_is_broken_within_a_word_at_80_columns(tmp_path):
    text = run(app, ["estimate", str(write(tmp_path, "A,B,count\n1,0,30\n0,1,20\n1,1,12\n")), "--method", "all"], env={"COLUMNS": "80"})
    assert max(len(line) for line in text.stdout.splitlines()) <= 80
    assert "every method: Only 2 of the lists name anyone;" in text.stdout
