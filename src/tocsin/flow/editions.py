"""Builds the editions of a run: as drafts, or signed, when exactly what was read goes out without its watermark."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from tocsin import reference
from tocsin.model.errors import NotFound, WorkspaceProblem, WrongUse
from tocsin.stages.publish import (
    NAMED_TABLE,
    OPEN_TABLES,
    Finding,
    Material,
    Output,
    check_digest,
    compose_digest,
    compose_monitor,
    digest_files,
    lint,
    monitor_files,
    named,
    open_data_files,
)
from tocsin.storage import Snapshot, Workspace
from tocsin.storage.atomic import write_bytes

Read = Callable[[str], pa.Table]
KINDS = ("digest", "monitor", "open-data")


@dataclass(frozen=True)
class Masthead:
    """Says what stands at the head of an edition.

    `state` is `draft`, which is printed as a watermark, or `released`; `signed` is the line that says when and by
    which signature it was released.
    """

    edition: dt.date
    state: str = "draft"
    signed: str | None = None


@dataclass(frozen=True)
class Editions:
    """Holds the files of editions, what the gate (`findings`) and the linter (`remarks`) said, and the size of the digest."""

    files: tuple[Output, ...]
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    items: int = 0
    sections: int = 0


def build_editions(read: Read, head: Masthead, kinds: Collection[str] = KINDS, open_tables: Collection[str] | None = None) -> Editions:
    """Return editions made from the tables that `read` gives.

    Args:
        read: returns a table by name.
        head: day, state and signature.
        kinds: which editions: digest, monitor, open-data.
        open_tables: which tables go into open data; None for every one that may.

    Raises:
        WrongUse: a kind is none of these.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise WrongUse("no such edition", kind[:40], ", ".join(KINDS), kind[:40])
    made = _digest(read, head) if "digest" in kinds else Editions(())
    files = list(made.files)
    if "monitor" in kinds:
        files += monitor_files(compose_monitor(_material(read, head), read("situations").to_pylist(), head.state, head.signed))
    if "open-data" in kinds:
        files += _open_data(read, head, open_tables)
    return Editions(tuple(files), made.findings, made.remarks, made.items, made.sections)


def _digest(read: Read, head: Masthead) -> Editions:
    digest = compose_digest(_material(read, head), head.state, head.signed)
    findings, remarks = tuple(check_digest(digest)), tuple(lint(digest))
    files = tuple(digest_files(digest, findings, remarks))
    return Editions(files, findings, remarks, len(digest.items), sum(1 for s in digest.sections if s.items))


def _material(read: Read, head: Masthead) -> Material:
    return Material(
        documents=read("documents").to_pylist(),
        figures=read("figures").to_pylist(),
        estimates=read("estimates").to_pylist(),
        forecasts=read("forecasts").drop_columns(["draws"]).to_pylist(),
        signals=read("signals").num_rows,
        drafts=read("drafts").num_rows,
        names={t.code: t.name for t in reference.territories()},
        edition=head.edition,
    )


def _open_data(read: Read, head: Masthead, wanted: Collection[str] | None) -> list[Output]:
    shapes = reference.world_map().shapes
    points = {s.code: (s.longitude, s.latitude) for s in shapes if s.longitude is not None and s.latitude is not None}
    tables = {name: read(name) for name in OPEN_TABLES if wanted is None or name in wanted}
    if wanted is None or NAMED_TABLE in wanted:
        tables[NAMED_TABLE] = named(read("persons"), read("clusters"))
    return open_data_files(tables, points, head.edition, head.state)


@dataclass(frozen=True)
class EditionFile:
    """Is one file of an edition as it lies in the workspace; `signature` is None for a draft."""

    id: str
    kind: str
    title: str
    path: str
    media_type: str
    sha256: str
    state: str
    signature: str | None
    source: Path


def edition_files(snapshot: Snapshot, kind: str, releases: Sequence[Mapping[str, Any]] = ()) -> list[EditionFile]:
    """Return the files of an edition of the run: the signed ones where somebody signed exactly this draft, else the draft.

    Args:
        snapshot: the run.
        kind: digest, monitor or open-data.
        releases: the released files on record.

    Raises:
        WrongUse: the kind is none of these.
        NotFound: the run made no such edition.
    """
    if kind not in KINDS:
        raise WrongUse("no such edition", "publish", ", ".join(KINDS), kind[:40])
    signed = {release["draft_sha256"]: release for release in releases}
    workspace, drafts = Workspace(snapshot.root), snapshot.folders().get("publish", snapshot.root) / "files"
    files = []
    for row in snapshot.rows("publications"):
        if row["kind"] != kind:
            continue
        about = (row["kind"], row["title"], row["path"], row["media_type"])
        release = signed.get(row["sha256"])
        if release is None:
            files.append(EditionFile(row["id"], *about, row["sha256"], "draft", None, drafts / row["path"]))
        else:
            source = workspace.release_folder(release["signature"]) / row["path"]
            files.append(EditionFile(release["id"], *about, release["sha256"], "released", release["signature"], source))
    if not files:
        raise NotFound(
            "the newest run made no such edition", kind, "rows to publish", "none", "Collect what it is made of, then: tocsin run"
        )
    return files


def write_edition(files: Sequence[EditionFile], folder: Path) -> dict[str, Path]:
    """Write the files into `folder`, each whole or not at all, and return where each went.

    Raises:
        WrongUse: the folder is a file, or holds another file of one of these names.
        WorkspaceProblem: a file of the edition is missing, or was changed after it was made.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongUse("this is a file", "--out", "a folder", str(folder))
    content = {file.path: file.source.read_bytes() if file.source.is_file() else b"" for file in files}
    for file in files:
        if hashlib.sha256(content[file.path]).hexdigest() != file.sha256:
            raise WorkspaceProblem(
                "a file of this edition is missing or was changed", file.path, file.sha256[:16], todo="Run: tocsin verify"
            )
        target = folder / file.path
        if target.exists() and target.read_bytes() != content[file.path]:
            raise WrongUse("another file of this name is there already", str(target), "a new or empty folder", "an older edition")
    for file in files:
        write_bytes(folder / file.path, content[file.path], 0o644)
    return {file.path: folder / file.path for file in files}
