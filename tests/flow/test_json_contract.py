"""Every `--json` that others rely on: each promised key with its type, for full, refused and empty answers; nothing else on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import contract
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from workspaces import command

from tocsin.model import tables
from tocsin.storage import Workspace

LISTS = "press,clinic,court,count\n1,0,0,90\n0,1,0,80\n0,0,1,70\n1,1,0,30\n1,0,1,20\n0,1,1,25\n1,1,1,12\n"
ESTIMATES = {
    "full": LISTS,
    "two lists": "press,clinic,count\n1,0,9\n0,1,8\n1,1,7\n",
    "one list": "press,count\n1,5\n",
    "nobody on two lists": "press,clinic,court,count\n1,0,0,5\n0,1,0,10\n0,0,1,12\n",
    "seven lists": "a,b,c,d,e,f,g,count\n1,1,0,0,0,0,0,5\n0,1,1,0,0,0,0,5\n0,0,1,1,0,0,0,5\n0,0,0,1,1,0,0,5\n0,0,0,0,1,1,0,5\n"
    "0,0,0,0,0,1,1,5\n1,0,0,0,0,0,0,9\n0,0,0,1,0,0,0,9\n0,0,0,0,0,0,1,9\n",
}
TEXTS = {
    "a report": "Sera Ulan, 3 May 2025\nAt least 14 people were killed in Homs, Syria, on 2 May 2025, the United Nations said.\n",
    "nothing to read": "A quiet day.\n",
}
PERSONS = "rec_id,given_name,surname,dob,who\n1,Sera,Tolan,1980-01-01,p1\n2,Sera,Tolann,1980-01-01,p1\n3,Karo,Ulim,1971-05-06,p2\n"
PUT_ROWS = "territory,year,A,B,C,D,E,F,G,H,I,J\nSYR,2020,1,1,1,1,1,1,1,1,1,1\nIRQ,2020,,,,1,1,1,1,1,1,1\nLBY,2020,1,1,1,,1,1,1,1,1,1\n"


def asked(home: Path, shape: contract.Shape, *arguments: object, code: int = 0) -> Any:
    """Return the answer of a command after holding it against its shape."""
    done = command(home, *arguments, "--json")
    found = contract.read(done.stdout)
    assert done.returncode == code, done.stderr
    assert contract.faults(shape, found) == []
    return found


@pytest.mark.parametrize("case", ESTIMATES)
def test_estimates_of_every_method(tmp_path, case):
    file = tmp_path / "lists.csv"
    file.write_text(ESTIMATES[case])
    found = asked(tmp_path, contract.ESTIMATE, "estimate", file, "--method", "all", code=int(case in list(ESTIMATES)[1:4]))
    assert {one["method"] for one in found["estimates"]} == {"dga", "lcm", "loglinear", "chao", "coverage"}
    for one in found["estimates"]:
        assert (one["median"] is None) == (one["refused"] is not None)
        assert one["level"] == 0.95
    if case in list(ESTIMATES)[1:4]:
        assert found["spread"]["low"] is found["spread"]["high"] is None


@pytest.mark.parametrize("case", TEXTS)
def test_texts(tmp_path, case):
    file = tmp_path / "text.txt"
    file.write_text(TEXTS[case])
    found = asked(tmp_path, contract.EXTRACT, "extract", file)
    assert len(found["documents"]) == 1
    assert [one["value"] for one in found["figures"]] == ([14] if case == "a report" else [])


@pytest.mark.parametrize("truth", [(), ("--truth", "who")])
def test_linked_persons_with_and_without_truth(tmp_path, truth):
    file = tmp_path / "persons.csv"
    file.write_text(PERSONS)
    found = asked(tmp_path, contract.LINK, "link", "persons", file, *truth)
    assert found["pairwise"]["f1"] == (0.0 if truth else None)  # three records are too few to learn from: the pair is missed
    assert not list(tmp_path.glob("*.parquet"))


@pytest.mark.parametrize("rows", ["", "1,Sera,Tolan,1980-01-01,p1\n"])
def test_too_few_records_end_with_an_error_in_json(tmp_path, rows):
    file = tmp_path / "persons.csv"
    file.write_text("rec_id,given_name,surname,dob,who\n" + rows)
    found = asked(tmp_path, contract.ERROR, "link", "persons", file, code=1)
    assert (found["error"], found["expected"], found["got"]) == ("BadInput", "2 or more", str(len(rows.splitlines())))


def draws(place: Path, outcomes: np.ndarray, months: list[int], name: str = "draws.parquet") -> Path:
    """Write a file of draws, or of one outcome each."""
    rows, width = outcomes.shape
    columns = {"month_id": np.repeat(months, width), "country_id": np.repeat(1, rows * width), "outcome": outcomes.ravel()}
    if width > 1:
        columns["draw"] = np.tile(np.arange(width), rows)
    pq.write_table(pa.table(columns), place / name)
    return place / name


@pytest.mark.parametrize("outcomes", [np.zeros((3, 20)), np.arange(60.0).reshape(3, 20)])
def test_scored_forecasts_of_counts(tmp_path, outcomes):
    months = [493, 494, 495]
    forecast, actuals = draws(tmp_path, outcomes, months), draws(tmp_path, np.array([[0.0], [2.0], [900.0]]), months, "actuals.parquet")
    found = asked(tmp_path, contract.SCORE, "forecast", "score", forecast, actuals)
    assert found["units"] == 3 and list(found["by_window"]) == ["Y2021"]
    other = draws(tmp_path, np.zeros((3, 1)), [494, 495, 496], "later.parquet")
    asked(tmp_path, contract.ERROR, "forecast", "score", forecast, other, code=1)


def test_rows_of_an_index(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text(PUT_ROWS)
    found = {row["territory"]: row for row in asked(tmp_path, contract.PUT, "indices", "put", "--data", file)}
    assert found["IRQ"]["score"] is not None and found["IRQ"]["missing"] == ["A", "B", "C"]
    assert found["LBY"]["score"] is None and found["LBY"]["low"] < found["LBY"]["high"]


@pytest.mark.xdist_group("bundled")
def test_the_summary_of_a_run(summary):
    assert contract.faults(contract.RUN, summary) == []


@pytest.mark.xdist_group("bundled")
def test_an_id_of_every_prefix_opens_with_each_node_complete(bundled):
    snapshot = Workspace.open(bundled).snapshot()
    assert snapshot is not None
    first = {name: snapshot.table(name).column("id").to_pylist()[:1] for name in tables.TABLES if name != "lineage"}
    for identifier in [one for ids in first.values() for one in ids]:
        nodes = [asked(bundled, contract.EXPLAIN, "explain", identifier)]
        while nodes:
            node = nodes.pop()
            assert contract.faults({"id": str, "kind": str, "value": contract.TEXT, "from": [dict]}, node) == []
            nodes += node["from"]


@pytest.mark.xdist_group("bundled")
@pytest.mark.parametrize("identifier", ["fct-0000000000000000", "nope"])
def test_an_id_that_is_not_there_ends_with_an_error_in_json(bundled, identifier):
    found = asked(bundled, contract.ERROR, "explain", identifier, code=1)
    assert found["error"] == "NotFound" and found["todo"]
