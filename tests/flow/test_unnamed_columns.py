"""Columns without a name: empty ones, as spreadsheets leave them behind, are passed over; one with values is told; a NUL byte is no text."""

from __future__ import annotations

import pytest
from workspaces import command

from tocsin.flow.given_files import read_table
from tocsin.model.errors import BadInput
from tocsin.stages.collect import SourceFile
from tocsin.stages.collect.reading import read_csv

ROWS = {
    "whole": ("name,date\nx,2025-03-01\n", 1),
    "two empty columns behind": ("name,date,,\nx,2025-03-01,,\ny,2025-03-02,,\n", 2),
    "an empty column between": ("name,,date\nx,,2025-03-01\n", 1),
}
BROKEN = {
    "a value under no name": ("name,date,\nx,2025-03-01,5\n", "no name"),
    "a NUL byte": ("name,date\nx\0y,2025-03-01\n", "no table"),
}


@pytest.mark.parametrize("case", ROWS)
def test_empty_columns_that_a_spreadsheet_left_behind_do_no_harm(case, tmp_path):
    text, rows = ROWS[case]
    read = list(read_csv(SourceFile.of("list.csv", text.encode()), ("name", "date")))
    assert [set(record.values) for record in read] == [{"name", "date"}] * rows
    (tmp_path / "list.csv").write_text(text)
    assert read_table(tmp_path / "list.csv").column_names == ["name", "date"]


@pytest.mark.parametrize("case", BROKEN)
def test_a_value_that_stands_under_no_name_and_a_byte_that_is_no_letter_are_told(case, tmp_path):
    text, said = BROKEN[case]
    with pytest.raises(BadInput, match=said):
        list(read_csv(SourceFile.of("list.csv", text.encode()), ("name",)))
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(BadInput, match=said):
        read_table(tmp_path / "list.csv")


def test_a_list_without_a_name_is_no_list(tmp_path):
    (tmp_path / "lists.csv").write_text("a,,c,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n1,1,0,3\n")
    done = command(tmp_path, "estimate", tmp_path / "lists.csv")
    assert done.returncode == 1 and "column 2" in done.stderr and "no name" in done.stderr
