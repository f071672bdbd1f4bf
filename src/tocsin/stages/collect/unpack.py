"""Unpacks zip and gz files in memory, within limits that a harmful archive can't get past."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from tocsin.model.errors import BadInput

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Holds what an archive may contain at most."""

    members: int = 10_000
    total: int = 2 << 30
    #: An archive may grow to this many times its size, once it is larger than `free`.
    ratio: int = 200
    free: int = 8 << 20

    def allows(self, packed: int, unpacked: int) -> bool:
        """Return whether `packed` bytes may become `unpacked`."""
        return unpacked <= self.total and (unpacked <= self.free or unpacked <= packed * self.ratio)


def is_packed(name: str, data: bytes) -> bool:
    """Return whether the file is a zip or gz archive, by its first bytes and its name."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06") or data[:2] == b"\x1f\x8b" or name.lower().endswith((".zip", ".gz"))


def unpack(name: str, data: bytes, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    """Return the files inside a zip or gz file; an archive inside an archive is refused.

    Raises:
        BadInput: it is damaged, cut short, encrypted, holds paths that lead outside, or grows beyond the limits.
    """
    limits = limits or Limits()
    if not data:
        raise BadInput("the file is empty", name, "a zip or gz file", "0 bytes", "Get the file again from its publisher.")
    try:
        files = list(_zip(name, data, limits) if data[:2] == b"PK" else _gzip(name, data, limits))
    except EOFError as error:
        raise BadInput("the archive is cut short", name, "a whole zip or gz file", "the beginning of one", "Get the file again.") from error
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise BadInput(
            "the archive is damaged, cut short or encrypted", name, "a whole zip or gz file", "another one", "Get the file again."
        ) from error
    for inner, body in files:
        if is_packed(inner, body):
            raise BadInput("an archive lies inside the archive", name, "plain files", inner[:80], "Unpack it, then collect the folder.")
    return files


def _gzip(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        yield name.removesuffix(".gz").removesuffix(".GZ"), _read(stream, name, len(data), 0, limits)


def _zip(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > limits.members:
            raise BadInput("the archive holds too many files", name, f"{limits.members:,} at most", f"{len(members):,}", _TODO)
        announced = sum(m.file_size for m in members)
        if not limits.allows(len(data), announced):
            raise _too_large(name, len(data), announced, limits)
        done = 0
        for member in members:
            path = PurePosixPath(member.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in member.filename:
                raise BadInput("a path in the archive leads outside of it", name, "paths inside the archive", "an outside path", _TODO)
            with archive.open(member) as stream:
                body = _read(stream, name, len(data), done, limits)
            done += len(body)
            yield str(path), body


def _read(stream: IO[bytes] | gzip.GzipFile, name: str, packed: int, done: int, limits: Limits) -> bytes:
    """Return the bytes of one member; counts what really comes out, whatever the archive announces."""
    parts: list[bytes] = []
    while chunk := stream.read(_CHUNK):
        parts.append(chunk)
        done += len(chunk)
        if not limits.allows(packed, done):
            raise _too_large(name, packed, done, limits)
    return b"".join(parts)


_TODO = "Do not open it; ask the publisher what it is."


def _too_large(name: str, packed: int, unpacked: int, limits: Limits) -> BadInput:
    return BadInput(
        "the archive grows beyond what is safe to unpack",
        name,
        f"at most {min(limits.total, max(limits.free, packed * limits.ratio)):,} bytes from {packed:,}",
        f"{unpacked:,} bytes or more",
        _TODO,
    )
