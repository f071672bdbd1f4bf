"""One finished run as a reader sees it: its tables, each the rows of every stage that wrote some."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.model import tables


class Snapshot:
    """Reads the tables of one run and keeps those it read; a snapshot never changes."""

    def __init__(self, root: Path, manifest: dict[str, Any]) -> None:
        self.root = root
        self.manifest = manifest
        self._cache: dict[str, pa.Table] = {}

    @property
    def run(self) -> str:
        """Return the id of the run."""
        return str(self.manifest["run"])

    def table(self, name: str) -> pa.Table:
        """Return table `name`; empty where no stage of the run wrote it.

        Raises:
            KeyError: no contract has this name.
        """
        if name not in self._cache:
            tables.TABLES[name]
            parts = [
                pq.read_table(folder / f"{name}.parquet", schema=tables.TABLES[name])
                for folder in self.folders().values()
                if (folder / f"{name}.parquet").exists()
            ]
            self._cache[name] = tables.concat(name, parts)
        return self._cache[name]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return table `name` as dictionaries."""
        return self.table(name).to_pylist()

    def folders(self) -> dict[str, Path]:
        """Return the folder of each stage that this run consists of."""
        return {stage: self.root / str(path) for stage, path in self.manifest["stages"].items()}

    def stage_manifest(self, stage: str) -> dict[str, Any]:
        """Return what a stage wrote about itself: rows, skips, notes, seconds."""
        text = (self.folders()[stage] / "manifest.json").read_text("utf-8")
        return dict(json.loads(text))
