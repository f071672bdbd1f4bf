"""Publications: what people signed and released, and the drafts of this run that nobody has signed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tocsin.flow.read.published import Published, Row

#: Kinds that are data and not texts; they stand on the page of open data.
DATA = ("open-data", "open_data")
SIGNED = ("signed", "released")
#: Media type by the end of a file's name, for released files; drafts name theirs.
MEDIA = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".json": "application/json",
    ".rss": "application/rss+xml",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
}


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
    """Holds one edition: the same content in several file formats; `signature` and `signed_at` where somebody signed it.

    `corrected_by` is the signature of the edition that says what was wrong in this one.
    """

    kind: str
    title: str
    day: dt.date | None
    state: str
    invented: bool
    files: tuple[EditionFile, ...]
    signature: str | None = None
    signed_at: dt.datetime | None = None
    corrected_by: str | None = None

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


def unsigned(published: Published) -> int:
    """Return how many editions of texts of this run nobody has signed."""
    return sum(1 for edition in _waiting(published, _released(published)) if edition.kind not in DATA)


def _all(published: Published) -> tuple[Edition, ...]:
    """Return every signed edition; in a demo workspace also drafts, with their watermark, where nobody has signed the edition."""

    def build() -> tuple[Edition, ...]:
        signed = _released(published)
        drafts = _waiting(published, signed) if published.workspace.demo else []
        return tuple(sorted([*signed, *drafts], key=_rank))

    return published.once("editions", build)


def _waiting(published: Published, signed: list[Edition]) -> list[Edition]:
    taken = {(e.kind, e.title, e.day) for e in signed}
    return [e for e in _drafts(published) if (e.kind, e.title, e.day) not in taken]


def _rank(edition: Edition) -> tuple[object, ...]:
    day, signed = edition.day or dt.date.min, edition.signed_at
    newest = -signed.timestamp() if signed else 0.0
    return (-day.toordinal(), not edition.signed, edition.invented, edition.kind != "digest", edition.kind, edition.title, newest)


def _released(published: Published) -> list[Edition]:
    groups: dict[str, list[Row]] = defaultdict(list)
    corrected = {}
    for row in published.written("releases"):
        groups[row["signature"]].append(row)
        if row.get("corrects"):
            corrected[row["corrects"]] = row["signature"]
    found = []
    for signature, rows in groups.items():
        folder = published.workspace.release_folder(signature)
        files = [_file(folder, {**row, "path": row["path"].partition("/")[2]}) for row in rows]
        first = rows[0]
        about = (first["kind"], first["title"], first["edition"], "signed", bool(first["invented"]))
        found.append(Edition(*about, _in_order(files), signature, first["at"], corrected.get(signature)))
    return found


def _drafts(published: Published) -> list[Edition]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in published.select("publications"):
        groups[(row["kind"], row["title"])].append(row)
    folder = published.snapshot.folders().get("publish")
    found = []
    for rows in groups.values():
        first = rows[0]
        about = (first["kind"], first["title"], first["edition"], first["state"], bool(first["invented"]))
        found.append(Edition(*about, _in_order([_file(folder / "files" if folder else None, row) for row in rows])))
    return found


def _in_order(files: list[EditionFile]) -> tuple[EditionFile, ...]:
    order = tuple(MEDIA.values())
    return tuple(sorted(files, key=lambda f: (order.index(f.media_type) if f.media_type in order else len(order), f.path)))


def _file(folder: Path | None, row: Row) -> EditionFile:
    name = Path(row["path"]).name
    media = row.get("media_type") or MEDIA.get(Path(name).suffix, "application/octet-stream")
    path = _inside(folder, row["path"])
    return EditionFile(row["id"], row["path"], name, media, row["sha256"], path.stat().st_size if path else None)


def _inside(folder: Path | None, relative: str) -> Path | None:
    """Return where a listed file lies; None where it is gone or leads outside its folder."""
    if folder is None:
        return None
    root = folder.resolve()
    path = (root / relative).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def file_of(published: Published, identifier: str, *, drafts: bool = False) -> tuple[EditionFile, Edition, Path] | None:
    """Return one offered file with its edition and place; with `drafts` also one that only the desk may read."""
    for edition in (*_all(published), *(_drafts(published) if drafts else ())):
        for file in edition.files:
            if file.id == identifier:
                path = place_of(published, edition, file)
                return (file, edition, path) if path else None
    return None


def place_of(published: Published, edition: Edition, file: EditionFile) -> Path | None:
    """Return where a file of an edition lies; None where it is gone."""
    return _inside(_folder(published, edition), file.path)


def _folder(published: Published, edition: Edition) -> Path | None:
    if edition.signature is not None:
        return published.workspace.release_folder(edition.signature)
    folder = published.snapshot.folders().get("publish")
    return folder / "files" if folder else None
