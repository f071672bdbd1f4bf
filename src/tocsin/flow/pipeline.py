"""The whole path on one screen: collect -> extract -> link -> estimate -> assess | forecast -> warn -> respond -> publish."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import tocsin
from tocsin.flow import ledger
from tocsin.flow.context import Context, Progress, RunInfo, StepResult, silent
from tocsin.flow.lineage import lineage_of
from tocsin.flow.steps import assess, collect, estimate, extract, forecast, link, publish, respond, warn
from tocsin.model import tables
from tocsin.model.errors import WrongUse
from tocsin.storage import Snapshot, Workspace, check_engine


@dataclass(frozen=True)
class Stage:
    """Names one stage, its number on disk and its step."""

    number: int
    name: str
    step: Callable[[Context], StepResult]


STAGES: tuple[Stage, ...] = (
    Stage(1, "collect", collect.step),
    Stage(2, "extract", extract.step),
    Stage(3, "link", link.step),
    Stage(4, "estimate", estimate.step),
    Stage(5, "assess", assess.step),
    Stage(5, "forecast", forecast.step),
    Stage(6, "warn", warn.step),
    Stage(7, "respond", respond.step),
    Stage(8, "publish", publish.step),
)


@dataclass(frozen=True)
class Options:
    """Holds what a user may choose about a run.

    Raises:
        WrongUse: the engine has no such name, or can't run here.
    """

    as_of: dt.date
    seed: int = 20130111
    engine: str = "duckdb"
    only: str | None = None
    fresh: bool = False

    def __post_init__(self) -> None:
        check_engine(self.engine)


@dataclass(frozen=True)
class StageReport:
    """Says what a stage did: rows by table, what it left out, and whether an earlier result was reused."""

    stage: str
    rows: Mapping[str, int]
    skipped: Mapping[str, int]
    notes: tuple[str, ...]
    seconds: float
    reused: bool


def run(
    workspace: Workspace, options: Options, records: Mapping[str, pa.Table], watch: Callable[[str], Progress] = lambda _: silent
) -> list[StageReport]:
    """Run the path, or one stage of it, and make the result the one that readers see.

    A stage whose output for the same inputs, code, parameters and seed is already whole is reused,
    so that a run that was killed is completed and not begun again.

    Raises:
        WrongUse: `only` names no stage, or nothing was run before it.
    """
    chosen = _chosen(workspace, options.only)
    info = RunInfo(_run_id(workspace, options, records), options.as_of, options.seed, options.engine, code_version())
    with workspace.lock():
        workspace.sweep()
        before = workspace.snapshot()
        folders: dict[str, Path] = dict(before.folders()) if before and options.only else {}
        reports = []
        for stage in chosen:
            folder = workspace.stage_folder(stage.number, stage.name, info.run)
            earlier = _earlier(folders, stage)
            reports.append(
                _run_stage(workspace, stage, folder, Context(workspace, info, earlier, records, watch(stage.name)), options.fresh)
            )
            folders[stage.name] = folder
        workspace.finish_run({**_manifest(workspace, info, options, folders), "previous": _previous(before, info.run)})
        _settle(workspace)
    return reports


def _previous(before: Snapshot | None, run: str) -> str | None:
    """Return the run before this one; a run that is made again keeps the one it had."""
    if before is None or before.run != run:
        return before.run if before else None
    kept = before.manifest.get("previous")
    return str(kept) if kept else None


def _settle(workspace: Workspace) -> None:
    """Score the sealed forecasts whose answer this run knows."""
    snapshot = workspace.snapshot()
    if snapshot is not None and "forecast" in snapshot.folders():
        ledger.settle(workspace, snapshot)


def code_version() -> str:
    """Return the version and a short hash of the package's own source."""
    return f"{tocsin.__version__}+{_source_hash()}"


@cache
def _source_hash() -> str:
    digest = hashlib.sha256()
    root = Path(tocsin.__file__).parent
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".yml", ".j2", ".json", ".csv")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _chosen(workspace: Workspace, only: str | None) -> Sequence[Stage]:
    if only is None:
        return STAGES
    chosen = [stage for stage in STAGES if stage.name == only]
    if not chosen:
        raise WrongUse("no stage has this name", f"--only {only}", ", ".join(s.name for s in STAGES), only)
    if workspace.snapshot() is None and only != STAGES[0].name:
        raise WrongUse("nothing was run before this stage", f"--only {only}", "a finished run", "none", "Run: tocsin run")
    return chosen


def _earlier(folders: Mapping[str, Path], stage: Stage) -> Callable[[str], pa.Table]:
    upstream = [folders[s.name] for s in STAGES[: STAGES.index(stage)] if s.name in folders]

    @cache
    def read(name: str) -> pa.Table:
        paths = [folder / f"{name}.parquet" for folder in upstream if (folder / f"{name}.parquet").exists()]
        return tables.concat(name, [pq.read_table(path, schema=tables.TABLES[name]) for path in paths])

    return read


def _run_stage(workspace: Workspace, stage: Stage, folder: Path, context: Context, fresh: bool) -> StageReport:
    manifest_path = folder / "manifest.json"
    if manifest_path.exists() and not fresh:
        context.progress(1, 1, "kept")
        about = json.loads(manifest_path.read_text("utf-8"))
        return StageReport(stage.name, about["rows"], about["skipped"], tuple(about["notes"]), 0.0, reused=True)
    started = time.perf_counter()
    result = stage.step(context)
    content = {**result.tables, "lineage": lineage_of(stage.name, result.tables, context.run)}
    seconds = time.perf_counter() - started
    rows = {name: table.num_rows for name, table in result.tables.items()}
    report = StageReport(stage.name, rows, dict(result.skipped), result.notes, seconds, reused=False)
    about = {"stage": stage.name, "rows": rows, "skipped": report.skipped, "notes": list(report.notes), "counts": dict(result.counts)}
    about["seconds"] = round(seconds, 2)
    workspace.write_stage(folder, content, result.files, {**about, **_about_run(context.run)})
    context.progress(1, 1, "done")
    return report


def _about_run(info: RunInfo) -> dict[str, Any]:
    return {"run": info.run, "as_of": info.as_of.isoformat(), "seed": info.seed, "engine": info.engine, "code": info.code}


def _run_id(workspace: Workspace, options: Options, records: Mapping[str, pa.Table]) -> str:
    digest = hashlib.sha256()
    collections = workspace.archive.collections(options.as_of)
    before = workspace.snapshot() if options.only else None
    parts = [
        {name: collection.items for name, collection in sorted(collections.items())},
        {name: table.to_pylist() for name, table in sorted(records.items())},
        [options.as_of, options.seed, options.engine, options.only, before.manifest["stages"] if before else None],
        code_version(),
    ]
    digest.update(json.dumps(parts, default=str, sort_keys=True).encode())
    return f"r{options.as_of:%Y%m%d}-{digest.hexdigest()[:10]}"


def _manifest(workspace: Workspace, info: RunInfo, options: Options, folders: Mapping[str, Path]) -> dict[str, Any]:
    collections = workspace.archive.collections(options.as_of)
    stages = {stage.name: folders[stage.name].relative_to(workspace.root).as_posix() for stage in STAGES if stage.name in folders}
    inputs = {name: list(collection.items) for name, collection in sorted(collections.items())}
    return {**_about_run(info), "parameters": {"only": options.only}, "inputs": inputs, "stages": stages}
