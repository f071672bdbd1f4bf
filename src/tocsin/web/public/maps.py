"""The world map of risk: shapes that ship with Tocsin, shaded by step, with a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tocsin import reference
from tocsin.flow.read.places import place
from tocsin.flow.read.risk import Risk
from tocsin.web import words


def world(rows: Sequence[Risk]) -> SafeString:
    """Return the map as SVG: five steps, hatched where no forecast was made, dashed where a border is one in fact only."""
    steps = {risk.place.code: risk.step for risk in rows}
    drawn = reference.world_map()
    shapes = format_html_join("", "{}", ((_shape(shape.code, shape.path, steps.get(shape.code)),) for shape in drawn.shapes))
    label = gettext("World map, equal-area, shaded in five steps of risk. Hatched: no forecast. The table holds the same values.")
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>', drawn.width, drawn.height, label, shapes, _borders()
    )


def _shape(code: str, path: str, step: int | None) -> SafeString:
    name = words.place_name(place(code))
    if step is None:
        return format_html(
            '<path class="mu" fill="url(#h-sil)" d="{}"><title>{}</title></path>', path, gettext("%(place)s: no forecast") % {"place": name}
        )
    title = gettext("%(place)s: step %(n)s of 5") % {"place": name, "n": words.num(step)}
    return format_html('<path class="m{}" d="{}"><title>{}</title></path>', step, path, title)


@cache
def _borders() -> SafeString:
    return format_html_join("", '<path class="defacto" d="{}"/>', ((border,) for border in reference.world_map().borders))
