"""Tables in layouts that no code was written from: the same overlaps give the same answer, and what is unclear stops."""

from __future__ import annotations

import json

import pytest
from workspaces import command

ROWS = ((1, 0, 0, 90), (0, 1, 0, 80), (0, 0, 1, 70), (1, 1, 0, 30), (1, 0, 1, 20), (0, 1, 1, 25), (1, 1, 1, 12))
PEOPLE = [row[:3] for row in ROWS for _ in range(row[3])]


def write(path, rows, delimiter=","):
    path.write_text("\n".join(delimiter.join(map(str, row)) for row in rows) + "\n", "utf-8")
    return path


def ask(path, *options):
    done = command(path.parent, "estimate", path, "--method", "chao", *options, "--json")
    return done.returncode, json.loads(done.stdout)


def said(rows, yes, no):
    return [(*(yes if mark else no for mark in row[:3]), *row[3:]) for row in rows]


LAYOUTS = {
    "count": ([("a", "b", "c", "count"), *ROWS], ","),
    "frequencies as R writes them": ([("a", "b", "c", "Freq"), *ROWS], ","),
    "n first": ([("n", "a", "b", "c"), *((row[3], *row[:3]) for row in ROWS)], ","),
    "semicolons and names with spaces": ([("list one", "list two", "list three", "count"), *ROWS], ";"),
    "tabs": ([("a", "b", "c", "count"), *ROWS], "\t"),
    "Arabic names": ([("المستشفى", "الصحافة", "المحكمة", "العدد"), *ROWS], ","),
    "TRUE and FALSE": ([("a", "b", "c", "count"), *said(ROWS, "TRUE", "FALSE")], ","),
    "yes and no": ([("a", "b", "c", "count"), *said(ROWS, "Yes", "no")], ","),
    "a row a person": ([("a", "b", "c"), *PEOPLE], ","),
    "a row a person, numbered, with an age": (
        [("number", "a", "b", "c", "age"), *((i + 1, *row, 20 + i % 50) for i, row in enumerate(PEOPLE))],
        ",",
    ),
    "a row a person, with yes and no and a sex": (
        [("person", "a", "b", "c", "sex"), *((i + 1, *row, "mf"[i % 2]) for i, row in enumerate(said(PEOPLE, "y", "n")))],
        ",",
    ),
    "a row of nobody": ([("a", "b", "c", "count"), *ROWS, (0, 0, 0, 0)], ","),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_the_same_overlaps_gives_the_same_answer(tmp_path, layout):
    rows, delimiter = LAYOUTS[layout]
    code, found = ask(write(tmp_path / "lists.csv", rows, delimiter))
    assert code == 0
    assert (found["documented"], sorted(one["size"] for one in found["lists"])) == (327, [127, 147, 152])
    _, plain = ask(write(tmp_path / "plain.csv", [("a", "b", "c", "count"), *ROWS]))
    assert [one["median"] for one in found["estimates"]] == [one["median"] for one in plain["estimates"]]


def test_a_count_by_another_name_is_said(tmp_path):
    _, found = ask(write(tmp_path / "lists.csv", [("a", "b", "c", "freq"), *ROWS]))
    assert "Column freq was taken to say how many people a row stands for." in found["notes"]


def test_people_on_no_list_are_left_out_and_said(tmp_path):
    _, found = ask(write(tmp_path / "lists.csv", [("a", "b", "c", "count"), *ROWS, (0, 0, 0, 55)]))
    assert found["documented"] == 327
    assert "1 row is on no list and was left out." in found["notes"]


@pytest.mark.parametrize("rows", [ROWS, [("north", *row) for row in ROWS] + [("south", *row) for row in ROWS]])
def test_a_count_of_unknown_name_stops_instead_of_counting_one_a_row(tmp_path, rows):
    header = ("region", "a", "b", "c", "victims")[-len(rows[0]) :]
    code, found = ask(write(tmp_path / "lists.csv", [header, *rows]))
    assert (code, found["where"]) == (1, "column victims")
    assert "Rename it to count" in found["todo"]


def test_a_column_of_yes_and_no_beside_lists_of_0_and_1_is_no_list(tmp_path):
    rows = [("a", "b", "c", "civilian"), *((*row, "yes" if i % 3 else "no") for i, row in enumerate(PEOPLE))]
    _, found = ask(write(tmp_path / "lists.csv", rows))
    assert {one["name"] for one in found["lists"]} == {"a", "b", "c"}


def test_names_of_lists_in_arabic_keep_their_numbers_beside_them(tmp_path):
    from tocsin.stages.estimate.report_pdf import _content

    rows = "\n".join(f"{a},{b},{c},{20 + 5 * a + 3 * b}" for a in (0, 1) for b in (0, 1) for c in (0, 1) if a + b + c)
    (tmp_path / "lists.csv").write_text(f"هلال,شبكة,D,count\n{rows}\n", "utf-8")
    assert command(tmp_path, "estimate", tmp_path / "lists.csv", "--method", "chao", "--report", tmp_path / "out").returncode == 0
    page = (tmp_path / "out" / "estimate.html").read_text("utf-8")
    assert "<bdi>هلال</bdi> names" in page
    said = json.loads((tmp_path / "out" / "estimate.json").read_text("utf-8"))
    assert f"{chr(0x2068)}هلال{chr(0x2069)} " in _content(said, "lists")["lists"]
