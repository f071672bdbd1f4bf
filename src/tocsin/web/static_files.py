"""Names style files and scripts by what they hold, so that a reader's browser may keep them without asking again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedFiles(StaticFilesStorage):
    """Adds the first digits of a file's SHA-256 to its address; another version of the file has another address."""

    def url(self, name: str | None) -> str:
        """Return the address of a file with its version."""
        version = _version(name or "")
        address = str(super().url(name))
        return f"{address}?v={version}" if version else address


@cache
def _version(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:12] if found else ""
