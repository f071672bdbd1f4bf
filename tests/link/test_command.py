"""`tocsin link persons` as a user calls it."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages.link import blocking

RUN = CliRunner()
KEYS = {"records", "pairs", "clusters", "pairwise", "cluster", "block_recall", "brier_skill", "seconds"}


def _csv(folder, lists, name="lists.csv"):
    path = folder / name
    rows = lists.to_pylist()
    header = [" " + column for column in lists.column_names]
    lines = [",".join(header)] + [",".join("" if v is None else str(v) for v in row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_json_has_the_keys_that_others_rely_on(tmp_path, lists):
    path = _csv(tmp_path, lists)
    answer = RUN.invoke(app, ["link", "persons", str(path), "--truth", "entity", "--draws", "4", "--json", "--out", str(tmp_path / "out")])
    said = json.loads(answer.stdout)
    assert set(said) >= KEYS
    assert said["records"] == lists.num_rows
    assert set(said["pairwise"]) == {"precision", "recall", "f1"}
    assert "entity" not in said["columns"].values()
    clusters = pq.read_table(tmp_path / "out" / "clusters.parquet")
    assert {"record_id", "cluster_id", "draw"} <= set(clusters.column_names)
    assert sorted(set(clusters.column("draw").to_pylist())) == [0, 1, 2, 3, 4]
    assert pq.read_table(tmp_path / "out" / "pairs.parquet").num_rows == said["pairs"]


def test_without_truth_the_figures_are_null_and_the_text_tells_the_mapping(tmp_path, lists):
    path = _csv(tmp_path, lists)
    said = json.loads(
        RUN.invoke(app, ["link", "persons", str(path), "--draws", "2", "--columns", "occupation=entity,sex=", "--json"]).stdout
    )
    assert said["pairwise"]["f1"] is None
    assert said["brier_skill"] is None
    assert said["columns"]["occupation"] == "entity"
    assert "sex" not in said["columns"]
    text = RUN.invoke(app, ["link", "persons", str(path), "--draws", "2", "--truth", "entity"]).stdout
    assert "given = given" in text
    assert "Candidate recall" in text


def test_several_files_are_several_lists_and_judgements_are_read(tmp_path, lists):
    half = lists.num_rows // 2
    one = _csv(tmp_path, lists.drop_columns(["list"]).slice(0, half), "north.csv")
    two = _csv(tmp_path, lists.drop_columns(["list"]).slice(half), "south.csv")
    judged = tmp_path / "judged.csv"
    a, b = lists.column("unique_id")[0].as_py(), lists.column("unique_id")[1].as_py()
    judged.write_text(f"id_l,id_r,judgement,who,when\n{a},{b},positive,u1,2026-01-01\n", "utf-8")
    answer = RUN.invoke(
        app, ["link", "persons", str(one), str(two), "--judgements", str(judged), "--draws", "2", "--json", "--out", str(tmp_path)]
    )
    assert json.loads(answer.stdout)["lists"] == ["north", "south"]
    rows = pq.read_table(tmp_path / "clusters.parquet").to_pylist()
    for draw in range(3):
        labels = {row["record_id"]: row["cluster_id"] for row in rows if row["draw"] == draw}
        assert labels[a] == labels[b]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--truth", "nothing"], WrongUse),
        (["--columns", "given"], WrongUse),
        (["--judgements", "absent.csv"], BadInput),
        (["--truth", "febrl"], (WrongUse, BadInput)),
    ],
)
def test_wrong_use_says_what_is_wrong(tmp_path, lists, arguments, error):
    answer = RUN.invoke(app, ["link", "persons", str(_csv(tmp_path, lists)), *arguments])
    assert isinstance(answer.exception, error)


def test_a_judgement_of_another_kind_is_refused(tmp_path, lists):
    judged = tmp_path / "judged.csv"
    judged.write_text("id_l,id_r,judgement\na,b,maybe\n", "utf-8")
    answer = RUN.invoke(app, ["link", "persons", str(_csv(tmp_path, lists)), "--judgements", str(judged)])
    assert isinstance(answer.exception, BadInput)


@pytest.mark.parametrize("content", ["", "id,given,family\n", "id,given,family\n1,Ada,Weiss\n"])
def test_empty_and_tiny_files_are_refused_with_a_reason(tmp_path, content):
    path = tmp_path / "tiny.csv"
    path.write_text(content, "utf-8")
    answer = RUN.invoke(app, ["link", "persons", str(path)])
    assert isinstance(answer.exception, BadInput)
    assert answer.exception.what


def _small(folder, name, rows):
    path = folder / name
    path.write_text("id,given,family,date_of_death,age\n" + "".join(row + "\n" for row in rows), "utf-8")
    return path


ROWS = [f"{n},{given},{family},2012-0{n % 9 + 1}-1{n % 7},{20 + n}" for n, (given, family) in enumerate(
    [("Huda", "Masri"), ("Ali", "Haddad"), ("Omar", "Najjar"), ("Sami", "Saleh"), ("Nour", "Farah"), ("Rasha", "Daoud")] * 6)]  # fmt: skip


def test_a_file_without_records_is_named_among_others(tmp_path):
    full, empty = _small(tmp_path, "north.csv", ROWS), _small(tmp_path, "south.csv", [])
    said = json.loads(RUN.invoke(app, ["link", "persons", str(full), str(empty), "--draws", "2", "--json"]).stdout)
    assert said["records"] == len(ROWS)
    assert "south.csv holds no record" in said["notes"]


def test_columns_that_are_compared_with_nothing_are_named_and_no_pair_is_told(tmp_path):
    one, two = tmp_path / "nord.csv", tmp_path / "sud.csv"
    one.write_text("nom complet;Profession exacte\n" + "".join(f"Ana{chr(97 + n)} Bel{chr(98 + n)};x\n" for n in range(20)), "utf-8")
    two.write_text("nom complet\n" + "".join(f"Zor{chr(97 + n)} Wex{chr(98 + n)}\n" for n in range(20)), "utf-8")
    said = json.loads(RUN.invoke(app, ["link", "persons", str(one), str(two), "--draws", "2", "--json"]).stdout)
    assert "nord.csv: not used: Profession exacte" in said["notes"]
    assert said["pairs"] == 0
    assert any("no two records are alike enough" in note for note in said["notes"])


def test_dates_and_ages_that_say_nothing_are_counted(tmp_path):
    path = _small(tmp_path, "list.csv", [*ROWS, "90,Lina,Issa,soon,-5", "91,Lina,Odeh,1e9,many", "92,Lina,Kurdi,2012-02-31,30"])
    skipped = json.loads(RUN.invoke(app, ["link", "persons", str(path), "--draws", "2", "--json"]).stdout)["skipped"]
    assert skipped["dates that can't be read, taken as missing"] == 2
    assert skipped["ages that can't be read, taken as missing"] == 2
    assert skipped["dates that do not exist, compared by their digits only"] == 1


def test_a_column_or_a_list_that_no_file_has_is_refused(tmp_path):
    one, two = _small(tmp_path, "north.csv", ROWS), _small(tmp_path, "south.csv", ROWS)
    wrong = RUN.invoke(app, ["link", "persons", str(one), str(two), "--columns", "given=prename"]).exception
    assert isinstance(wrong, WrongUse)
    assert "prename" in wrong.got
    wrong = RUN.invoke(app, ["link", "persons", str(one), str(two), "--duplicate-free", "nort"]).exception
    assert isinstance(wrong, BadInput)
    assert (wrong.expected, wrong.got) == ("north, south", "nort")


def test_truth_that_finds_nothing_linked_is_told_in_words(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "given,family,date_of_death,person\n" + "".join(f"{row.split(',', 1)[1].rsplit(',', 1)[0]},{n}\n" for n, row in enumerate(ROWS[:6]))
    )
    text = RUN.invoke(app, ["link", "persons", str(path), "--draws", "2", "--truth", "person"]).stdout
    assert "pairwise  nothing to count" in text


def test_a_seed_below_zero_is_refused_before_anything_is_read(tmp_path):
    answer = RUN.invoke(app, ["link", "persons", str(tmp_path / "absent.csv"), "--seed", "-1"])
    assert answer.exit_code == 2
    assert "--seed" in answer.output


def test_many_people_of_one_name_never_look_sure(tmp_path, monkeypatch):
    monkeypatch.setattr(blocking, "ALL_PAIRS_UP_TO", 100)
    rows = [f"{n},Ali,Masri,20{10 + n % 9}-{n % 12 + 1:02d}-{n % 28 + 1:02d},{n % 90}" for n in range(400)]
    said = json.loads(RUN.invoke(app, ["link", "persons", str(_small(tmp_path, "list.csv", rows)), "--draws", "2", "--json"]).stdout)
    assert said["clusters"] > 350
    assert said["candidate_recall_low"] < 0.98
    assert "biased upwards" in said["warning"]
