"""Every number opens: back to the file, forward to what rests on it."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from tocsin.flow.context import RunInfo
from tocsin.flow.describe import DESCRIPTIONS
from tocsin.flow.explain import Nobody, Use, explain
from tocsin.flow.index import SnapshotIndex
from tocsin.flow.lineage import lineage_of
from tocsin.model import tables
from tocsin.model.errors import NotFound
from tocsin.storage import Workspace

RUN = RunInfo("r1", dt.date(2026, 11, 21), 1, "duckdb", "0+test")
SHA = hashlib.sha256(b"file").hexdigest()
ITEM = {"id": f"itm-{SHA}", "sha256": SHA, "name": "counts.csv", "dataset": "counts", "size": 4, "key_id": "open"}


def collected(identifier: str, **columns) -> dict:
    return {"id": identifier, "dataset": "counts", "item": SHA, "locator": f"row {identifier[-1]}", **columns}


def computed(identifier: str, inputs: list[str], **columns) -> dict:
    return {"id": identifier, "inputs": inputs, "method": "test", **columns}


@pytest.fixture
def index(tmp_path) -> SnapshotIndex:
    figures = [collected(f"fig-{n}", indicator="killed", value=10.0 + n, qualifier="exact", territory="XSE") for n in range(3)]
    content = {
        "items": tables.from_rows("items", [ITEM]),
        "figures": tables.from_rows("figures", figures),
        "input_sets": tables.from_rows("input_sets", [computed("set-1", ["fig-0", "fig-1"], label="two counts", size=2)]),
        "estimates": tables.from_rows(
            "estimates", [computed("est-1", ["set-1", "fig-2"], quantity="killed", median=40.0, low=30.0, high=60.0)]
        ),
        "signals": tables.from_rows("signals", [computed("sig-1", ["est-1"], trigger="test", value=40.0)]),
    }
    content["lineage"] = lineage_of("estimate", content, RUN)
    workspace = Workspace.create(tmp_path / "w", demo=True)
    folder = workspace.stage_folder(4, "estimate", "r1")
    workspace.write_stage(folder, content, {}, {"stage": "estimate"})
    workspace.finish_run({"run": "r1", "stages": {"estimate": "4-estimate/r1"}})
    return SnapshotIndex(workspace.snapshot())


def test_an_estimate_leads_back_through_its_set_to_the_file(index):
    found = explain(index, "est-1")
    assert found.value == "40 (30 to 60)"
    assert {child.id for child in found.tree.children} == {"set-1", "fig-2"}
    (file,) = found.files
    assert file.sha256 == SHA and file.name == "counts.csv" and file.rows == 3


def test_a_figure_names_the_one_place_in_its_file(index):
    (file,) = explain(index, "fig-1").files
    assert file.locator == "row 1"


def test_the_way_forward_reaches_the_signal_and_what_people_wrote(index):
    class Alert(Nobody):
        def citing(self, identifier):
            return [Use("alr-1", "record", "an alert that cites it")]

    found = explain(index, "est-1", Alert())
    assert [use.id for use in found.used_by] == ["alr-1", "sig-1"]


def test_a_file_opens_by_its_hash_alone(index):
    assert explain(index, SHA).id == f"itm-{SHA}"


def test_json_keeps_the_promised_keys(index):
    assert {"id", "kind", "value", "from", "files", "used_by"} <= set(explain(index, "sig-1").as_dict())


@pytest.mark.parametrize("identifier", ["fig-9", "nonsense", "xyz-1"])
def test_an_unknown_id_is_refused_with_what_to_do(index, identifier):
    with pytest.raises(NotFound) as caught:
        explain(index, identifier)
    assert caught.value.todo


def test_every_table_can_be_described():
    assert set(DESCRIPTIONS) == set(tables.TABLES) - {"lineage"}
