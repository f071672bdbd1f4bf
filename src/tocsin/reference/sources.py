"""Where each bundled file comes from, and the attribution that its licence asks for."""

from __future__ import annotations

from collections.abc import Mapping
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


#: What each licence asks of whoever shows or passes on the figures.
_CONDITIONS: Mapping[str, str] = {
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International: name the publisher, link the licence, say what was changed.",
    "MIT": "MIT licence: keep the name of the holder with the data.",
    "PDDL-1.0": "Public Domain Dedication and License 1.0: no condition.",
    "PDDL-1.0 AND MIT": "Public Domain Dedication and License 1.0, and MIT: keep the name of the holder with the data.",
    "public domain": "Public domain: no condition.",
    "facts": "Public facts in words of the project; the compilation is under the licence of the project.",
    "Apache-2.0": "Apache License 2.0, the licence of the project.",
}


@cache
def sources() -> tuple[Source, ...]:
    """Return one record for each bundled file, in the order of file names."""
    raw = read_yaml("sources.yml")
    return tuple(Source(file=name, **{key: str(value) for key, value in record.items()}) for name, record in sorted(raw.items()))


def attributions() -> Mapping[str, str]:
    """Return, for each licence, the text that goes with the files under it, as a notice."""
    texts: dict[str, str] = {}
    for licence in sorted({s.licence for s in sources()}):
        lines = [f"{s.title}. {s.publisher}. {s.url} ({s.date})." for s in sources() if s.licence == licence]
        texts[licence] = "\n".join([_CONDITIONS[licence], *lines])
    return texts
