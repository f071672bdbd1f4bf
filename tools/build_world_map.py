"""Builds the world map that ships: Natural Earth 1:110m countries as small SVG paths in Equal Earth.

    python tools/build_world_map.py COUNTRIES PLACES

COUNTRIES is `ne_110m_admin_0_countries`, PLACES is `ne_50m_populated_places_simple`, both as GeoJSON,
gzipped or not (public domain, naturalearthdata.com). Writes `src/tocsin/reference/data/world_map.json`.

What is done to the file, and why:

- Natural Earth draws who is in control. Northern Cyprus and Somaliland are joined to Cyprus and Somalia, and
  Crimea, which is a polygon of its own in the file, to Ukraine, as the United Nations lists them; the line stays
  as a border "in fact". Kosovo, Palestine and Western Sahara keep shapes of their own with such a border.
- Western Sahara is drawn whole, from the parallel of 27°40' north; the file gives the part west of the sand wall to
  Morocco. The wall stays as a border in fact.
- `-99` codes become ISO 3166-1 (XKX for Kosovo).
- A state that is too small for this scale becomes a dot at its capital, so that no state is invisible.
- Antarctica and the French Southern Lands are left out.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from tocsin import reference
from tocsin.reference.projection import equal_earth

OUT = Path(__file__).parents[1] / "src" / "tocsin" / "reference" / "data" / "world_map.json"
WIDTH, TOP, BOTTOM, DOT = 1000.0, 83.7, -56.0, 2.5
SCALE = WIDTH / (2 * equal_earth(180, 0)[0])
CODES = {"FRA": "FRA", "NOR": "NOR", "KOS": "XKX", "CYN": "CYP", "SOL": "SOM", "SAH": "ESH", "SDS": "SSD", "PSX": "PSE"}
LEFT_OUT = {"ATA", "ATF"}
#: Pairs of Natural Earth codes whose common line is a border in fact only, or is disputed.
IN_FACT = (("CYN", "CYP"), ("SOL", "SOM"), ("KOS", "SRB"), ("SAH", "MAR"), ("PSX", "ISR"), ("CRIMEA", "UKR"))
#: Shapes whose status as a state is disputed.
DISPUTED = {"XKX", "ESH", "PSE", "TWN"}
CRIMEA = (34.0, 45.2)
#: The northern border of Western Sahara, as Natural Earth draws its eastern part.
SAHARA_NORTH = 27.65643
#: States for which the file of places names no capital: seat of government.
SEATS = {"NRU": (166.92, -0.55)}
Ring = list[tuple[float, float]]


def main(countries: Path, places: Path) -> None:
    """Write world_map.json."""
    rings = _rings(_read(countries))
    by_code: dict[str, list[Ring]] = {}
    for source, found in rings.items():
        code = {"CRIMEA": "UKR"}.get(source, CODES.get(source, source))
        by_code.setdefault(code, []).extend(found)
    by_code["MAR"], west = [_cut(r, north=True) for r in rings["MAR"]], [_cut(r, north=False) for r in rings["MAR"]]
    by_code["ESH"] += west
    shapes = [_shape(code, _merge(found)) for code, found in sorted(by_code.items()) if code not in LEFT_OUT]
    shapes += [_dot(code, point) for code, point in sorted(_capitals(_read(places)).items()) if code not in by_code]
    missing = {t.code for t in reference.territories() if t.gw and not t.ended} - {s["code"] for s in shapes}
    if missing:
        raise SystemExit(f"No shape and no capital for {', '.join(sorted(missing))}")
    height = round(_plane(0, BOTTOM)[1], 1)
    borders = [line for pair in IN_FACT for line in _common(rings[pair[0]], rings[pair[1]])]
    world = {"width": WIDTH, "height": height, "shapes": shapes, "borders": borders}
    OUT.write_text(json.dumps(world, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{len(shapes)} shapes, {len(borders)} borders in fact, {OUT.stat().st_size:,} bytes\n")


def _read(path: Path) -> Any:
    data = path.read_bytes()
    return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)


def _rings(world: Any) -> dict[str, list[Ring]]:
    rings: dict[str, list[Ring]] = {}
    for feature in world["features"]:
        code, geometry = feature["properties"]["ADM0_A3"], feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for polygon in polygons:
            outer = [(round(x, 5), round(y, 5)) for x, y in polygon[0]]
            key = "CRIMEA" if code == "RUS" and _inside(CRIMEA, outer) else code
            rings.setdefault(key, []).extend([[(round(x, 5), round(y, 5)) for x, y in ring] for ring in polygon])
    return rings


def _cut(ring: Ring, *, north: bool) -> Ring:
    """Return the part of a ring north or south of the border of Western Sahara."""
    kept: Ring = []
    for a, b in _edges(ring):
        if (a[1] >= SAHARA_NORTH) == north or a[1] == SAHARA_NORTH:
            kept.append(a)
        if (a[1] - SAHARA_NORTH) * (b[1] - SAHARA_NORTH) < 0:
            share = (SAHARA_NORTH - a[1]) / (b[1] - a[1])
            kept.append((round(a[0] + share * (b[0] - a[0]), 5), SAHARA_NORTH))
    return [*kept, kept[0]]


def _inside(point: tuple[float, float], ring: Ring) -> bool:
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def _edges(ring: Ring) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return [(a, b) for a, b in pairwise(ring) if a != b]


def _merge(rings: list[Ring]) -> list[Ring]:
    """Return the outlines of the union: an edge that runs both ways is inside and goes."""
    edges = {edge for ring in rings for edge in _edges(ring)}
    following: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for a, b in sorted(e for e in edges if (e[1], e[0]) not in edges):
        following.setdefault(a, []).append(b)
    outlines: list[Ring] = []
    while following:
        start = next(iter(following))
        ring = [start]
        while ring[-1] in following:
            onward = following[ring[-1]].pop()
            if not following[ring[-1]]:
                del following[ring[-1]]
            ring.append(onward)
            if onward == start:
                break
        outlines.append(ring)
    return outlines


def _common(left: list[Ring], right: list[Ring]) -> list[str]:
    """Return the lines that both outlines share, as SVG paths."""
    other = {frozenset(edge) for ring in right for edge in _edges(ring)}
    lines: list[Ring] = []
    for ring in left:
        for a, b in _edges(ring):
            if frozenset((a, b)) not in other:
                continue
            if lines and lines[-1][-1] == a:
                lines[-1].append(b)
            else:
                lines.append([a, b])
    return [_path(line, closed=False) for line in lines]


def _plane(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = equal_earth(longitude, max(latitude, BOTTOM))
    return WIDTH / 2 + x * SCALE, (equal_earth(0, TOP)[1] - y) * SCALE


def _path(ring: Ring, *, closed: bool) -> str:
    """Return a relative path on a grid of tenths; points that fall on the one before are dropped."""
    points: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        x, y = _plane(longitude, latitude)
        point = (round(x * 10), round(y * 10))
        if not points or point != points[-1]:
            points.append(point)
    if closed and len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < (3 if closed else 2):
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    text = f"M{_tenth(points[0][0])} {_tenth(points[0][1])}l" + " ".join(f"{_tenth(dx)} {_tenth(dy)}" for dx, dy in steps)
    return text.replace(" -", "-") + ("z" if closed else "")


def _tenth(value: int) -> str:
    return f"{value / 10:.1f}".removesuffix(".0").replace("-0.", "-.").removeprefix("0") or "0"


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(ring)) / 2


def _centre(ring: Ring) -> tuple[float, float]:
    twice = 6 * _area(ring)
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in _edges(ring)) / twice
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in _edges(ring)) / twice
    return x, y


def _shape(code: str, rings: list[Ring]) -> dict[str, Any]:
    longitude, latitude = _centre(max(rings, key=lambda ring: abs(_area(ring))))
    path = "".join(_path(ring, closed=True) for ring in rings)
    return _entry(code, path, longitude, latitude, small=False)


def _entry(code: str, path: str, longitude: float, latitude: float, *, small: bool) -> dict[str, Any]:
    x, y = _plane(longitude, latitude)
    return {
        "code": code,
        "path": path,
        "x": round(x, 1),
        "y": round(y, 1),
        "longitude": round(longitude, 2),
        "latitude": round(latitude, 2),
        "de_facto": code in DISPUTED,
        "small": small,
    }


def _dot(code: str, point: tuple[float, float]) -> dict[str, Any]:
    x, y = _plane(*point)
    path = f"M{x - DOT:.1f} {y:.1f}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0 {-2 * DOT} 0z"
    return _entry(code, path, *point, small=True)


def _capitals(places: Any) -> dict[str, tuple[float, float]]:
    """Return the capital of every present territory that has a number in the list of states."""
    states = {t.code for t in reference.territories() if (t.gw or t.cow) and not t.ended}
    found = dict(SEATS)
    for feature in places["features"]:
        values = feature["properties"]
        code = CODES.get(values["adm0_a3"], values["adm0_a3"])
        if values["featurecla"].startswith("Admin-0 capital") and code in states:
            found.setdefault(code, (values["longitude"], values["latitude"]))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
