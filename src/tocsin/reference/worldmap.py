"""The world map: small SVG paths in Equal Earth, made once by tools/build_world_map.py."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from tocsin.reference.files import read_text
from tocsin.reference.territories import territory


@dataclass(frozen=True)
class MapShape:
    """Draws one territory.

    Args:
        x, y: where a label or mark goes, in the units of the map.
        longitude, latitude: the same point on the globe.
        de_facto: True where the standing of the territory itself is disputed.
        small: True where the territory is too small for this scale and is drawn as a dot.
    """

    code: str
    name: str
    path: str
    x: float
    y: float
    longitude: float
    latitude: float
    de_facto: bool
    small: bool


@dataclass(frozen=True)
class WorldMap:
    """Holds the shapes in the order of codes, dots last, and lines that are borders in fact only."""

    width: float
    height: float
    shapes: tuple[MapShape, ...]
    borders: tuple[str, ...]


@cache
def world_map() -> WorldMap:
    """Return the map."""
    raw = json.loads(read_text("world_map.json"))
    shapes = tuple(MapShape(name=territory(shape["code"]).name, **shape) for shape in raw["shapes"])
    return WorldMap(raw["width"], raw["height"], shapes, tuple(raw["borders"]))
