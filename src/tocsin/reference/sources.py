"""Where each bundled file comes from, and the attribution that its licence asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.reference.files import read_yaml


@dataclass(frozen=True)
class Source:
    """Says what one bundled file is, who published it, under which licence and as of when.

    Args:
        licence: an SPDX id, `public domain`, or `facts` where only the compilation has a licence, which is the project's.
        date: of the content, as exact as it is known.
    """

    file: str
    title: str
    publisher: str
    licence: str
    url: str
    date: str
    note: str


@cache
def sources() -> tuple[Source, ...]:
    """Return one record for each bundled file, in the order of file names."""
    raw = read_yaml("sources.yml")
    return tuple(Source(file=name, **{key: str(value) for key, value in record.items()}) for name, record in sorted(raw.items()))
