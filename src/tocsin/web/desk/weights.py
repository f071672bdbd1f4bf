"""How each comparison moves a pair: a bar from the sum so far to the next, the start among strangers first, the sum last."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tocsin.web import words
from tocsin.web.desk.linkage_words import FIELDS, LEVELS

#: What a comparison counts as agreement when a reason is proposed, in log units.
TELLING = 1.0
#: Levels that are no difference.
SAME = ("equal", "equal by sound", "same day", "same place", "same user name")
_EDGE = 3.0


@dataclass(frozen=True)
class Step:
    """Holds one row: its words, its weight with its sign, and the bar in per cent of the width."""

    field: str
    level: str
    weight: str
    up: bool
    x: str
    width: str
    telling: bool = False
    same: bool = False


@dataclass(frozen=True)
class Weights:
    """Holds the rows from the start to the sum, and where the line of no evidence stands."""

    start: Step
    steps: tuple[Step, ...]
    total: str
    zero: str


def weights(pair: Mapping[str, Any], reasons: Sequence[Mapping[str, Any]]) -> Weights | None:
    """Return the bars of a pair; None where the run kept no reasons.

    The start is what is left of the pair's weight once every comparison is taken off: what two records at random have.
    """
    if not reasons or pair.get("weight") is None:
        return None
    added = [float(one.get("weight") or 0.0) for one in reasons]
    total = float(pair["weight"])
    sums = [0.0, *itertools.accumulate([total - sum(added), *added])]
    low, high = min(sums), max(sums)
    scale = (100 - 2 * _EDGE) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return _EDGE + (value - low) * scale

    def step(field: str, level: str, weight: float, at: int) -> Step:
        left, right = sorted((x(sums[at]), x(sums[at + 1])))
        bar = (f"{left:.1f}", f"{max(right - left, 0.6):.1f}")
        same, said = level in SAME, words.word(LEVELS, level)
        if same and weight < 0:  # people who died together share it, so it tells them apart less than nothing
            said = _("%(level)s, as with others who died then and there") % {"level": said}
        return Step(words.word(FIELDS, field), said, _signed(weight), weight >= 0, *bar, abs(weight) >= TELLING, same)

    rows = [
        step(str(one.get("field", "")), str(one.get("level", "")), weight, at)
        for at, (one, weight) in enumerate(zip(reasons, added, strict=True), start=1)
    ]
    return Weights(replace(step("", "", sums[1], 0), field=_("Start: two records at random")), tuple(rows), _signed(total), f"{x(0.0):.1f}")


def proposed(found: Weights | None) -> str:
    """Return a reason for an answer, made from the comparisons that tell most; what is the same never stands under *differ*."""
    steps = found.steps if found else ()
    agree = [one.field for one in steps if one.telling and one.up]
    differ = [one.field for one in steps if one.telling and not one.up and not one.same]
    said = []
    if agree:
        said.append(_("Agree: %(fields)s.") % {"fields": ", ".join(agree)})
    if differ:
        said.append(_("Differ: %(fields)s.") % {"fields": ", ".join(differ)})
    return " ".join(said)


def _signed(value: float) -> str:
    shown = words.num(abs(value), 1)
    return f"{'−' if value < 0 else '+'}{shown}" if round(abs(value), 1) else shown  # noqa: RUF001
