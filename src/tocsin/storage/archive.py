"""The archive: files as received, named by SHA-256, never changed, each with its chain of custody."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tocsin.model.errors import NotFound, WorkspaceProblem
from tocsin.storage.atomic import sync_folder, write_bytes
from tocsin.storage.custody import CustodyLog
from tocsin.storage.keys import OPEN, Keyring


@dataclass(frozen=True)
class Item:
    """Describes one preserved file."""

    sha256: str
    name: str
    dataset: str
    size: int
    media_type: str
    received_at: str
    available_at: str
    origin: str
    key_id: str = OPEN


@dataclass(frozen=True)
class Collection:
    """Describes one act of collecting: which items a dataset consisted of from then on."""

    dataset: str
    collected_at: str
    available_at: str
    items: tuple[str, ...]


class Archive:
    """Keeps files and the custody log of one workspace."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self.folder = folder
        self.keyring = keyring
        self.log = CustodyLog(folder / "custody.jsonl")
        self._read = 0
        self._by_hash: dict[str, Item] = {}
        self._known: dict[tuple[str, str, str], Item] = {}
        self._collections: list[Collection] = []

    def preserve(self, files: Sequence[tuple[bytes, Item]], collection: Collection | None = None) -> list[Item]:
        """Preserve several files, then close the collection they belong to, with one write to the custody log.

        Every file is whole on disk before the log names it, and the collection is the last line: a crash in
        between leaves files that nothing names, which the next collection of the same files takes up.

        Raises:
            WorkspaceProblem: the data of a file is not what its item says.
        """
        self._refresh()
        lines: list[dict[str, Any]] = []
        kept: list[Item] = []
        folders: set[Path] = set()
        for data, item in files:
            known = self._known.get((item.sha256, item.dataset, item.name))
            if known is not None and (known.available_at, known.key_id) != (item.available_at, item.key_id):
                known = None
            folders |= self._store(data, known or item)
            if known is None:
                lines.append({"action": "received", **asdict(item)})
            kept.append(known or item)
        if collection is not None:
            lines.append({"action": "collected", **asdict(collection)})
        for folder in sorted(folders):
            sync_folder(folder)
        if lines:
            self.log.append(lines)
        return kept

    def get(self, sha256: str) -> bytes:
        """Return the bytes of an item, checked against its hash.

        Raises:
            NotFound: no such item, or its key was destroyed.
            WorkspaceProblem: the stored file was changed.
        """
        item = self.find(sha256)
        path = self._path(sha256, item.key_id)
        if not path.exists():
            raise NotFound("the preserved file is missing from the archive", f"item {sha256[:16]}", todo="Restore it from a backup.")
        data = self.keyring.unseal(item.key_id, path.read_bytes(), sha256)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise WorkspaceProblem(
                "a preserved file was changed after it was received",
                f"item {sha256[:16]}",
                sha256[:16],
                hashlib.sha256(data).hexdigest()[:16],
                "Restore it from a backup; do not use figures that rest on it.",
            )
        return data

    def find(self, sha256: str) -> Item:
        """Return the first custody description of an item."""
        self._refresh()
        item = self._by_hash.get(sha256)
        if item is None:
            raise NotFound("no preserved file has this hash", f"item {sha256[:16]}")
        return item

    def items(self) -> Iterator[Item]:
        """Yield every item in the order of receipt; a file that two datasets hold comes twice."""
        self._refresh()
        yield from list(self._known.values())

    def items_of(self, collection: Collection) -> list[Item]:
        """Return the items of a collection in its order, as its own dataset described them last."""
        self._refresh()
        own = {item.sha256: item for item in self._known.values() if item.dataset == collection.dataset}
        return [own.get(sha) or self.find(sha) for sha in collection.items]

    def collections(self, as_of: dt.date | None = None) -> dict[str, Collection]:
        """Return the newest collection of each dataset; with `as_of`, of those the world could know by then."""
        self._refresh()
        visible = [c for c in self._collections if as_of is None or c.available_at[:10] <= as_of.isoformat()]
        return {collection.dataset: collection for collection in visible}

    def custody(self) -> list[dict[str, Any]]:
        """Return the custody lines; a line cut short by a crash is not yet part of the log."""
        return [dict(line) for line in self.log.lines()]

    def verify(self) -> list[str]:
        """Return one message for each broken link of the custody log and each changed or missing file."""
        problems = self.log.broken()
        if problems:
            return problems
        for sha256 in dict.fromkeys(item.sha256 for item in self.items()):
            try:
                self.get(sha256)
            except (NotFound, WorkspaceProblem) as error:
                problems.append(f"item {sha256[:16]}: {error.what}")
        return problems

    def missing(self, hashes: Sequence[str]) -> list[str]:
        """Return those hashes of which the archive holds no item."""
        self._refresh()
        return [sha for sha in hashes if sha not in self._by_hash]

    def _store(self, data: bytes, item: Item) -> set[Path]:
        """Write the file if it is new, and return the folder that has yet to be synchronised."""
        if hashlib.sha256(data).hexdigest() != item.sha256:
            raise WorkspaceProblem("the hash of the data differs from the item", f"item {item.sha256[:16]}")
        path = self._path(item.sha256, item.key_id)
        if path.exists():
            return set()
        write_bytes(path, self.keyring.seal(item.key_id, data, item.sha256), mode=0o400, sync=False)
        return {path.parent}

    def _refresh(self) -> None:
        """Take in the custody lines that were added since the last look."""
        lines = self.log.lines()
        if len(lines) < self._read:
            self._read = 0
            self._by_hash, self._known, self._collections = {}, {}, []
        for line in lines[self._read :]:
            if line["action"] == "received":
                item = Item(**{k: line[k] for k in Item.__dataclass_fields__})
                self._by_hash.setdefault(item.sha256, item)
                self._known[item.sha256, item.dataset, item.name] = item
            elif line["action"] == "collected":
                fields: dict[str, Any] = {k: line[k] for k in Collection.__dataclass_fields__}
                self._collections.append(Collection(**{**fields, "items": tuple(fields["items"])}))
        self._read = len(lines)

    def _path(self, sha256: str, key_id: str) -> Path:
        return self.folder / key_id / sha256[:2] / sha256
