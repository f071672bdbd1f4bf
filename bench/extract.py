"""Reads the founding documents and says how much of what they state was found: `python -m bench.extract`.

Needs the folder of real test data. Two label files, written by hand and without a sentence of the texts:
`labels/digest_items.csv` (facts of publication: section, title, outlet, date) and `labels/figures.csv` (one verdict
for each figure of harm or displacement from documents 000 and 002, by character span). A figure counts as right only
if value, kind, territory and qualifier are; a figure without a label counts as wrong until somebody reads it.
The rules were written with these texts at hand: the figures say that nothing is missed here, not how the rules do elsewhere.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tocsin import reference
from tocsin.flow.texts import Extracted, read_text
from tocsin.stages.extract import HARM_KINDS

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
LABELS = Path(__file__).parent / "labels"
#: Units of facts that count people or homes.
UNITS = ("persons", "refugees", "IDPs", "homes")
#: What a fact counts -> kind that a reading must give it.
KIND_OF = {
    "persons killed": "killed", "refugees": "refugees", "persons not reached": "not_reached", "persons in need": "in_need",
    "persons present": "crowd", "persons at risk of death": "killed", "persons listed": "listed", "persons displaced": "displaced",
    "IDPs": "idps", "homes destroyed": "homes_destroyed", "persons summoned": "summoned", "persons": "raped",
}  # fmt: skip
#: Facts that must never come out as deaths counted, with the qualifier that says so.
TRAPS = {"SF002": "rounded", "SF008": "crowd", "SF012": "forecast"}
NUMBERS = ("000", "002", "003", "004")


@dataclass(frozen=True)
class Measured:
    """Holds the numbers of one reading."""

    items: int
    sections: int
    items_right: int
    items_expected: int
    found: tuple[str, ...]
    missing: tuple[str, ...]
    right: int
    emitted: int
    unread: int
    traps_kept: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Return the share of facts found with number, kind and territory."""
        return len(self.found) / (len(self.found) + len(self.missing))

    @property
    def precision(self) -> float:
        """Return the share of emitted figures of harm or displacement that are right."""
        return self.right / self.emitted


def measure(folder: Path) -> Measured:
    """Read the four documents in `folder` and compare with facts and labels."""
    read = {n: read_text(p.name, p.read_text("utf-8")) for n in NUMBERS for p in folder.glob(f"{n}_*")}
    items, right, expected = _items(read["000"])
    facts = [f for f in reference.founding_facts() if f.number is not None and (f.unit or "").startswith(UNITS)]
    found = tuple(f.id for f in facts if _held(f, read))
    verdicts = {
        (r["document"], int(r["span_start"]), int(r["span_end"]), float(r["value"]), r["kind"]): r["verdict"] for r in _rows("figures")
    }
    emitted = [
        (n, *f.figure.span, f.figure.value, f.figure.kind) for n in ("000", "002") for f in read[n].figures if f.figure.kind in HARM_KINDS
    ]
    return Measured(
        items=len(items),
        sections=len({p.section for p in items}),
        items_right=right,
        items_expected=expected,
        found=found,
        missing=tuple(f.id for f in facts if f.id not in found),
        right=sum(verdicts.get(key) == "right" for key in emitted),
        emitted=len(emitted),
        unread=sum(key not in verdicts for key in emitted),
        traps_kept=tuple(f.id for f in facts if f.id in TRAPS and not _counted_as_dead(f, read)),
    )


def main() -> None:
    """Print the table."""
    folder = SHARED / "documents"
    if not folder.is_dir():
        print(f"not run: no documents in {folder}")
        return
    got = measure(folder)
    print(
        f"digest: {got.items} items in {got.sections} sections; title, outlet and date right for {got.items_right} of {got.items_expected}"
    )
    print(
        f"facts of persons, refugees, IDPs, homes found with number, kind and place: {len(got.found)} of {len(got.found) + len(got.missing)}"
    )
    print("  found:  ", " ".join(got.found))
    print("  missing:", " ".join(got.missing) or "none")
    print(f"precision over every figure of harm or displacement in 000 and 002: {got.right} of {got.emitted} ({got.precision:.2f})")
    print(f"  not yet read by a person: {got.unread}")
    print(f"traps that stay out of the deaths: {' '.join(got.traps_kept)} of {' '.join(TRAPS)}")


def _rows(name: str) -> list[dict[str, str]]:
    with (LABELS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _items(digest: Extracted) -> tuple[list, int, int]:
    items = [p for p in digest.parts if p.kind == "item"]
    by_place = {(p.section, str(p.number)): p for p in items}
    labels = _rows("digest_items")
    return items, sum(_same(by_place.get((label["section"], label["number"])), label) for label in labels), len(labels)


def _same(part, label: Mapping[str, str]) -> bool:
    if part is None:
        return False
    day = part.date.day.isoformat() if part.date else ""
    date = day[:7] if part.date and part.date.precision == "month" else day
    title = label["title"] in (part.title, f"{label['title'].split(':')[0]}: {part.title}")
    return title and (part.outlet or "") == label["outlet"] and date == label["date"]


def _held(fact, read: Mapping[str, Extracted]) -> bool:
    kind = KIND_OF[fact.counted]
    return any(
        f.figure.value == fact.number and f.figure.kind == kind and f.figure.territory == fact.territory
        for document in read.values()
        for f in document.figures
    )


def _counted_as_dead(fact, read: Mapping[str, Extracted]) -> bool:
    """Return True where the number of a trap came out as killed with another qualifier than the one that warns."""
    return any(
        f.figure.kind == "killed" and f.figure.value == fact.number and f.figure.qualifier != TRAPS[fact.id] for f in read["000"].figures
    )


if __name__ == "__main__":
    main()
