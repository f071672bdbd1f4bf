"""A hash-chained log (of custody, of sealed forecasts): one JSON line an act, bound to the one before, only ever added to."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tocsin.model.errors import WorkspaceProblem

GENESIS = "0" * 64


class CustodyLog:
    """Reads and appends one hash-chained log; keeps what it read, and reads only what was added since."""

    def __init__(self, path: Path, name: str = "custody") -> None:
        self.path = path
        self.name = name
        self._lines: list[dict[str, Any]] = []
        self._offset = 0
        self._identity: tuple[int, int] | None = None

    def lines(self) -> Sequence[Mapping[str, Any]]:
        """Return every whole line; one cut short by a crash is not part of the log.

        Raises:
            WorkspaceProblem: a whole line is not JSON.
        """
        if not self.path.exists():
            self._forget()
            return self._lines
        about = self.path.stat()
        if self._identity != (about.st_dev, about.st_ino) or about.st_size < self._offset:
            self._forget()
            self._identity = (about.st_dev, about.st_ino)
        if about.st_size > self._offset:
            with self.path.open("rb") as stream:
                stream.seek(self._offset)
                self._take(stream.read())
        return self._lines

    def append(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        """Add lines with one write, each bound to the one before; a torn end of an earlier crash is cut off first."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            known = self.lines()
            previous = str(known[-1]["hash"]) if known else GENESIS
            encoded = b""
            for body in bodies:
                line = {**body, "previous": previous}
                line["hash"] = previous = line_hash(line)
                encoded += (json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
            os.ftruncate(handle, self._offset)
            _write_all(handle, encoded, self._offset)
            os.fsync(handle)
            self._identity = (os.fstat(handle).st_dev, os.fstat(handle).st_ino)
            self._take(encoded)
        finally:
            os.close(handle)

    def broken(self) -> list[str]:
        """Return one message for each line whose hash or whose link to the line before is wrong; reads the file afresh."""
        self._forget()
        try:
            lines = self.lines()
        except WorkspaceProblem as error:
            return [f"{error.where}: {error.what}"]
        problems = []
        previous = GENESIS
        for number, line in enumerate(lines, start=1):
            if line.get("previous") != previous or line.get("hash") != line_hash(line):
                problems.append(f"{self.name} line {number}: the chain is broken")
            previous = str(line.get("hash"))
        return problems

    def _take(self, raw: bytes) -> None:
        whole = raw[: raw.rfind(b"\n") + 1]
        for part in whole.split(b"\n")[:-1]:
            try:
                line = json.loads(part)
            except ValueError as error:
                number = len(self._lines) + 1
                raise WorkspaceProblem(
                    f"a line of the {self.name} log can't be read",
                    f"{self.name} line {number}",
                    "JSON",
                    "something else",
                    "Restore a backup.",
                ) from error
            self._lines.append(line)
            self._offset += len(part) + 1

    def _forget(self) -> None:
        self._lines, self._offset, self._identity = [], 0, None


def line_hash(line: Mapping[str, Any]) -> str:
    """Return the hash of a line: over everything in it but the hash."""
    body = {k: v for k, v in line.items() if k != "hash"}
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _write_all(handle: int, data: bytes, offset: int) -> None:
    while data:
        written = os.pwrite(handle, data, offset)
        data, offset = data[written:], offset + written
