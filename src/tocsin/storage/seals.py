"""Seals what a run wrote: the hash of every file stands in the stage's manifest, the hash of each manifest in the run's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
#: Where a stage's manifest holds the hash of each file, and where a run's manifest holds those of its stages and of itself.
FILES, STAGES, OWN = "files", "manifests", "sha256"
#: Where a run's manifest holds the end of the custody log on that day, so that lines cut off later are missed.
CUSTODY = "custody"


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hashes_below(folder: Path) -> dict[str, str]:
    """Return the hash of every file below `folder` but the manifest, by its path."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: file_hash(path) for name, path in found.items() if name != MANIFEST}


def sealed(root: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest of a run with the hashes of its stages' manifests and, last, its own."""
    stages = {name: file_hash(root / str(folder) / MANIFEST) for name, folder in manifest["stages"].items()}
    body = {**{key: value for key, value in manifest.items() if key != OWN}, STAGES: stages}
    return {**body, OWN: _own(body)}


def broken_run(root: Path, path: Path, custody: frozenset[str]) -> Iterator[str]:
    """Yield one message for each file of a finished run that is gone, new or not what the run wrote.

    `custody` are the hashes of the custody log, of which the run knew one as the last.
    A run of an older version holds no hashes, so nothing can be said of it.
    """
    name = f"run {path.stem}"
    try:
        manifest = json.loads(path.read_text("utf-8"))
        stages: Mapping[str, str] = manifest["stages"]
        seals: Mapping[str, str] = manifest.get(STAGES, {})
        own = manifest.get(OWN)
    except (ValueError, KeyError, AttributeError, OSError):
        yield f"{name}: its manifest can't be read"
        return
    if own is None and not seals:
        return
    if own != _own({key: value for key, value in manifest.items() if key != OWN}):
        yield f"{name}: its manifest was changed after the run"
    if manifest.get(CUSTODY) and manifest[CUSTODY] not in custody:
        yield f"{name}: the custody log has lost lines that it had on the day of the run"
    for stage, folder in stages.items():
        yield from (f"{name}: {problem}" for problem in _broken_stage(root / str(folder), stage, seals.get(stage)))


def _broken_stage(folder: Path, stage: str, seal: str | None) -> Iterator[str]:
    manifest = folder / MANIFEST
    if not manifest.is_file():
        yield f"the tables of {stage} are missing"
        return
    if file_hash(manifest) != seal:
        yield f"the manifest of {stage} was changed after the run"
        return
    wrote: dict[str, str] = json.loads(manifest.read_text("utf-8"))[FILES]
    there = hashes_below(folder)
    yield from (f"{stage}/{name} is missing" for name in sorted(wrote.keys() - there.keys()))
    yield from (f"{stage}/{name} was added after the run" for name in sorted(there.keys() - wrote.keys()))
    yield from (f"{stage}/{name} was changed after the run" for name in sorted(wrote) if there.get(name, wrote[name]) != wrote[name])


def _own(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()
