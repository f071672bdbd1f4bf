"""Every row of every table, and every published file, of the bundled run leads back to preserved files, and every file leads on."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict, deque
from pathlib import Path
from typing import Any

import pytest

from tocsin.model import tables
from tocsin.model.ids import PREFIXES, RECORD_PREFIXES
from tocsin.storage import Snapshot, Workspace

pytestmark = pytest.mark.xdist_group("bundled")
TABLES = tuple(name for name in tables.TABLES if name not in ("items", "lineage"))
#: Tables that a run on the bundled data may leave empty: nothing that ships gives them rows.
MAY_BE_EMPTY = ("indices", "monthly_forecasts")
ID = re.compile(rf"\b(?:{'|'.join(p for p in PREFIXES if p != 'itm')})-[0-9a-f]{{16}}\b")


@pytest.fixture(scope="module")
def run(bundled: Path) -> Snapshot:
    """Return the finished run."""
    found = Workspace.open(bundled).snapshot()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rests_on(run: Snapshot) -> dict[str, list[str]]:
    """Return what each row rests on, as lineage says."""
    found = defaultdict(list)
    lineage = run.table("lineage")
    for output, source in zip(lineage.column("output").to_pylist(), lineage.column("input").to_pylist(), strict=True):
        found[output].append(source)
    return found


@pytest.fixture(scope="module")
def items(run: Snapshot) -> dict[str, dict[str, Any]]:
    """Return the preserved files by id."""
    return {row["id"]: row for row in run.rows("items")}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_the_path_has_rows(run, name):
    assert run.table(name).num_rows or name in MAY_BE_EMPTY


@pytest.mark.parametrize("name", TABLES)
def test_no_row_lacks_an_origin_and_lineage_says_what_the_row_says(run, rests_on, items, name):
    for row in run.rows(name):
        if tables.is_computed(name):
            assert row["inputs"], row["id"]
            assert set(rests_on[row["id"]]) == set(row["inputs"]), row["id"]
            assert row["method"], row["id"]
        else:
            assert rests_on[row["id"]] == [f"itm-{row['item']}"], row["id"]
            assert f"itm-{row['item']}" in items and row["locator"], row["id"]


def test_every_way_back_ends_at_preserved_files_and_never_in_a_circle(run, rests_on, items):
    known = {identifier for name in TABLES for identifier in run.table(name).column("id").to_pylist()}
    dangling = {
        one for many in rests_on.values() for one in many if one not in known and one not in items and one[:3] not in RECORD_PREFIXES
    }
    assert dangling == set()
    waits = {identifier: len(set(rests_on[identifier])) for identifier in known}
    leads_to = defaultdict(set)
    for output, many in rests_on.items():
        for one in many:
            leads_to[one].add(output)
    ready = deque(one for many in rests_on.values() for one in set(many) if one not in known)
    ready = deque(dict.fromkeys(ready))
    reached = set(ready)
    while ready:
        for output in leads_to[ready.popleft()]:
            waits[output] -= 1
            if waits[output] == 0 and output not in reached:
                reached.add(output)
                ready.append(output)
    assert known - reached == set(), "these rest on something that leads to no file"


def test_every_preserved_file_is_there_with_its_hash(run, items):
    archive = Workspace(run.root).archive
    for row in items.values():
        data = archive.get(row["sha256"])
        assert hashlib.sha256(data).hexdigest() == row["sha256"] and len(data) == row["size"], row["name"]


@pytest.mark.parametrize("name", [name for name in TABLES if not tables.is_computed(name)])
def test_every_locator_points_into_its_file(run, items, name):
    archive = Workspace(run.root).archive
    texts = {row["sha256"]: archive.get(row["sha256"]).decode("utf-8", "replace") for row in items.values()}
    lines = {sha: text.count("\n") + 1 for sha, text in texts.items()}
    for row in run.rows(name):
        where = row["locator"]
        if found := re.match(r"line (\d+)", where):
            assert 1 <= int(found[1]) <= lines[row["item"]], (row["id"], where)
        elif found := re.match(r"characters (\d+)-(\d+)", where):
            assert 0 <= int(found[1]) < int(found[2]) <= len(texts[row["item"]]), (row["id"], where)
        else:
            assert re.split(r"[, ]", where)[0] in texts[row["item"]], (row["id"], where)


def test_every_dataset_that_ships_is_used_by_something_that_is_published(run, rests_on, items):
    leads_to = defaultdict(set)
    for output, many in rests_on.items():
        for one in many:
            leads_to[one].add(output)
    reached: dict[str, bool] = defaultdict(bool)
    for identifier, row in items.items():
        seen, waiting = {identifier}, deque([identifier])
        while waiting and not reached[row["dataset"]]:
            for output in leads_to[waiting.popleft()] - seen:
                seen.add(output)
                waiting.append(output)
                reached[row["dataset"]] |= output.startswith("pub-")
    assert all(reached[row["dataset"]] for row in items.values()), dict(reached)


def test_every_published_file_is_the_one_its_row_describes(run):
    folder = run.folders()["publish"] / "files"
    listed = {row["path"]: row for row in run.rows("publications")}
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(listed) == on_disk
    for path, row in listed.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == row["sha256"], path


def test_every_id_in_a_published_file_is_one_that_its_row_names_or_a_row_of_the_run(run, rests_on):
    known = {identifier for name in TABLES for identifier in run.table(name).column("id").to_pylist()}
    folder = run.folders()["publish"] / "files"
    for row in run.rows("publications"):
        if row["media_type"].endswith("parquet"):
            continue
        text = (folder / row["path"]).read_text("utf-8")
        said = set(ID.findall(text))
        assert said - known == set(), row["path"]
        if row["kind"] != "open-data":
            assert said == set(rests_on[row["id"]]), row["path"]
        elif row["path"].endswith(".csv"):
            first = {line.split(",", 1)[0] for line in text.splitlines()[1:] if ID.match(line)}
            assert first == set(rests_on[row["id"]]), row["path"]


def test_every_number_in_the_json_of_the_digest_stands_beside_an_id(run):
    folder = run.folders()["publish"] / "files"
    digest = json.loads((folder / "digest" / "digest.json").read_text("utf-8"))
    for section in digest["sections"]:
        assert all(ID.fullmatch(one["id"]) for one in (*section["summary"], *section["items"]))
    assert digest["risks"] and all(ID.fullmatch(one["id"]) for one in digest["risks"])
