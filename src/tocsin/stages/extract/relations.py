"""Says which figures of one document repeat or contain each other, so that nothing is added twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.stages.extract.figures import FigureText

#: A rounded twin lies this close to the exact count it repeats.
ROUNDING = 0.02
#: Kinds of which the second is a part, where one stretch of text gives both.
PARTS = {"idps": "displaced", "refugees": "displaced"}


@dataclass(frozen=True)
class Relation:
    """Says that a figure is `rounded_of` or `subset_of` the figure at position `of`."""

    name: str
    of: int


def relate(figures: Sequence[FigureText], stretches: Sequence[str]) -> list[tuple[FigureText, Relation | None]]:
    """Return each figure with its relation to another one, if there is one.

    A round number close to an exact count of the same kind and territory is that count said again; it becomes
    `rounded` and must never be added. "Including N" and displaced people inside a larger number of the same
    stretch are a part of it.

    Args:
        figures: the figures of one document, in order.
        stretches: the part of the document in which each stands.
    """
    exact: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    wholes: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for position, figure in enumerate(figures):
        if figure.qualifier == "exact" and figure.value >= 1000 and figure.value % 1000:
            exact[figure.kind, figure.territory].append(position)
        wholes[stretches[position], figure.kind, figure.territory].append(position)
    related: list[tuple[FigureText, Relation | None]] = []
    for position, figure in enumerate(figures):
        twin = _twin(figure, figures, exact[figure.kind, figure.territory])
        if twin is not None:
            related.append((replace(figure, qualifier="rounded"), Relation("rounded_of", twin)))
            continue
        if figure.subset and position:
            related.append((figure, Relation("subset_of", position - 1)))
            continue
        candidates = wholes.get((stretches[position], PARTS.get(figure.kind, ""), figure.territory), [])
        whole = next((p for p in candidates if figures[p].value > figure.value), None)
        related.append((figure, Relation("subset_of", whole) if whole is not None else None))
    return related


def _twin(figure: FigureText, figures: Sequence[FigureText], exact: Sequence[int]) -> int | None:
    if figure.value % 1000 or figure.qualifier in ("forecast", "crowd"):
        return None
    return next((p for p in exact if abs(figure.value - figures[p].value) <= ROUNDING * figures[p].value), None)
