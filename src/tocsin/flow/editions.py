"""Builds the editions of a run: as drafts, or signed, when exactly what was read goes out without its watermark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

import pyarrow as pa

from tocsin import reference
from tocsin.model.errors import WrongUse
from tocsin.stages.publish import (
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
    open_data_files,
)

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
    return open_data_files(tables, points, head.edition, head.state)
