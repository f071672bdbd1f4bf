"""A map of one country with the cells in which events lie: a cell is drawn, never a place; the table beside it holds the same."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from tocsin import reference
from tocsin.flow.read.cells import Cell, Where
from tocsin.flow.read.published import Row
from tocsin.flow.read.situations import Situation
from tocsin.web import words

#: Width of the world map in its own units, and the latitude of its upper edge.
_WIDE, _TOP = 1000.0, 83.7
_SHOWN = 12
_MARGIN = 0.15
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def where_view(found: Where | None, own: Situation) -> dict[str, Any] | None:
    """Return the map and its table in the reader's language; None where no event has a place that may be drawn."""
    if found is None or own.place is None:
        return None
    rows = [{"name": _name(cell), "n": words.num(len(cell.events)), "days": _days(cell.events)} for cell in found.cells[:_SHOWN]]
    return {
        "map": _map(own.place.code, words.place_name(own.place), found.cells),
        "rows": rows,
        "sources": sorted({_source(row["dataset"]) for cell in found.cells for row in cell.events if row.get("dataset")}),
        "more": max(0, len(found.cells) - _SHOWN),
        "nowhere": words.num(len(found.nowhere)) if found.nowhere else "",
        "nowhere_days": _days(found.nowhere),
    }


def _name(cell: Cell) -> str:
    """Return the lower left corner of a cell, as 32° N, 20° E."""
    south = gettext("%(n)s° N") if cell.south >= 0 else gettext("%(n)s° S")
    west = gettext("%(n)s° E") if cell.west >= 0 else gettext("%(n)s° W")
    return f"{south % {'n': abs(cell.south)}}, {west % {'n': abs(cell.west)}}"


def _source(dataset: str) -> str:
    return words.word(words.SOURCES, dataset)


def _days(rows: Sequence[Row]) -> str:
    days = [row["date_from"] for row in rows if row["date_from"] is not None]
    return words.span(min(days), max(days)) if days else ""


def _map(code: str, name: str, cells: Sequence[Cell]) -> SafeString:
    drawn = reference.world_map()
    corners = [[_plane(cell.west + x, cell.south + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))] for cell in cells]
    lean = _lean(cells)
    x, y, width, height = _frame(code, [point for four in corners for point in four], lean)
    window = _upright_window((x, y, width, height), lean)
    near = [(one.code, one.path) for one in drawn.shapes if not one.small and _meets(one.path, window)]
    lands = format_html_join("", '<path class="{}" d="{}"/>', (("focus" if one == code else "land", path) for one, path in near))
    lines = (path for path in drawn.borders if _meets(path, window))
    borders = format_html_join("", '<path class="defacto" d="{}"/>', ((path,) for path in lines))
    squares = format_html_join(
        "", '<polygon class="cell" points="{}" fill-opacity="{}"><title>{}</title></polygon>', _squares(cells, corners)
    )
    label = gettext("Map of %(place)s with the cells in which events lie. The table holds the same cells.") % {"place": name}
    return format_html(
        '<svg class="map--near" viewBox="{} {} {} {}" role="img" aria-label="{}"><g transform="matrix(1 0 {} 1 0 0)">{}{}{}</g></svg>',
        f"{x:.1f}",
        f"{y:.1f}",
        f"{width:.1f}",
        f"{height:.1f}",
        label,
        f"{-lean:.4f}",
        lands,
        borders,
        squares,
    )


def _squares(cells: Sequence[Cell], corners: Sequence[Sequence[Point]]) -> Iterable[tuple[str, str, str]]:
    most = max(len(cell.events) for cell in cells)
    for cell, four in zip(cells, corners, strict=True):
        said = ngettext("%(n)s event", "%(n)s events", len(cell.events)) % {"n": words.num(len(cell.events))}
        yield " ".join(f"{x:.2f},{y:.2f}" for x, y in four), _strength(len(cell.events), most), f"{_name(cell)}: {said}"


def _strength(n: int, most: int) -> str:
    """Return how strongly a cell is filled: by the logarithm of its events, never so faintly that it looks empty."""
    return f"{0.25 + 0.65 * math.log1p(n) / math.log1p(most):.2f}" if most else "0.25"


@cache
def _plane(longitude: float, latitude: float) -> Point:
    """Return a point of the globe on the world map, as the map was drawn."""
    scale = _WIDE / (2 * reference.equal_earth(180, 0)[0])
    x, y = reference.equal_earth(longitude, latitude)
    return _WIDE / 2 + x * scale, (reference.equal_earth(0, _TOP)[1] - y) * scale


def _lean(cells: Sequence[Cell]) -> float:
    """Return how far the meridian through the cells leans on the world map, in steps to the side for each step down.

    The map is drawn with this meridian upright: such a shear keeps every area as it is.
    """
    west = sum(cell.west for cell in cells) / len(cells)
    south = sum(cell.south for cell in cells) / len(cells)
    (right, upper), (left, lower) = _plane(west + 0.5, south + 1.0), _plane(west + 0.5, south)
    return (left - right) / (lower - upper)


def _upright_window(frame: Box, lean: float) -> Box:
    """Return the box of the world map whose upright drawing holds a frame."""
    x, y, width, height = frame
    lefts = (x + lean * y, x + lean * (y + height))
    return min(lefts), y, max(lefts) - min(lefts) + width, height


def _frame(code: str, points: Sequence[Point], lean: float = 0.0) -> Box:
    """Return the part of the upright map that holds the largest piece of a country and every cell, with a margin."""
    shape = next((shape for shape in reference.world_map().shapes if shape.code == code), None)
    pieces = [_walk(piece) for piece in shape.path.split("M")[1:]] if shape and not shape.small else []
    largest = max(pieces, key=_size, default=[])
    xs, ys = zip(*((x - lean * y, y) for x, y in (*largest, *points)), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    margin = max(_MARGIN * max(width, height), 1.0)
    return min(xs) - margin, min(ys) - margin, width + 2 * margin, height + 2 * margin


def _meets(path: str, frame: Box) -> bool:
    """Return True where any piece of a path may lie in the frame."""
    x, y, width, height = frame
    return any(right >= x and left <= x + width and lower >= y and upper <= y + height for left, upper, right, lower in _boxes(path))


@cache
def _boxes(path: str) -> tuple[Box, ...]:
    found = []
    for piece in path.split("M")[1:]:
        xs, ys = zip(*_walk(piece), strict=True)
        found.append((min(xs), min(ys), max(xs), max(ys)))
    return tuple(found)


def _walk(piece: str) -> list[Point]:
    """Return the corners of one piece of a path: a start, then steps."""
    numbers = [float(text) for text in _NUMBER.findall(piece)]
    x, y, points = 0.0, 0.0, []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _size(points: Sequence[Point]) -> float:
    xs, ys = zip(*points, strict=True)
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
