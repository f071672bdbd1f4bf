"""Measures name keys on mined Arabic-English pairs: how many meet across scripts, and how many strangers meet by chance.

Run: `python -m bench.link_names [FOLDER]`. FOLDER holds the name pairs (default: names-ar-en below TOCSIN_SHARED or ../shared/data).
"""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from tocsin.stages.link.names import name_keys

#: Set -> (file, first word of the lines that count).
SETS = {
    "mined from an encyclopedia": ("google_ar2en.txt", None),
    "named entities, persons": ("anetac_en_ar_named_entities.txt.gz", "PERSON"),
    "named entities, places": ("anetac_en_ar_named_entities.txt.gz", "LOCATION"),
}


def pairs(path: Path, kind: str | None) -> Iterator[tuple[str, str]]:
    """Yield the Arabic and the Latin form of each name."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            parts = line.split() if kind else line.rstrip("\n").split("\t")
            if kind and len(parts) == 3 and parts[0] == kind:
                yield parts[2], parts[1]
            elif not kind and len(parts) == 2:
                yield parts[0], parts[1]


def meet(one: str, other: str) -> tuple[bool, bool]:
    """Return whether two names have one key, and whether their keys are at least alike."""
    left, right = name_keys(one), name_keys(other)
    if left is None or right is None:
        return False, False
    return left.key == right.key, JaroWinkler.similarity(left.key, right.key) >= 0.9


def main(words: list[str] | None = None) -> None:
    """Print the table."""
    words = sys.argv[1:] if words is None else words
    shared = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
    folder = Path(words[0]) if words else shared / "data" / "names-ar-en"
    if not folder.is_dir():
        print(f"Names skipped: {folder} is not here.")
        return
    print("\nName keys across scripts (mined pairs hold noise: translations, plurals, two words for one)")
    print(f"{'set':<28}{'pairs':>8} | {'one key':>8}{'or alike':>9} | strangers: {'one key':>8}{'or alike':>9}")
    for name, (file, kind) in SETS.items():
        found = list(pairs(folder / file, kind))
        half = len(found) // 2
        strangers = zip(found, [*found[half:], *found[:half]], strict=True)
        true = [meet(arabic, latin) for arabic, latin in found]
        false = [meet(arabic, latin) for (arabic, _), (_, latin) in strangers]
        shares = [sum(row[i] for row in rows) / max(1, len(rows)) for rows in (true, false) for i in (0, 1)]
        print(f"{name:<28}{len(found):>8,} | {shares[0]:>8.3f}{shares[1]:>9.3f} |            {shares[2]:>8.4f}{shares[3]:>9.4f}")


if __name__ == "__main__":
    main()
