"""The world map: every state visible, areas in proportion, small enough for a weak line."""

from __future__ import annotations

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from tocsin import reference
from tocsin.reference import equal_earth

SHAPES = {s.code: s for s in reference.world_map().shapes}


def test_every_present_state_has_a_shape_or_a_dot():
    states = {t.code for t in reference.territories() if t.gw and not t.ended}
    assert states <= set(SHAPES)
    assert {"FRA", "NOR", "XKX", "PSE", "ESH", "TWN", "SSD"} <= set(SHAPES)


def test_paths_are_drawable_and_inside_the_map():
    drawn = reference.world_map()
    for shape in drawn.shapes:
        assert re.fullmatch(r"[Mlaz0-9 .\-]+", shape.path), shape.code
        assert 0 <= shape.x <= drawn.width
        assert 0 <= shape.y <= drawn.height
        assert shape.name == reference.territory(shape.code).name
    assert all(re.fullmatch(r"[Ml0-9 .\-]+", border) for border in drawn.borders)
    assert drawn.borders


def test_disputed_territories_are_flagged():
    assert {s.code for s in SHAPES.values() if s.de_facto} == {"ESH", "PSE", "TWN", "XKX"}


def test_marks_sit_where_they_belong():
    assert abs(SHAPES["KEN"].longitude - 37.9) < 1.5 and abs(SHAPES["KEN"].latitude - 0.5) < 1.5
    assert SHAPES["NZL"].x > SHAPES["KEN"].x > SHAPES["BRA"].x
    assert SHAPES["NOR"].y < SHAPES["KEN"].y < SHAPES["ZAF"].y


def test_the_file_is_small():
    assert reference.data_path("world_map.json").stat().st_size < 120_000


@given(st.floats(-179, 179), st.floats(-89, 89))
def test_equal_earth_keeps_areas(longitude, latitude):
    step = 1e-4
    x0, y0 = equal_earth(longitude, latitude)
    x1, y1 = equal_earth(longitude + step, latitude)
    x2, y2 = equal_earth(longitude, latitude + step)
    plane = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    sphere = math.radians(step) ** 2 * math.cos(math.radians(latitude + step / 2))
    assert math.isclose(plane, sphere, rel_tol=1e-3)
