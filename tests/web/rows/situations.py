"""Five situations: four of the founding documents and the invented one."""

from __future__ import annotations

from datetime import date as day

from web.rows.content import Content

SITUATIONS = [
    ("syria-2011", "Syria since March 2011", "SYR", day(2011, 3, 15), None, "crisis"),
    ("libya-2011", "Libya, February and March 2011", "LBY", day(2011, 2, 15), day(2011, 10, 31), "crisis"),
    ("kenya-2007", "Kenya after the election of 2007", "KEN", day(2007, 12, 27), day(2008, 2, 28), "crisis"),
    ("kenya-2013", "Kenya before the election of 2013", "KEN", day(2013, 1, 1), None, "watch"),
    ("selmora", "Selmora, Lake Arin district", "XSE", day(2011, 4, 1), None, "crisis"),
]  # fmt: skip
SUMMARY = "Reports, warnings and what came of them, as the preserved documents tell it."


def add(content: Content) -> None:
    """Add the situations."""
    for slug, title, territory, started, ended, level in SITUATIONS:
        invented = territory == "XSE"
        content.collected(
            "situations", "selmora" if invented else "documents", slug, slug=slug, title=title, territory=territory, started=started,
            started_precision="day", ended=ended, ended_precision="day", level=level, invented=invented, summary=SUMMARY,
        )  # fmt: skip
