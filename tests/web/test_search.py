"""The search finds what is public, in any of the languages, and nothing else."""

from __future__ import annotations

import pytest

from web.addresses import FIGURE, FORECAST
from web.reading import read


@pytest.mark.parametrize(
    ("wanted", "link"),
    [
        ("kenya", "/forecasts/KEN"),
        ("KENYA 2007", "/situations/kenya-2007"),
        ("سوريا", "/forecasts/SYR"),
        ("Siria", "/forecasts/SYR"),
        ("no fly", "/toolbox#no_fly_zone"),
        (FORECAST, f"/explain/{FORECAST}"),
        (FIGURE.upper(), f"/explain/{FIGURE}"),
    ],
)
def test_words_in_any_language_and_ids_lead_to_their_page(site, wanted, link):
    assert link in read(site.get("/search", {"q": wanted})).links


def test_a_search_that_finds_nothing_says_so_and_what_to_do(site):
    said = " ".join(read(site.get("/search", {"q": "zzzz"})).text)
    assert "Nothing that is public holds all of these words." in said and "Fewer or shorter words" in said


def test_what_was_asked_is_shown_as_text(site):
    response = site.get("/search", {"q": '<b>"'})
    assert response.status_code == 200 and b"<b>&quot;" not in response.content and b'<b>"' not in response.content


def test_no_search_finds_a_draft_or_a_person(site):
    from tocsin.flow.read.search import _everything
    from tocsin.web.public.frame import published

    ids = " ".join(hit.href for hit in _everything(published()))
    assert "/dra-" not in ids and "/per-" not in ids and "/clu-" not in ids and "/alr-" not in ids


def test_many_searches_push_no_page_out_of_memory(site):
    from tocsin.web.public import pages

    site.get("/")
    before = len(pages._kept._pages)
    for number in range(20):
        site.get("/search", {"q": f"word{number}"})
    assert len(pages._kept._pages) == before


def test_every_page_offers_the_search(site):
    for address in ("/", "/toolbox", "/nothing"):
        assert "/search" in read(site.get(address)).links
