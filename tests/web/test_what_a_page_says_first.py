"""What stands where a tired reader looks first: the next thing to read, the risk of each situation, no chart named that is not there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from tocsin.web import words


def test_the_overview_leads_to_what_moved_what_waits_and_what_is_late(site: Any) -> None:
    text = site.get("/").content.decode()
    targets = re.findall(r'href="#([a-z]+)"', text.partition('class="jump"')[2].partition("</nav>")[0])
    assert targets == ["moved", "alerts", "late"]
    for target in targets:
        assert f'id="{target}"' in text


def test_the_list_of_situations_says_how_great_the_risk_is_and_for_when(site: Any) -> None:
    page = site.get("/situations/").content.decode()
    row = page.partition('href="/situations/libya-2011"')[2].partition("</tr>")[0]
    assert re.search(r"/explain/fct-[0-9a-f]+", row)
    assert re.search(r"\d%", row)
    caption = page.partition("<caption>")[2].partition("</caption>")[0]
    assert "Chance of at least" in caption
    assert "scale from 0 to" in caption


def test_all_bars_of_one_table_share_one_scale(site: Any) -> None:
    """A bar that ends further right gives the higher chance, in every row of the table of a situation."""
    page = site.get("/situations/libya-2011").content.decode()
    table = page.partition('id="risk"')[2].partition('<table class="rank">')[2].partition("</table>")[0]
    ticks = [float(x) for x in re.findall(r'ivl__tick" x="([\d.]+)%', table)]
    shares = [float(x) for x in re.findall(r"<bdi>([\d.]+)%</bdi>", table)]
    assert len(ticks) == len(shares) > 1
    assert [x for _, x in sorted(zip(shares, ticks, strict=True))] == sorted(ticks)


def test_no_cell_of_a_situation_is_empty(site: Any) -> None:
    for slug in ("libya-2011", "selmora"):
        page = site.get(f"/situations/{slug}").content.decode()
        assert not re.findall(r"<td[^>]*>\s*</td>", page)


@pytest.mark.parametrize(("language", "shown"), [("en", "86.0%"), ("fr", "86,0%"), ("ar", "\u206686.0%\u2069")])
def test_a_share_keeps_its_order_where_text_runs_from_right_to_left(language: str, shown: str) -> None:
    with translation.override(language):
        assert words.pct(0.86) == shown


def test_an_empty_search_shows_where_else_to_look(site: Any) -> None:
    page = site.get("/search").content.decode().partition('id="main"')[2]
    for address in ("/situations/", "/forecasts", "/toolbox", "/data"):
        assert f'href="{address}"' in page


def test_codes_of_a_record_are_said_in_words_at_the_linkage_desk() -> None:
    from tocsin.web.desk import linkage

    assert linkage._shown({"cause": "small_arms"}, "cause") == "small arms"
    assert linkage._shown({"given": "Small_arms"}, "given") == "Small_arms"


def test_a_fraction_among_the_settings_of_a_step_is_short_and_a_seed_is_whole() -> None:
    from tocsin.web.public import tree

    assert (
        tree._parameters('{"share": 0.9326390076500036, "seed": 20130111, "delta": 0.0625}') == "delta 0.0625, seed 20130111, share 0.9326"
    )


def test_an_option_inside_a_sentence_runs_from_left_to_right() -> None:
    from tocsin.web.templatetags.tocsin import options_apart

    assert options_apart("A <b>; --columns role=name overrides it.") == (
        'A &lt;b&gt;; <code dir="ltr">--columns role=name</code> overrides it.'
    )


def test_who_may_not_see_a_page_is_led_to_where_one_signs_in(site: Any) -> None:
    from django.test import RequestFactory

    from tocsin.web.public import errors

    assert 'href="/desk/login"' in errors.refused(RequestFactory().get("/x")).content.decode()
    assert 'href="/desk/login"' not in errors.missing(RequestFactory().get("/x")).content.decode()
