"""A small seeded workspace with every table that pages read, so that a page can be built and looked at in a second.

Facts about real situations come from the founding documents; probabilities and scores are drawn from a seed and mean nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from pathlib import Path
from typing import Any

from tocsin.flow.context import RunInfo
from tocsin.flow.lineage import lineage_of
from tocsin.model import tables
from tocsin.model.ids import item_id
from tocsin.storage import Collection, Item, Workspace
from web.rows import (
    asks,
    assessments,
    casualties,
    estimates,
    events,
    figures,
    forecasts,
    monthly,
    options,
    publications,
    scores,
    situations,
)
from web.rows.content import AS_OF, Content

TABLES = {
    (1, "collect"): "items situations figures measures events input_sets",
    (2, "extract"): "documents",
    (4, "estimate"): "estimates sensitivities",
    (5, "assess"): "assessments",
    (5, "forecast"): "forecasts scores monthly_forecasts anomalies",
    (6, "warn"): "signals drafts",
    (7, "respond"): "options clocks",
    (8, "publish"): "publications",
}
FILES = {
    "ucdp_country_year": ("organised-violence.csv", b"year,territory,best\n2011,LBY,3914\n"),
    "documents": ("digest-2013-01-11.txt", b"1,133 people were killed around the election.\n"),
    "founding_facts": ("voices-2011.txt", b"over 1,200 people were killed\n"),
    "selmora": ("selmora-lists.csv", b"list,record\nA,1\nB,2\n"),
    "worldbank_country_year": ("population.csv", b"territory,year,population\nLBY,2011,6188000\n"),
}
SUBJECTS = (
    situations,
    figures,
    events,
    forecasts,
    scores,
    assessments,
    estimates,
    casualties,
    monthly,
    asks,
    options,
    publications,
)


def build(root: Path, *, seed: int = 7) -> Workspace:
    """Make a workspace at `root` with one finished run."""
    workspace = Workspace.create(root, demo=True)
    items = _preserve(workspace)
    content = Content(random.Random(seed), items)
    content.rows["items"] = [_item(dataset, sha) for dataset, sha in items.items()]
    for subject in SUBJECTS:
        subject.add(content)
    _write(workspace, content, seed)
    return workspace


def _preserve(workspace: Workspace) -> dict[str, str]:
    items = {}
    for dataset, (name, data) in FILES.items():
        sha = hashlib.sha256(data).hexdigest()
        item = Item(sha, name, dataset, len(data), "text/csv", "2026-11-20T10:00:00+00:00", "2025-06-15", "bundled")
        workspace.archive.preserve([(data, item)], Collection(dataset, "2026-11-20T10:00:00+00:00", "2025-06-15", (sha,)))
        items[dataset] = sha
    return items


def _item(dataset: str, sha: str) -> dict[str, Any]:
    name, data = FILES[dataset]
    return {
        "id": item_id(sha), "sha256": sha, "name": name, "dataset": dataset, "size": len(data), "media_type": "text/csv",
        "available_at": dt.date(2025, 6, 15), "key_id": "open", "origin": "bundled",
    }  # fmt: skip


def _write(workspace: Workspace, content: Content, seed: int) -> None:
    run = RunInfo("r20261120-fixture", AS_OF, seed, "duckdb", "0.1.0+fixture")
    stages = {}
    for (number, stage), names in TABLES.items():
        found = {name: tables.from_rows(name, content.rows[name]) for name in names.split() if name in content.rows}
        if not found:
            continue
        folder = workspace.stage_folder(number, stage, run.run)
        files = content.files if stage == "publish" else {}
        manifest = {"stage": stage, "rows": {}, "skipped": {}, "notes": [], "seconds": 0, "run": run.run}
        workspace.write_stage(folder, {**found, "lineage": lineage_of(stage, found, run)}, files, manifest)
        stages[stage] = folder.relative_to(workspace.root).as_posix()
    workspace.finish_run({"run": run.run, "as_of": AS_OF.isoformat(), "seed": seed, "engine": "duckdb", "code": run.code, "stages": stages})
