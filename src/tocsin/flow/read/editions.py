"""Publications: the editions of this run with their files, each in its state."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tocsin.flow.read.published import Published, Row

#: Kinds that are data and not texts; they stand on the page of open data.
DATA = ("open-data", "open_data")
SIGNED = ("signed", "released")


@dataclass(frozen=True)
class EditionFile:
    """Holds one file of an edition."""

    id: str
    path: str
    name: str
    media_type: str
    sha256: str
    size: int | None


@dataclass(frozen=True)
class Edition:
    """Holds one edition: the same content in several file formats."""

    kind: str
    title: str
    day: dt.date | None
    state: str
    invented: bool
    files: tuple[EditionFile, ...]

    @property
    def signed(self) -> bool:
        """Return True where a person signed it."""
        return self.state in SIGNED

    @property
    def id(self) -> str:
        """Return the id of its first file, by which the edition opens."""
        return self.files[0].id


def editions(published: Published) -> tuple[Edition, ...]:
    """Return the editions of texts, newest first."""
    return tuple(edition for edition in _all(published) if edition.kind not in DATA)


def open_data(published: Published) -> tuple[Edition, ...]:
    """Return the editions of open data."""
    return tuple(edition for edition in _all(published) if edition.kind in DATA)


def _all(published: Published) -> tuple[Edition, ...]:
    def build() -> tuple[Edition, ...]:
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in published.select("publications"):
            groups[(row["kind"], row["title"])].append(row)
        signed = {row.get("publication") for row in published.written("releases")}
        found = [_edition(published, rows, signed) for rows in groups.values()]
        return tuple(sorted(found, key=lambda e: (-(e.day or dt.date.min).toordinal(), e.invented, e.kind != "digest", e.kind, e.title)))

    return published.once("editions", build)


def _edition(published: Published, rows: list[Row], signed: set[object]) -> Edition:
    rows = sorted(rows, key=lambda row: (_order(row["media_type"]), row["path"]))
    first = rows[0]
    state = "signed" if any(row["id"] in signed for row in rows) else first["state"]
    files = tuple(_file(published, row) for row in rows)
    return Edition(first["kind"], first["title"], first["edition"], state, bool(first["invented"]), files)


def _order(media_type: str) -> int:
    order = ("text/html", "application/pdf", "text/plain", "text/markdown", "application/json")
    return order.index(media_type) if media_type in order else len(order)


def _file(published: Published, row: Row) -> EditionFile:
    path = file_path(published, row["path"])
    return EditionFile(
        row["id"], row["path"], Path(row["path"]).name, row["media_type"], row["sha256"], path.stat().st_size if path else None
    )


def file_path(published: Published, relative: str) -> Path | None:
    """Return where a file that `publications` lists lies; None where it is gone or leads outside its folder."""
    folder = published.snapshot.folders().get("publish")
    if folder is None:
        return None
    root = (folder / "files").resolve()
    path = (root / relative).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def file_of(published: Published, identifier: str) -> tuple[EditionFile, Edition, Path] | None:
    """Return one listed file with its edition and place."""
    for edition in _all(published):
        for file in edition.files:
            if file.id == identifier:
                path = file_path(published, file.path)
                return (file, edition, path) if path else None
    return None
