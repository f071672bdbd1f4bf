"""Builds the editions of a run, as drafts or, once they are signed, as released files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from tocsin import reference
from tocsin.stages.publish import (
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
class Editions:
    """Holds the files of every edition and what the gate and the linter found."""

    files: tuple[Output, ...]
    findings: tuple[Finding, ...]
    items: int
    sections: int


def build_editions(read: Read, edition: dt.date, state: str = "draft", signed: str | None = None) -> Editions:
    """Return the digest, the monitor and open data made from the tables that `read` gives.

    Args:
        read: returns a table by name.
        edition: the day on the masthead.
        state: `draft`, which is printed as a watermark, or `released`.
        signed: the line that says when and by which signature an edition was released.
    """
    names = {t.code: t.name for t in reference.territories()}
    drafts = read("drafts").num_rows
    material = Material(
        documents=read("documents").to_pylist(),
        figures=read("figures").to_pylist(),
        estimates=read("estimates").to_pylist(),
        forecasts=read("forecasts").drop_columns(["draws"]).to_pylist(),
        signals=read("signals").num_rows,
        drafts=drafts,
        names=names,
        edition=edition,
    )
    digest = compose_digest(material, state, signed)
    monitor = compose_monitor(material, read("situations").to_pylist(), state, signed)
    points = {s.code: (s.longitude, s.latitude) for s in reference.world_map().shapes if s.longitude is not None and s.latitude is not None}
    tables = {name: read(name) for name in ("situations", "figures", "measures", "estimates", "assessments", "indices")}
    tables |= {name: read(name) for name in ("forecasts", "scores", "options", "clocks")}
    files = (*digest_files(digest), *monitor_files(monitor), *open_data_files(tables, points, edition, state))
    findings = (*check_digest(digest), *lint(digest))
    return Editions(files, findings, len(digest.items), sum(1 for s in digest.sections if s.items))
