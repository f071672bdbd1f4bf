"""A digest and open data, both drafts, with their files."""

from __future__ import annotations

import hashlib

from web.rows.content import AS_OF, Content

DIGEST = {"digest.html": "text/html", "digest.txt": "text/plain", "digest.json": "application/json"}
OPEN_DATA = {"figures.csv": "text/csv", "figures.parquet": "application/vnd.apache.parquet"}


def add(content: Content) -> None:
    """Add the publications."""
    for name, media in DIGEST.items():
        _publication(content, "digest", "Digest of 20 November 2026", name, media, f"draft, not signed: {name}\n".encode())
    for name, media in OPEN_DATA.items():
        _publication(content, "open-data", "Figures", name, media, b"id,value\n")


def _publication(content: Content, kind: str, title: str, name: str, media: str, data: bytes) -> None:
    path = f"{kind}/{name}"
    content.files[path] = data
    content.computed(
        "publications", name, [content.rows["figures"][-1]["id"]], kind, kind=kind, title=title, edition=AS_OF, path=path,
        media_type=media, sha256=hashlib.sha256(data).hexdigest(), state="draft", invented=False,
    )  # fmt: skip
