"""The workspace on disk: numbered folders along the path of data, one folder a run inside each."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.model import tables
from tocsin.model.errors import WorkspaceProblem
from tocsin.storage import seals
from tocsin.storage.archive import Archive
from tocsin.storage.atomic import write_bytes, write_json
from tocsin.storage.keys import Keyring
from tocsin.storage.snapshot import Snapshot

#: The format this version writes; it reads this one and refuses a newer one.
FORMAT = 1
MARKER = "workspace.json"
#: First line of the custody log: with which `workspace.json` the workspace was made.
MADE = "made"
#: What only the owner may read: the secret of the web pages, the keys of cases, what people wrote.
PRIVATE = ("secret.key", "keys/*", "records.sqlite3*")


class Workspace:
    """Holds the places of one workspace and the only ways to write into them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.archive = Archive(root / "0-archive", Keyring(root / "keys"))
        self.runs = root / "runs"

    @classmethod
    def create(cls, root: Path, *, demo: bool) -> Workspace:
        """Make an empty workspace at `root`.

        Args:
            demo: True where it holds the invented country, so that a newcomer's users may be offered.

        Raises:
            WorkspaceProblem: something else is there already.
        """
        if root.exists() and any(root.iterdir()):
            raise WorkspaceProblem(
                "the folder is not empty",
                str(root),
                "a new or empty folder",
                f"{sum(1 for _ in root.iterdir())} entries",
                "Choose another folder.",
            )
        root.mkdir(parents=True, exist_ok=True)
        root.chmod(0o700)
        workspace = cls(root)
        (root / ".lock").touch(mode=0o600)
        write_json(root / MARKER, {"format": FORMAT, "demo": demo})
        workspace.archive.log.append([{"action": MADE, "workspace": seals.file_hash(root / MARKER)}])
        return workspace

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """Open the workspace at `root`.

        Raises:
            WorkspaceProblem: there is none, it can't be read, or a newer version made it.
        """
        marker = root / MARKER
        if not marker.exists():
            raise WorkspaceProblem("no workspace is here", str(root), "a folder with workspace.json", "none", "Run: tocsin init")
        try:
            about = json.loads(marker.read_text("utf-8"))
            written_by = int(about["format"])
        except (ValueError, KeyError, TypeError) as error:
            raise WorkspaceProblem(
                "workspace.json can't be read", str(marker), "JSON", "something else", "Restore it from a backup."
            ) from error
        if written_by > FORMAT:
            raise WorkspaceProblem(
                "a newer version of Tocsin made this workspace",
                str(root),
                f"format {FORMAT} or older",
                f"format {written_by}",
                "Install the newer version. Nothing was changed.",
            )
        return cls(root)

    def changed_marker(self) -> Iterator[str]:
        """Yield a message where `workspace.json` is not the one that the workspace was made with; older ones hold no hash of it."""
        try:
            made = [str(line.get("workspace")) for line in self.archive.log.lines() if line.get("action") == MADE]
        except WorkspaceProblem:  # the archive's own check says so
            return
        if made and seals.file_hash(self.root / MARKER) != made[-1]:
            yield f"{MARKER} was changed after the workspace was made"

    def exposed_files(self) -> list[str]:
        """Return one message for each private file that others than its owner may read or write, with what to do."""
        found = sorted({path for pattern in PRIVATE for path in self.root.glob(pattern)})
        return [
            f"{path.relative_to(self.root)} may be read by other people of this computer. Run: chmod 600 {path}"
            for path in found
            if path.stat().st_mode & 0o077
        ]

    @property
    def demo(self) -> bool:
        """Return True where the workspace holds the invented country."""
        return bool(json.loads((self.root / MARKER).read_text("utf-8")).get("demo"))

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace for one writer.

        Raises:
            WorkspaceProblem: another process is writing.
        """
        handle = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise WorkspaceProblem(
                    "another run is writing into this workspace", str(self.root), todo="Wait until it has ended, then start again."
                ) from error
            yield
        finally:
            os.close(handle)

    def stage_folder(self, number: int, stage: str, run: str) -> Path:
        """Return where the output of `stage` of `run` lies once it is whole."""
        return self.root / f"{number}-{stage}" / run

    def write_stage(self, folder: Path, content: Mapping[str, pa.Table], files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
        """Write the tables, files and manifest of one stage: the whole folder appears at once, by a rename.

        A folder that is there already belongs to the same run, so it holds the same content: its files are
        replaced one by one, and no reader ever finds one missing.
        """
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".tmp-"))
        try:
            for name, table in content.items():
                pq.write_table(tables.check(name, table), temporary / f"{name}.parquet", compression="zstd")
            for relative, data in files.items():
                write_bytes(temporary / "files" / relative, data)
            write_json(temporary / seals.MANIFEST, {**manifest, seals.FILES: seals.hashes_below(temporary)})
            if folder.exists():
                _renew(folder, temporary)
            else:
                temporary.replace(folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def release_folder(self, signature: str) -> Path:
        """Return where the files of a signed edition lie."""
        return self.root / "9-released" / signature

    def write_release(self, signature: str, files: Mapping[str, bytes]) -> None:
        """Write the files of a signed edition; the whole folder appears at once and is never written again."""
        folder = self.release_folder(signature)
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".tmp-"))
        try:
            for relative, data in files.items():
                write_bytes(temporary / relative, data)
            temporary.replace(folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def finish_run(self, manifest: Mapping[str, Any]) -> None:
        """Make a run the one that readers see."""
        lines = self.archive.log.lines()
        custody = str(lines[-1]["hash"]) if lines else None
        write_json(self.runs / f"{manifest['run']}.json", seals.sealed(self.root, {**manifest, seals.CUSTODY: custody}))
        write_json(self.runs / "current.json", {"run": manifest["run"]})

    def snapshot(self, run: str | None = None) -> Snapshot | None:
        """Return the newest finished run, or the one named; None where nothing has been run."""
        if run is None:
            current = self.runs / "current.json"
            if not current.exists():
                return None
            run = str(json.loads(current.read_text("utf-8"))["run"])
        path = self.runs / f"{run}.json"
        return Snapshot(self.root, json.loads(path.read_text("utf-8"))) if path.exists() else None

    def finished_runs(self) -> list[str]:
        """Return the ids of the finished runs, the newest first."""
        found = [path for path in self.runs.glob("*.json") if path.name != "current.json"]
        return [path.stem for path in sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))]

    def broken_runs(self) -> Iterator[str]:
        """Yield one message for each file of a finished run that is not what the run wrote, and where readers are led nowhere."""
        try:
            current = self.snapshot() if (self.runs / "current.json").exists() else None
            lost = current is None and bool(self.finished_runs())
        except (ValueError, KeyError, TypeError):
            lost = True
        if lost:
            yield "runs/current.json names no finished run"
        for run in self.finished_runs():
            yield from seals.broken_run(self.root, self.runs / f"{run}.json", self._custody_hashes())

    def _custody_hashes(self) -> frozenset[str]:
        try:
            return frozenset(str(line["hash"]) for line in self.archive.log.lines())
        except (WorkspaceProblem, KeyError):  # the archive's own check says so
            return frozenset()

    def sweep(self) -> None:
        """Remove what a killed run left under a temporary name."""
        for leftover in self.root.glob("*/.tmp-*"):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()


def _renew(folder: Path, newer: Path) -> None:
    """Replace every file of `folder` by the one in `newer`, the manifest last, then remove what is left over."""
    fresh = sorted((p.relative_to(newer) for p in newer.rglob("*") if p.is_file()), key=lambda p: (p.name == "manifest.json", p))
    for relative in fresh:
        (folder / relative).parent.mkdir(parents=True, exist_ok=True)
        (newer / relative).replace(folder / relative)
    for old in [p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder) not in set(fresh)]:
        old.unlink()
