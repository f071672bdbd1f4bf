"""What helps a tired reader: windows by name, steps beside ranks, folded trees, whole people, tables that fold."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from tocsin.flow.read.places import Place
from tocsin.flow.read.risk import Reason, Risk, Stamp
from web.addresses import ESTIMATE, FORECAST
from web.reading import read

pytestmark = pytest.mark.usefixtures("site")
FOLDING = ("/situations/", "/data", "/about/licences", "/publications", "/framework")


def risk(previous: float, probability: float, previous_rank: int, rank: int) -> Risk:
    day = dt.date(2026, 1, 1)
    return Risk(
        id="fct-0", place=Place("COL", "Colombia", False), target="one_sided_100", probability=probability, low=None, high=None,
        climatology=None, previous=previous, rank=rank, previous_rank=previous_rank, step=4,
        reasons=(Reason("population", -1), Reason("income per person", 1)), similar=(), missing=(), model="logit", vintage="",
        stamp=Stamp(day, day, day, day, "", False),
    )  # fmt: skip


def test_a_rise_to_a_higher_step_is_told_with_the_rank_that_fell():
    from tocsin.web.public.front import _move

    move = _move(risk(0.29, 0.303, 18, 20))
    assert (move["previous_step"], move["step"]) == ("3", "4")
    assert (move["previous_rank"], move["rank"], move["previous"]) == ("18", "20", "29.0%")
    assert move["reason"] == "income per person", "only what raises it explains a rise"


def test_each_window_is_named_once_with_its_questions_beside_it():
    from tocsin.web.public.risk import Choice, switch

    ahead = Stamp(dt.date(2024, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 12, 31), None, "", False)
    past = Stamp(dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 12, 31), None, "", True)
    stamps = {("one_sided_25", 12): past, ("one_sided_100", 12): past, ("one_sided_100_ahead", 12): ahead}
    groups = switch(stamps, Choice("one_sided_100", 12))
    assert [(group["name"], len(group["links"])) for group in groups] == [("Year ahead: 2027", 1), ("12 months: 2025", 2)]
    assert [one["current"] for group in groups for one in group["links"]] == [False, False, True]


def test_a_row_of_risk_says_its_interval_in_words(site):
    from tocsin.flow.read.risk import risk_rows as rows_of
    from tocsin.flow.read.risk import stamps
    from tocsin.web.public.frame import published
    from tocsin.web.public.risk import Choice, risk_rows

    found = rows_of(published(), *next(iter(stamps(published()))))
    row = risk_rows(found, Choice(), dt.date(2026, 1, 1), everything=True)[0]
    assert row.ends and row.ends in " ".join(read(site.get("/forecasts?rows=all")).text)


def node(kind: str, name: str, *children: object) -> SimpleNamespace:
    return SimpleNamespace(
        id=name, kind=kind, label=name, value="", method="", parameters=None, stage="", locator="", children=children, left_out=0
    )


def test_a_long_row_of_steps_folds_and_a_file_is_named_once():
    from tocsin.web.public.tree import depth, tree

    file = node("items", "itm-" + "a" * 64)
    drawn = tree(node("forecasts", "fct-1", *(node("figures", f"fig-{n}", file) for n in range(6))))
    assert (len(drawn["children"]), len(drawn["folded"])) == (3, 3), "none is lost"
    files = [step["children"][0] for step in (*drawn["children"], *drawn["folded"])]
    assert [one["again"] for one in files] == [False, True, True, True, True, True]
    assert [bool(one["sha256"]) for one in files] == [True, False, False, False, False, False]
    assert depth(node("forecasts", "fct-1", node("figures", "fig-1", file))) == 3


def test_four_steps_are_not_worth_folding():
    from tocsin.web.public.tree import tree

    drawn = tree(node("estimates", "est-1", *(node("figures", f"fig-{n}") for n in range(4))))
    assert len(drawn["children"]) == 4 and drawn["folded"] == []


def test_an_estimate_counts_whole_people_and_draws_what_is_documented():
    from tocsin.web.public import explained

    row = {"documented": 1577, "low": 2230.85, "high": 2505.73, "median": 2356.4, "level": 0.95, "method": "chao"}
    assert explained.ends("estimates", row) == "95% interval: 2,231 to 2,506"
    drawn = explained.bar("estimates", row)
    assert 0 < float(drawn["documented"]) < float(drawn["start"]) < float(drawn["tick"]) < 100
    assert explained.method("estimates", row) == "Lower bound (Chao)"


def test_a_small_count_is_drawn_nowhere():
    from tocsin.web.public import explained

    row = {"documented": 3, "low": 3.0, "high": 9.0, "median": 5.0, "level": 0.95, "method": "chao"}
    assert explained.ends("estimates", row) == "" and explained.bar("estimates", row) is None


def test_the_page_of_an_origin_says_the_value_in_words(site):
    forecast = " ".join(read(site.get(f"/explain/{FORECAST}")).text)
    assert "90% interval" in forecast and "civilians killed in deliberate attacks;" in forecast
    assert "interval" in " ".join(read(site.get(f"/explain/{ESTIMATE}")).text)


def test_crowded_marks_of_a_timeline_share_one_on_a_narrow_screen():
    from tocsin.web.public.timeline import timeline_plot

    day = dt.date(2012, 12, 1)
    days = [dt.date(2011, 6, 1), *(day + dt.timedelta(days=n) for n in range(5)), dt.date(2015, 7, 1)]
    entries = [SimpleNamespace(id=f"e{n}", first=one, last=None, precision="day", measure=False) for n, one in enumerate(days)]
    plot = timeline_plot(entries)
    assert [mark["no"] for mark in plot["tight"]] == ["1", "2\u20136", "7"]
    assert len(plot["marks"]) == 7


@pytest.mark.parametrize("address", FOLDING)
def test_a_table_that_folds_keeps_its_roles_for_screen_readers(site, address):
    content = site.get(address).content.decode()
    assert 'role="table"' in content and 'role="rowgroup"' in content
    for table in content.split('<table class="')[1:]:
        if "fold--plain" in table.split('"')[0]:
            body = table.split("<tbody")[1].split("</table>")[0]
            assert body.count("<td") == body.count('<td role="cell"') and body.count("<td") == body.count("data-l=")
            assert 'data-l=""' not in body


def test_style_files_are_small_and_kept_until_they_change(site):
    page = site.get("/").content.decode()
    address = page.split('<link rel="stylesheet" href="')[2].split('"')[0]
    assert "?v=" in address
    response = site.get(address, headers={"accept-encoding": "gzip"})
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    assert response["Content-Encoding"] == "gzip" and len(sent) < 15_000
    assert "max-age=31536000" in response["Cache-Control"]


def test_events_are_counted_by_district_and_those_without_one_are_not_lost():
    from tocsin.web.public.timeline import districts

    day = dt.date(2026, 1, 1)
    places = ["B", "A", "A", ""]
    entries = [SimpleNamespace(first=day + dt.timedelta(days=n), measure=False, district=place) for n, place in enumerate(places)]
    found = districts([*entries, SimpleNamespace(first=day, measure=True, district="A")])
    assert [(row["name"], row["n"]) for row in found] == [("A", "2"), ("B", "1"), ("", "1")]
    assert districts([SimpleNamespace(first=day, measure=False, district="")]) == []
