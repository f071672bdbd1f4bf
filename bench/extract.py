"""Reads the founding documents and says how much of what they state was found: `python -m bench.extract`.

Items of the digest are compared with titles, outlets and dates (facts of publication) written down by hand; figures with
the facts whose unit is persons, refugees, displaced people or homes. Needs the folder of real test data.
"""

from __future__ import annotations

import os
from pathlib import Path

from tocsin import reference
from tocsin.flow.texts import read_text

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
#: Units of facts that count people or homes.
UNITS = ("persons", "refugees", "IDPs", "homes")
#: Section, number, outlet and date of each item of the digest of 11 January 2013, read by hand.
ITEMS = {
    ("I", 1): (None, None),
    ("II", 1): ("Foreign Policy", "2013-01-11"),
    ("II", 2): ("Amnesty International", "2013-01-10"),
    ("II", 3): ("United Nations Office on Genocide Prevention and the Responsibility to Protect", "2012-12-20"),
    ("III", 1): ("Human Rights Watch", "2013-01-02"),
    ("III", 2): ("Council on Foreign Relations", "2013-01-01"),
    ("III", 3): ("Refugees International", "2012-12-13"),
    ("IV", 1): ("Canadian Centre for the Responsibility to Protect", "2013-01-01"),
    ("IV", 2): ("UNA – UK", "2012-12-14"),  # noqa: RUF001  as printed
    ("IV", 3): ("Global Centre for the Responsibility to Protect", "2012-12-01"),
    ("IV", 4): ("UN Office on Disarmament Affairs", "2012-11-01"),
}
DOCUMENTS = {"D1": "000_", "D2": "002_", "D3": "003_", "D4": "004_"}


def main() -> None:
    """Print both tables."""
    folder = SHARED / "documents"
    if not folder.is_dir():
        print(f"not run: no documents in {folder}")
        return
    found = {key: read_text(p.name, p.read_text("utf-8")) for key, prefix in DOCUMENTS.items() for p in folder.glob(f"{prefix}*")}
    items = {(p.section, p.number): p for p in found["D1"].parts if p.kind == "item"}
    right = [k for k, (outlet, day) in ITEMS.items() if k in items and _same(items[k], outlet, day)]
    print(
        f"digest: {len(items)} items in {len({p.section for p in items.values()})} sections; outlet and date right for {len(right)} of {len(ITEMS)}"
    )
    facts = [f for f in reference.founding_facts() if f.number is not None and (f.unit or "").startswith(UNITS)]
    hit = [f.id for f in facts if _held(f, found)]
    print(f"figures: {len(hit)} of {len(facts)} facts found ({len(hit) / len(facts):.0%})")
    print("  found:  ", " ".join(hit))
    print("  missing:", " ".join(f.id for f in facts if f.id not in hit))


def _same(part, outlet, day) -> bool:  # type: ignore[no-untyped-def]
    return part.outlet == outlet and (part.date.day.isoformat() if part.date else None) == day


def _held(fact, found) -> bool:  # type: ignore[no-untyped-def]
    return any(
        f.figure.value == fact.number and (not fact.territory or f.figure.territory == fact.territory)
        for document in found.values()
        for f in document.figures
    )


if __name__ == "__main__":
    main()
