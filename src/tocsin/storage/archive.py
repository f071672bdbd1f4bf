"""The archive: files as received, named by SHA-256, never changed, each with its chain of custody."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tocsin.model.errors import NotFound, WorkspaceProblem
from tocsin.storage.atomic import write_bytes
from tocsin.storage.keys import OPEN, Keyring

GENESIS = "0" * 64


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
        self.log = folder / "custody.jsonl"

    def put(self, data: bytes, item: Item) -> Item:
        """Preserve `data` and add a custody line; a file already held from the same dataset adds nothing.

        Raises:
            WorkspaceProblem: the data is not what `item.sha256` says.
        """
        if hashlib.sha256(data).hexdigest() != item.sha256:
            raise WorkspaceProblem("the hash of the data differs from the item", f"item {item.sha256[:16]}")
        path = self._path(item.sha256, item.key_id)
        if not path.exists():
            write_bytes(path, self.keyring.seal(item.key_id, data, item.sha256), mode=0o400)
        known = next((i for i in self.items() if i.sha256 == item.sha256 and i.dataset == item.dataset and i.name == item.name), None)
        if known is not None:
            return known
        self._append({"action": "received", **asdict(item)})
        return item

    def close_collection(self, collection: Collection) -> None:
        """Record that from now on `dataset` consists of these items: the one step that makes them visible."""
        self._append({"action": "collected", **asdict(collection)})

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
        for item in self.items():
            if item.sha256 == sha256:
                return item
        raise NotFound("no preserved file has this hash", f"item {sha256[:16]}")

    def items(self) -> Iterator[Item]:
        """Yield every item in the order of receipt."""
        for line in self.custody():
            if line["action"] == "received":
                yield Item(**{k: line[k] for k in Item.__dataclass_fields__})

    def collections(self, as_of: dt.date | None = None) -> dict[str, Collection]:
        """Return the newest collection of each dataset; with `as_of`, of those the world could know by then."""
        newest: dict[str, Collection] = {}
        for line in self.custody():
            if line["action"] != "collected":
                continue
            if as_of is not None and line["available_at"][:10] > as_of.isoformat():
                continue
            fields: dict[str, Any] = {k: line[k] for k in Collection.__dataclass_fields__}
            newest[line["dataset"]] = Collection(**{**fields, "items": tuple(fields["items"])})
        return newest

    def custody(self) -> list[dict[str, Any]]:
        """Return the custody lines; a line cut short by a crash is not yet part of the log."""
        if not self.log.exists():
            return []
        raw = self.log.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]
        return [json.loads(line) for line in whole.splitlines()]

    def verify(self) -> list[str]:
        """Return one message for each broken link of the custody log and each changed or missing file."""
        problems: list[str] = []
        previous = GENESIS
        for number, line in enumerate(self.custody(), start=1):
            if line["previous"] != previous or line["hash"] != _line_hash(line):
                problems.append(f"custody line {number}: the chain is broken")
            previous = line["hash"]
        for sha256 in dict.fromkeys(item.sha256 for item in self.items()):
            try:
                self.get(sha256)
            except (NotFound, WorkspaceProblem) as error:
                problems.append(f"item {sha256[:16]}: {error.what}")
        return problems

    def missing(self, hashes: Sequence[str]) -> list[str]:
        """Return those hashes of which the archive holds no item."""
        held = {item.sha256 for item in self.items()}
        return [sha for sha in hashes if sha not in held]

    def _append(self, body: dict[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = self.custody()
        body = {**body, "previous": lines[-1]["hash"] if lines else GENESIS}
        body["hash"] = _line_hash(body)
        encoded = (json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
        handle = os.open(self.log, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            whole = os.pread(handle, size, 0).rfind(b"\n") + 1
            os.ftruncate(handle, whole)
            os.pwrite(handle, encoded, whole)
            os.fsync(handle)
        finally:
            os.close(handle)

    def _path(self, sha256: str, key_id: str) -> Path:
        return self.folder / key_id / sha256[:2] / sha256


def _line_hash(line: dict[str, Any]) -> str:
    body = {k: v for k, v in line.items() if k != "hash"}
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()
