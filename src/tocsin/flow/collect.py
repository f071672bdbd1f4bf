"""The act of collecting: fetch, read and check in memory, preserve by hash with a custody line, close the collection."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from tocsin import reference
from tocsin.datasets import Dataset, dataset
from tocsin.flow.sources import CONTAINERS, Delivery, deliver
from tocsin.stages.collect import Crawl, SourceFile
from tocsin.storage import Archive, Collection, Item, Workspace


@dataclass(frozen=True)
class Collected:
    """Says what a collection holds; `new` is False where the same content was there already and nothing was written.

    `changes` says what is different from the collection before it; None where there was none.
    """

    dataset: str
    files: int
    rows: Mapping[str, int]
    skipped: Mapping[str, int]
    new: bool
    changes: Changes | None = None


@dataclass(frozen=True)
class Changes:
    """Names the files that are new since the collection before, that changed under their name, and that were not delivered again.

    What was not delivered again is kept where the dataset adds up, and is part of it no more where it does not.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    not_delivered: tuple[str, ...]
    kept: bool


@dataclass(frozen=True)
class Reading:
    """Holds what a crawler made of the files of one collection."""

    tables: Mapping[str, pa.Table]
    skipped: Mapping[str, int]


@dataclass(frozen=True)
class Request:
    """Holds what a user may choose about a collection.

    `day` is the day by which the world could know the files; `replace` drops files of earlier collections
    from a dataset that otherwise adds up.
    """

    source: str | None
    day: dt.date
    replace: bool = False


def collect(workspace: Workspace, name: str, request: Request, now: dt.datetime) -> Collected:
    """Collect one dataset into the workspace; a failed check leaves the workspace as it was.

    Args:
        workspace: where the files are preserved.
        name: the dataset.
        request: what the user chose.
        now: the time of receipt, for the custody log.

    Raises:
        BadInput: a file is not what it should be.
        DatasetChanged: the dataset no longer looks as its manifest says.
        WrongUse: there is no such dataset, or no source.
    """
    one = dataset(name)
    delivery = deliver(one, request.source)
    with workspace.lock():
        before = workspace.archive.collections().get(name)
        held = workspace.archive.items_of(before) if before else None
        files = _with_earlier(workspace.archive, one, delivery, request, now)
        reading = read_files(one, [f[1] for f in files if f[2].media_type not in CONTAINERS], check_day(one, now.date()))
        new = _preserve(workspace.archive, one, [(source.data, item) for _, source, item in files], request, now)
    rows = {table: content.num_rows for table, content in reading.tables.items()}
    changes = None if held is None else _changes(held, delivery, kept=one.manifest.cumulative and not request.replace)
    return Collected(name, len(files), rows, dict(Counter(reading.skipped) + delivery.skipped), new, changes)


def _changes(held: Sequence[Item], delivery: Delivery, *, kept: bool) -> Changes:
    before = {(item.name, item.sha256) for item in held}
    names, hashes = {name for name, _ in before}, {sha256 for _, sha256 in before}
    delivered = {(received.source.name, received.source.sha256) for received in delivery.files}
    unlike = sorted(name for name, _ in delivered - before if name in names)
    now = {sha256 for _, sha256 in delivered}
    gone = {name for name, sha256 in before if sha256 not in now} - {name for name, _ in delivered}
    return Changes(
        added=tuple(sorted(name for name, sha256 in delivered - before if name not in names and sha256 not in hashes)),
        changed=tuple(unlike),
        same=sum(sha256 in hashes for _, sha256 in delivered),
        not_delivered=tuple(sorted(gone)),
        kept=kept,
    )


def check_day(one: Dataset, collected: dt.date) -> dt.date:
    """Return the day after which nothing in the dataset can have happened."""
    return max(collected, one.manifest.edition or collected)


def read_files(one: Dataset, files: Sequence[SourceFile], day: dt.date) -> Reading:
    """Return what the crawler of a dataset makes of its files, checked."""
    crawl = Crawl(one.name, one.manifest, files, day, known_territories())
    one.crawl(crawl)
    return Reading(crawl.tables(), dict(crawl.skipped))


def read_collection(workspace: Workspace, one: Dataset, collection: Collection) -> Reading:
    """Return what the crawler makes of the preserved files of a collection."""
    items = [item for item in workspace.archive.items_of(collection) if item.media_type not in CONTAINERS]
    files = [source_of(item, workspace.archive.get(item.sha256)) for item in items]
    return read_files(one, files, check_day(one, dt.date.fromisoformat(collection.collected_at[:10])))


def source_of(item: Item, data: bytes) -> SourceFile:
    """Return a preserved file as its crawler sees it."""
    available = dt.date.fromisoformat(item.available_at[:10]) if item.available_at else None
    return SourceFile(item.name, item.sha256, data, available, dt.datetime.fromisoformat(item.received_at))


@cache
def known_territories() -> frozenset[str]:
    """Return the code of every territory that the reference knows."""
    return frozenset(territory.code for territory in reference.territories())


_File = tuple[str, SourceFile, Item]


def _with_earlier(archive: Archive, one: Dataset, delivery: Delivery, request: Request, now: dt.datetime) -> list[_File]:
    """Return the files delivered now and, where the dataset adds up, those of its newest collection under other names."""
    shipped = request.source is None and one.manifest.bundled
    newest = archive.collections().get(one.name)
    held = archive.items_of(newest) if newest else []
    known = {(item.sha256, item.name): item for item in held}
    files: list[_File] = []
    for received in delivery.files:
        data, name = received.source.data, received.source.name
        before = known.get((received.source.sha256, name))
        item = Item(
            sha256=received.source.sha256,
            name=name,
            dataset=one.name,
            size=len(data),
            media_type=received.media_type,
            received_at=before.received_at if before else now.isoformat(),
            available_at=_earliest("" if shipped else request.day.isoformat(), before),
            origin=before.origin if before else received.origin,
        )
        files.append((name, source_of(item, data), item))
    if one.manifest.cumulative and not request.replace:
        names, hashes = {f[0] for f in files}, {f[2].sha256 for f in files}
        earlier = [item for item in held if item.name not in names and item.sha256 not in hashes]
        files += [(item.name, source_of(item, archive.get(item.sha256)), item) for item in earlier]
    return sorted(files, key=lambda f: (f[0], f[2].sha256))


def _earliest(day: str, before: Item | None) -> str:
    """Return the earlier day: what the world could know once, it can know ever after."""
    return min(day, before.available_at) if before else day


def _preserve(archive: Archive, one: Dataset, files: Iterable[tuple[bytes, Item]], request: Request, now: dt.datetime) -> bool:
    files = list(files)
    available = "" if request.source is None and one.manifest.bundled else request.day.isoformat()
    hashes = tuple(item.sha256 for _, item in files)
    newest = archive.collections().get(one.name)
    if newest is not None and newest.items == hashes and set(archive.items_of(newest)) == {item for _, item in files}:
        return False
    archive.preserve(files, Collection(one.name, now.isoformat(), available, hashes))
    return True
