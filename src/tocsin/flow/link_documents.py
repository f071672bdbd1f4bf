"""Links the copies among texts that a user hands in as files: whole files, and the items of digests among them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tocsin.flow.copies import first_line
from tocsin.flow.link_files import read_judgements
from tocsin.flow.texts import document_id, part_id, read_file, read_text
from tocsin.model.errors import WrongUse
from tocsin.stages.link.documents import Duplicates, Likeness, Text, link_documents


@dataclass(frozen=True)
class Answer:
    """Holds the copies, what each document is called, and the seconds it took."""

    found: Duplicates
    titles: Mapping[str, str]
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return the stable JSON of `tocsin link documents`."""
        groups: dict[str, list[str]] = {}
        for identifier, group in sorted(self.found.groups.items()):
            groups.setdefault(group, []).append(identifier)
        return {
            "documents": len(self.titles),
            "pairs": [
                {
                    "left": link.left,
                    "right": link.right,
                    "left_title": self.titles[link.left],
                    "right_title": self.titles[link.right],
                    "reasons": list(link.reasons),
                    **{key: link.levels.get(key) for key in ("jaccard", "held", "titles", "numbers", "outlets", "days_apart", "first")},
                }
                for link in self.found.found
            ],
            "groups": [{"group": group, "members": members} for group, members in sorted(groups.items())],
            "different": len(self.titles) - sum(len(members) - 1 for members in groups.values()),
            "seconds": round(self.seconds, 2),
        }


def link_document_files(files: Sequence[Path], judgements: Path | None = None, least: float | None = None) -> Answer:
    """Return which of the texts, and of the items in digests, are copies.

    Args:
        files: text files in UTF-8.
        judgements: file with id_l, id_r, judgement.
        least: Jaccard similarity from which two texts are near copies.

    Raises:
        WrongUse: a file is not there or is named twice, or `least` is no share.
        BadInput: a file is no plain text.
    """
    started = time.perf_counter()
    if least is not None and not 0 < least <= 1:
        raise WrongUse("not a share", "--least", "above 0, at most 1", f"{least:g}")
    repeated = sorted({path.name for path in files if sum(other.absolute() == path.absolute() for other in files) > 1})
    if repeated:
        raise WrongUse("a file is named twice", repeated[0], "each file once", "the same file again")
    texts: list[Text] = []
    titles: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for path in files:
        for text, title in _texts(path, seen):
            texts.append(text)
            titles[text.id] = title
    likeness = Likeness() if least is None else Likeness(least=least)
    return Answer(link_documents(texts, likeness, read_judgements(judgements)), titles, time.perf_counter() - started)


def write_copies(answer: Answer, folder: Path) -> None:
    """Write pairs.parquet and clusters.parquet into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(answer.found.pairs, folder / "pairs.parquet")
    pq.write_table(answer.found.clusters, folder / "clusters.parquet")


def _texts(path: Path, seen: Counter[str]) -> list[tuple[Text, str]]:
    """Return the file and the items in it; its ids come from its bytes and its name, and a twin of it has ids of its own."""
    item, text = read_file(path)
    key = f"{item} {path.name}"
    seen[key] += 1
    key = key if seen[key] == 1 else f"{key} {seen[key]}"
    found = read_text(path.name, text)
    whole = document_id(key)
    title = found.title if found.title != path.name else first_line(text)
    day = found.date.day if found.date else None
    parts = [part for part in found.parts if part.kind == "item" and found.kind == "digest"]
    return [
        (Text(whole, text, title, None, day, found.language), path.name),
        *(
            (
                Text(
                    id=part_id(key, part),
                    text=text[part.span[0] : part.span[1]],
                    title=part.title,
                    outlet=part.outlet,
                    date=part.date.day if part.date else None,
                    language=found.language,
                    part_of=whole,
                ),
                f"{path.name}, {part.section}.{part.number} {part.title}",
            )
            for part in parts
        ),
    ]
