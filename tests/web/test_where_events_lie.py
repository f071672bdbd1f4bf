"""The map of a situation draws cells of a degree, never a place, and its table holds the same."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pyarrow as pa
import pytest

from web.reading import read


def event(number, longitude, latitude, *, situation=None, day=dt.date(2011, 3, 1), indicator="deaths_one_sided"):
    return {
        "id": f"evt-{number:016x}", "longitude": longitude, "latitude": latitude, "date_from": day, "date_to": day,
        "situation": situation, "indicator": indicator, "territory": "LBY",
        "dataset": "ucdp_ged",
    }  # fmt: skip


@pytest.fixture
def events(site, monkeypatch):
    """Return the site with events of Libya that have coordinates."""
    from tocsin.flow.read import cells
    from tocsin.flow.read.published import filtered

    rows = [
        event(1, 20.07, 32.12), event(2, 20.9, 32.9), event(3, -0.5, -0.5, situation="libya-2011"), event(4, None, None),
        event(5, 20.1, 32.1, day=dt.date(1999, 1, 1)), event(6, 20.1, 32.1, situation="syria-2011"), event(7, 20.1, 32.1, indicator="trigger"),
    ]  # fmt: skip
    table = pa.Table.from_pylist(rows)

    class Only:
        def __init__(self, inner):
            self.inner = inner

        def once(self, key, build):
            return build()

        def select(self, name, columns=None, **where):
            return filtered(table, columns, where)

    seen = cells.where
    for module in ("tocsin.flow.read.situation", "tocsin.web.public.tables"):
        monkeypatch.setattr(f"{module}.where", lambda published, found: seen(Only(published), found))
    monkeypatch.setattr("tocsin.web.public.pages._kept", type("None_", (), {"get": lambda self, key, make: make()})())
    monkeypatch.setattr("tocsin.flow.read.published.Published.once", lambda self, key, build: build())
    return site


def test_cells_are_counted_and_none_of_the_coordinates_is_shown(events):
    html = events.get("/situations/libya-2011").content.decode()
    assert html.count('class="cell"') == 2
    text = " ".join(" ".join(read(events.get("/situations/libya-2011")).text).split())
    assert "32° N, 20° E" in text and "1° S, 1° W" in text and "no place that may be drawn" in text
    assert "20.07" not in html and "32.12" not in html


def test_the_file_behind_the_counts_holds_the_same_events(events):
    lines = list(csv.DictReader(io.StringIO(events.get("/situations/libya-2011/cells.csv").content.decode())))
    assert [(line["cell_south"], line["cell_west"]) for line in lines] == [("32", "20"), ("32", "20"), ("-1", "-1"), ("", "")]


def test_a_situation_without_places_has_no_map(site):
    assert b"map--near" not in site.get("/situations/kenya-2007").content
    assert site.get("/situations/kenya-2007/cells.csv").status_code == 404


def test_the_frame_holds_the_country_and_the_cells_fall_into_it():
    from tocsin import reference
    from tocsin.web.public.country_map import _frame, _plane

    x, y, width, height = _frame("LBY", [_plane(20, 32)])
    shape = next(s for s in reference.world_map().shapes if s.code == "LBY")
    assert x < shape.x < x + width and y < shape.y < y + height
    assert _plane(shape.longitude, shape.latitude) == pytest.approx((shape.x, shape.y), abs=0.15)


def test_the_map_stands_upright_far_from_the_middle_of_the_world() -> None:
    """A cell is drawn with upright sides wherever it lies, and as large as on the map of the world."""
    from tocsin.flow.read.cells import Cell
    from tocsin.web.public import country_map

    cell = Cell(south=-45, west=-128, events=())
    lean = country_map._lean([cell])
    corners = [country_map._plane(cell.west + x, cell.south + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    upright = [(x - lean * y, y) for x, y in corners]
    bottom, top = (upright[0][0] + upright[1][0]) / 2, (upright[2][0] + upright[3][0]) / 2
    assert abs(bottom - top) < 0.01 * abs(upright[0][0] - upright[1][0])
    assert abs(_area(upright) - _area(corners)) < 1e-9


def _area(points: list[tuple[float, float]]) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(points, points[1:] + points[:1], strict=True))) / 2


def test_a_cell_with_more_events_is_filled_more_strongly_and_none_looks_empty() -> None:
    from tocsin.web.public.country_map import _strength

    shares = [float(_strength(n, 2880)) for n in (1, 9, 95, 820, 2880)]
    assert shares == sorted(set(shares))
    assert shares[0] >= 0.3
    assert shares[-1] == 0.9
    assert _strength(1, 1) == "0.90"
