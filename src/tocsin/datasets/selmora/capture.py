"""Who recorded whom: a decomposable log-linear model of four lists, so that the truth can be estimated.

The graph is N - R - F with H apart: news monitors and families each talk to the researchers, and the hospitals
work alone. Within this graph every capture is drawn as P(H) P(R) P(N | R) P(F | R). It has no higher
interaction and no hidden group of persons who are easier to record: that is what makes the number of those
whom nobody recorded identifiable, and a model average over decomposable graphs right about it.
"""

from __future__ import annotations

from tocsin.datasets.selmora.dice import Dice

LISTS = ("hospitals", "researchers", "news", "families")
P_HOSPITALS = 0.24
P_RESEARCHERS = 0.26
P_NEWS = (0.10, 0.34)
P_FAMILIES = (0.15, 0.45)


def captured(dice: Dice) -> frozenset[str]:
    """Return the lists that recorded one victim; for about half of all victims, none."""
    lists = set()
    if dice.chance(P_HOSPITALS):
        lists.add("hospitals")
    researchers = dice.chance(P_RESEARCHERS)
    if researchers:
        lists.add("researchers")
    if dice.chance(P_NEWS[researchers]):
        lists.add("news")
    if dice.chance(P_FAMILIES[researchers]):
        lists.add("families")
    return frozenset(lists)
