"""Feeds: how new each one is, what is late, and under which licence it came."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tocsin import datasets
from tocsin.flow.read.published import Published
from tocsin.stages.collect import Manifest

#: Days between two issues of a feed, by a word of the cadence that its manifest states; any other feed is never late.
CADENCE_DAYS = {"year": 366, "quarter": 92, "month": 31, "week": 7, "daily": 1}
#: Tables whose rows say which period they speak of, with the column that ends it.
_PERIODS = (("figures", "period_to"), ("events", "date_to"), ("documents", "date"))


@dataclass(frozen=True)
class Feed:
    """Describes one feed of this workspace."""

    name: str
    title: str
    publisher: str
    licence: str
    licence_url: str
    url: str
    cadence: str
    newest: dt.date | None
    late_days: int | None
    files: int
    rows: int
    invented: bool
    caveats: tuple[str, ...]
    item: str

    @property
    def late(self) -> bool:
        """Return True where the feed is older than its rhythm allows."""
        return bool(self.late_days)


def feeds(published: Published) -> tuple[Feed, ...]:
    """Return every feed that gave this run a file, by name."""

    def build() -> tuple[Feed, ...]:
        manifests = {dataset.name: dataset.manifest for dataset in datasets.catalogue()}
        files: dict[str, list[str]] = defaultdict(list)
        for row in published.select("items", ["id", "dataset"]):
            files[row["dataset"]].append(row["id"])
        newest, rows = _newest(published)
        return tuple(
            _feed(name, manifests.get(name), newest.get(name), files[name], rows.get(name, 0), published.as_of) for name in sorted(files)
        )

    return published.once("feeds", build)


def _newest(published: Published) -> tuple[dict[str, dt.date], dict[str, int]]:
    newest: dict[str, dt.date] = {}
    rows: dict[str, int] = defaultdict(int)
    for name, column in _PERIODS:
        table = published.snapshot.table(name)
        if not table.num_rows:
            continue
        known = table.filter(pc.less_equal(table.column(column), pa.scalar(published.as_of, pa.date32())))
        grouped = known.group_by("dataset").aggregate([(column, "max")])
        for dataset, day in zip(grouped.column("dataset").to_pylist(), grouped.column(f"{column}_max").to_pylist(), strict=True):
            if day is not None:
                newest[dataset] = max(day, newest.get(dataset, day))
        for entry in table.column("dataset").value_counts().to_pylist():
            rows[entry["values"]] += int(entry["counts"])
    return newest, rows


def _feed(name: str, manifest: Manifest | None, newest: dt.date | None, files: list[str], rows: int, as_of: dt.date) -> Feed:
    def said(field: str) -> str:
        return str(getattr(manifest, field, "") or "")

    return Feed(
        name=name,
        title=said("title") or name,
        publisher=said("publisher"),
        licence=said("licence"),
        licence_url=said("licence_url"),
        url=said("url"),
        cadence=said("cadence"),
        newest=newest,
        late_days=_late(said("cadence"), (manifest.lag_days or 0) if manifest else 0, newest, as_of),
        files=len(files),
        rows=rows,
        invented=bool(manifest and manifest.invented),
        caveats=tuple(manifest.caveats) if manifest else (),
        item=files[0],
    )


def _late(cadence: str, lag: int, newest: dt.date | None, as_of: dt.date) -> int | None:
    """Return the days since the next issue was due: end of the newest period, one period on, and the usual lag."""
    days = next((days for word, days in CADENCE_DAYS.items() if word in cadence), None)
    if days is None or newest is None:
        return None
    return max(0, (as_of - (newest + dt.timedelta(days=days + lag))).days)
