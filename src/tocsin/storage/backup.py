"""One file that holds a whole workspace, with the hash of everything in it, and the way back."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from tocsin.model.errors import BadInput, WorkspaceProblem, WrongUse
from tocsin.storage.workspace import FORMAT, Workspace

#: The format of backup files that this version writes.
BACKUP_FORMAT = 1
CONTENTS = "tocsin-backup.json"
_SQLITE = b"SQLite format 3\x00"
_CHUNK = 1 << 20
#: A backup may grow to this many times its size, and this many bytes beside.
_RATIO, _FREE = 200, 64 << 20
_ASIDE = ("-wal", "-shm", "-journal")


def write_backup(workspace: Workspace, target: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """Write every file of the workspace into the zip file `target` and return its table of contents.

    A SQLite database is copied through its own backup interface, so that a server may go on writing.

    Args:
        workspace: what is backed up; no run may write meanwhile.
        target: a file that does not exist yet.
        about: what else the table of contents should say.

    Raises:
        WrongUse: the target exists, or lies inside the workspace.
    """
    target = target.absolute()
    if target.exists():
        raise WrongUse("a file of this name is there already", str(target), "a new name", "an existing file", "Choose another name.")
    if workspace.root.resolve() in target.resolve().parents:
        raise WrongUse(
            "the backup would lie inside the workspace", str(target), "a place outside of it", "inside", "Choose another folder."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".tmp-backup-")
    os.close(handle)
    try:
        with workspace.lock(), zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            files = {path: _add(archive, workspace.root, path) for path in _paths(workspace.root)}
            contents = {**about, "backup_format": BACKUP_FORMAT, "workspace_format": FORMAT, "files": files}
            archive.writestr(CONTENTS, json.dumps(contents, ensure_ascii=False, indent=1, sort_keys=True))
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    return contents


def restore_backup(source: Path, root: Path) -> dict[str, Any]:
    """Put a workspace back at `root` from the file `source`, and return the table of contents.

    Everything is written under a temporary name and checked; only then does it appear at `root`.

    Raises:
        BadInput: the file is no backup, damaged, changed, or holds paths that lead outside.
        WorkspaceProblem: a newer version wrote it, or something is at `root` already.
    """
    root = root.absolute()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise WorkspaceProblem("something is there already; nothing is overwritten", str(root), "a new or empty folder", "a folder in use")
    root.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=root.parent, prefix=f".{root.name}-"))
    try:
        with _open(source) as archive:
            contents = _contents(archive, source)
            for path, entry in contents["files"].items():
                _extract(archive, path, entry, temporary, source.name)
        (temporary / ".lock").touch(mode=0o600)
        problems = Workspace.open(temporary).archive.verify()
        if problems:
            raise BadInput("the archive in the backup is not whole", source.name, "every hash right", problems[0], "Use an older backup.")
        temporary.replace(root)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return contents


def _paths(root: Path) -> list[str]:
    found = (p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    return sorted(p for p in found if p != ".lock" and not p.endswith(_ASIDE) and "/.tmp-" not in f"/{p}")


def _add(archive: zipfile.ZipFile, root: Path, relative: str) -> dict[str, Any]:
    with _whole(root / relative) as path:
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(relative)
        info.compress_type = zipfile.ZIP_DEFLATED
        with path.open("rb") as stream, archive.open(info, "w", force_zip64=True) as out:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        return {"sha256": digest.hexdigest(), "size": path.stat().st_size}


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a copy of a SQLite database that is whole at one moment, and any other file as it is."""
    with path.open("rb") as stream:
        database = stream.read(len(_SQLITE)) == _SQLITE
    if not database:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with contextlib.closing(sqlite3.connect(path)) as live, contextlib.closing(sqlite3.connect(copy)) as still:
            try:
                live.backup(still)
            except sqlite3.Error as error:
                raise WorkspaceProblem(
                    "the database of records can't be copied", path.name, "a whole database, and room for a copy of it", str(error),
                    "Check the room on the disk; tocsin verify says whether the database is whole.",
                ) from error  # fmt: skip
        yield copy


def _open(source: Path) -> zipfile.ZipFile:
    if not source.is_file():
        raise BadInput("there is no such file", str(source), "a backup file", "nothing", "Check the path.")
    try:
        return zipfile.ZipFile(source)
    except zipfile.BadZipFile as error:
        wanted = "a file that tocsin backup wrote"
        raise BadInput("the file is no backup, or it was cut short", source.name, wanted, "another file", _TODO) from error


def _contents(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        contents = json.loads(archive.read(CONTENTS))
        formats = {"backup": (int(contents["backup_format"]), BACKUP_FORMAT), "workspace": (int(contents["workspace_format"]), FORMAT)}
        entries = {str(path): (str(e["sha256"]), int(e["size"])) for path, e in contents["files"].items()}
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise BadInput("the file is no backup of Tocsin", source.name, "a table of contents", "none that can be read") from error
    for kind, (written, known) in formats.items():
        if written > known:
            raise WorkspaceProblem(
                "a newer version of Tocsin wrote this backup",
                source.name,
                f"{kind} format {known} or older",
                f"format {written}",
                "Install the newer version. Nothing was changed.",
            )
    total = sum(size for _, size in entries.values())
    if total > _FREE + _RATIO * source.stat().st_size:
        raise BadInput("the backup grows beyond what is safe to unpack", source.name, "files of usual size", f"{total:,} bytes", _TODO)
    for path in entries:
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts or "\\" in path or not parts.parts:
            raise BadInput(
                "a path in the backup leads outside of it", source.name, "paths inside", "an outside path", "Do not use this file."
            )
    return dict(contents)


def _extract(archive: zipfile.ZipFile, path: str, entry: Mapping[str, Any], folder: Path, name: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(path) as stream, target.open("xb") as out:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > entry["size"]:
                    break
                out.write(chunk)
    except (KeyError, zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise BadInput("a file in the backup is missing or damaged", name, "every file whole", "one that is not", _TODO) from error
    if size != entry["size"] or digest.hexdigest() != entry["sha256"]:
        raise BadInput("a file in the backup was changed", f"{name}: {path}", entry["sha256"][:16], digest.hexdigest()[:16], _TODO)
    target.chmod(0o400 if path.startswith("0-archive/") and not path.endswith(".jsonl") else 0o600)


_TODO = "Use another backup. Nothing was written."
