"""Describes the datasets for people: what each manifest says, and when it was last collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tocsin.datasets import catalogue, dataset
from tocsin.storage import Workspace


def describe_datasets(root: Path | None, name: str | None = None) -> list[dict[str, Any]]:
    """Return one description for each dataset, or for the one called `name`.

    Args:
        root: the workspace whose collections are looked up; None where there is none yet.
        name: one dataset.

    Raises:
        WrongUse: no dataset has this name.
    """
    collections = Workspace.open(root).archive.collections() if root is not None else {}
    rows = []
    for one in (dataset(name),) if name else catalogue():
        manifest = one.manifest
        last = collections.get(one.name)
        rows.append(
            {
                "name": one.name,
                "title": manifest.title,
                "publisher": manifest.publisher,
                "licence": manifest.licence,
                "licence_url": manifest.licence_url or None,
                "url": manifest.url or None,
                "cadence": manifest.cadence,
                "sensitivity": manifest.sensitivity,
                "invented": manifest.invented,
                "bundled": manifest.bundled,
                "edition": manifest.edition.isoformat() if manifest.edition else None,
                "hosts": list(manifest.hosts),
                "secrets": list(manifest.secrets),
                "files": [rule.pattern for rule in manifest.files],
                "caveats": list(manifest.caveats),
                "collected_at": last.collected_at if last else None,
                "items": len(last.items) if last else 0,
            }
        )
    return rows
