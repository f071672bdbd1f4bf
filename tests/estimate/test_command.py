"""`tocsin estimate` as people and machines use it."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from tests.estimate.conftest import independent_lists
from tocsin.cli.main import app

KEYS = {"id", "method", "settings", "median", "low", "high", "level", "converged", "refused", "seconds"}


def write_lists(path, table, extra=None):
    lines = [",".join([*(extra or {}), *table.lists, "count"])]
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        lines.append(",".join([*(extra or {}).values(), *map(str, pattern), str(count)]))
    path.write_text("\n".join(lines), "utf-8")
    return path


def ask(*arguments):
    result = CliRunner().invoke(app, ["estimate", *map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_has_the_promised_keys(tmp_path, four_lists):
    answer = ask(write_lists(tmp_path / "a.csv", four_lists), "--method", "dga,chao,coverage")
    assert answer["documented"] == four_lists.documented
    assert {"low", "high"} <= set(answer["spread"])
    for found in answer["estimates"]:
        assert set(found) >= KEYS
        assert found["level"] == 0.95
        assert found["id"].startswith("est-")
    assert len({found["id"] for found in answer["estimates"]}) == len(answer["estimates"])


def test_the_fan_of_priors_is_always_printed(tmp_path, four_lists):
    path = write_lists(tmp_path / "a.csv", four_lists)
    assert len(ask(path)["fan"]) >= 4
    assert "delta=0.5" in CliRunner().invoke(app, ["estimate", str(path)]).stdout


def test_documented_and_estimated_stand_apart(tmp_path, four_lists):
    text = CliRunner().invoke(app, ["estimate", str(write_lists(tmp_path / "a.csv", four_lists))]).stdout
    assert text.index("DOCUMENTED") < text.index("at least") < text.index("ESTIMATED")


def test_rows_of_single_persons_count_as_one_each(tmp_path):
    table = independent_lists(2, 300)
    rows = np.repeat(table.patterns, table.counts, axis=0)
    pq.write_table(pa.table({name: rows[:, i] for i, name in enumerate(table.lists)}), tmp_path / "p.parquet")
    summed = ask(write_lists(tmp_path / "a.csv", table))
    single = ask(tmp_path / "p.parquet")
    assert [e["median"] for e in single["estimates"]] == [e["median"] for e in summed["estimates"]]
    assert single["documented"] == summed["documented"]


def test_columns_that_are_no_lists_are_summed_over_unless_asked(tmp_path):
    north, south = independent_lists(1, 600), independent_lists(2, 900)
    path = tmp_path / "a.csv"
    first = write_lists(tmp_path / "n.csv", north, {"region": "north"}).read_text().splitlines()
    second = write_lists(tmp_path / "s.csv", south, {"region": "south"}).read_text().splitlines()
    path.write_text("\n".join(first + second[1:]))
    summed, apart = ask(path), ask(path, "--strata", "region")
    assert summed["documented"] == apart["documented"] == north.documented + south.documented
    assert summed["estimates"][0]["strata"] is None
    assert {s["stratum"] for s in apart["estimates"][0]["strata"]} == {"north", "south"}
    found = apart["estimates"][0]
    assert found["low"] < 1500 < found["high"]
    ends = [s["high"] - s["low"] for s in found["strata"]]
    assert max(ends) < found["high"] - found["low"] < sum(ends)  # summed by draws, not by interval ends


def test_doubt_about_who_is_who_widens_the_interval(tmp_path):
    table = independent_lists(4, 500)
    person = np.repeat(np.arange(table.documented), np.repeat(table.times_seen, table.counts))
    rows = np.repeat(table.patterns, table.counts, axis=0)
    where = [table.lists[i] for row in rows for i in np.flatnonzero(row)]
    ids = [f"r{i}" for i in range(len(person))]
    pq.write_table(pa.table({"record_id": ids, "list": where}), tmp_path / "records.parquet")
    rng = np.random.default_rng(0)
    parts = []
    for draw in range(6):
        labels = person.copy()
        torn = rng.random(len(labels)) < 0.02 * draw
        labels[torn] = 10_000 + np.flatnonzero(torn)
        parts.append(pa.table({"record_id": ids, "cluster_id": labels, "draw": np.full(len(ids), draw)}))
    clusters = pa.concat_tables(parts)
    pq.write_table(clusters, tmp_path / "clusters.parquet")
    answer = ask(tmp_path / "records.parquet", "--clusters", tmp_path)
    assert answer["clusterings"] == 5  # draw 0 is the best single answer and no posterior draw
    assert answer["documented_too_high"] is None and answer["documented_note"] is None
    said = {"candidate_recall": "0.95", "persons_too_many": "[40, 30, 52]"}
    pq.write_table(clusters.replace_schema_metadata(said), tmp_path / "clusters.parquet")
    told = ask(tmp_path / "records.parquet", "--clusters", tmp_path)
    assert told["documented_too_high"] == {"value": 40, "low": 30, "high": 52}
    assert "about 40 (95% interval 30 to 52)" in told["documented_note"]
    assert (told["documented"], told["estimates"][0]["median"]) == (answer["documented"], answer["estimates"][0]["median"])
    shares = answer["estimates"][0]["shares"]
    assert shares["linkage"] > 0.1
    assert sum(shares.values()) == pytest.approx(1)


def test_replicates_are_mixed(tmp_path):
    for number in (1, 2, 3):
        table = independent_lists(number, 500)
        rows = np.repeat(table.patterns, table.counts, axis=0).astype(float)
        columns = {f"in_{i + 1}": rows[:, i] for i in range(4)}
        names = {"replica": [f"R{number}"] * len(rows), "is_conflict": np.ones(len(rows)), "sexo_imputed": [False] * len(rows)}
        pq.write_table(pa.table({**names, **columns}), tmp_path / f"r{number}.parquet")
    answer = ask(tmp_path)
    assert answer["imputations"] == 3
    assert [entry["name"] for entry in answer["lists"]] == ["in_1", "in_2", "in_3", "in_4"]
    assert answer["estimates"][0]["shares"]["imputation"] > 0


def test_report_is_one_page_that_asks_nothing_of_the_network(tmp_path, four_lists):
    path = write_lists(tmp_path / "a.csv", four_lists)
    CliRunner().invoke(app, ["estimate", str(path), "--out", str(tmp_path / "out")])
    page = (tmp_path / "out" / "estimate.html").read_text("utf-8")
    for outside in ("http:", "https:", "<script", "url("):
        assert outside not in page
    assert f"at least {four_lists.documented:,}" in page
    assert json.loads((tmp_path / "out" / "estimate.json").read_text("utf-8"))["documented"] == four_lists.documented


def test_the_pdf_is_one_page_and_the_same_for_the_same_answer(tmp_path, four_lists):
    path = write_lists(tmp_path / "a.csv", four_lists)
    made = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        CliRunner().invoke(app, ["estimate", str(path), "--method", "dga,chao", "--report", str(folder)])
        made.append((folder / "estimate.pdf").read_bytes())
    assert made[0].startswith(b"%PDF-")
    assert made[0].count(b"/Type /Page\n") + made[0].count(b"/Type/Page/") == 1 or b"/Count 1" in made[0]
    assert made[0] == made[1]


def test_lists_that_support_nothing_still_make_a_report_with_the_reason(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text("A,B,count\n1,0,30\n0,1,20\n1,1,12\n")
    CliRunner().invoke(app, ["estimate", str(path), "--method", "all", "--report", str(tmp_path / "out")])
    page = (tmp_path / "out" / "estimate.html").read_text("utf-8")
    assert "no number" in page and "fewer than 3 lists" in page
    assert (tmp_path / "out" / "estimate.pdf").read_bytes().startswith(b"%PDF-")


def test_files_that_were_linked_are_estimated_by_their_names(tmp_path):
    table = independent_lists(6, 300, (0.5, 0.4, 0.4))
    person = np.repeat(np.arange(table.documented), np.repeat(table.times_seen, table.counts))
    lists = np.array([table.lists[i] for row in np.repeat(table.patterns, table.counts, axis=0) for i in np.flatnonzero(row)])
    ids = np.array([f"{name}/{int((lists[:at] == name).sum()):03}" for at, name in enumerate(lists)])
    for name in table.lists:
        rows = [f"{one.split('/')[1]},x" for one in ids[lists == name]]
        (tmp_path / f"{name}.csv").write_text("\n".join(["unique_id,given", *rows]))
    clusters = pa.table({"record_id": ids, "cluster_id": person, "draw": np.zeros(len(ids), int), "list": lists})
    pq.write_table(clusters, tmp_path / "clusters.parquet")
    answer = ask(*(tmp_path / f"{name}.csv" for name in table.lists), "--clusters", tmp_path, "--method", "chao")
    assert answer["documented"] == table.documented
    assert {entry["name"]: entry["size"] for entry in answer["lists"]} == dict(zip(table.lists, table.list_sizes.tolist(), strict=True))
