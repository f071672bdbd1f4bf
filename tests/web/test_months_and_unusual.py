"""What a reader of monthly forecasts and of watched events may rely on."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from tocsin.web.districts import district_name
from web.reading import read

PAGES = ("/forecasts/SYR", "/situations/syria-2011")


def text_of(site, address: str) -> str:
    return " ".join(read(site.get(address)).text)


@pytest.mark.parametrize("address", PAGES)
def test_the_fan_by_month_has_a_sentence_a_drawing_and_a_table(site, address):
    page = site.get(address).content.decode()
    block = page[page.index('id="months"') :].split("</section>")[0]
    text = " ".join(re.sub("<[^>]*>", " ", block).split())
    assert "90% interval 0 to 660" in text and text.count("window has passed") > 12
    assert "tocsin collect ucdp_ged --from FILE" in text and "counts as revised later" in text
    assert block.count("<polygon") == 3 and "December 2027" in text
    for month in re.findall(r'points="([^"]*)"', block):
        assert all(0 <= float(part) <= 100 for pair in month.split() for part in pair.split(","))


def test_months_that_lie_ahead_are_not_called_passed(site):
    page = site.get("/forecasts/SYR").content.decode()
    row = next(one for one in page.split("<tr>") if "January 2027" in one)
    assert "window has" not in row


@pytest.mark.parametrize("address", PAGES)
def test_escalation_stands_beside_what_is_usual(site, address):
    text = text_of(site, address)
    assert "17.3%" in text and "2.1%" in text and "1,000 deaths" in text


def test_what_stands_out_and_what_is_missing_are_said_with_the_false_alarms_to_expect(site):
    text = text_of(site, "/situations/syria-2011")
    assert "1 week of the last year stands out." in text and "1 month of the last two years stands out." in text
    assert "0.05 false alarms a week" in text  # 0.04 of the weeks, and 7 days of the 0.05 a month
    assert "that is missing, not calm" in text and "nothing was reported" in text
    assert "more than were to be expected" in text


def test_figures_are_watched_beside_events_and_say_what_rose_and_who_says_so(site):
    text = text_of(site, "/situations/syria-2011")
    assert "1 series of events is watched. 1 series of figures is watched." in text
    assert "refugees, rise since the month before, by the figures of Border office" in text
    assert "41,200" in text and "9,650" in text
    page = site.get("/situations/syria-2011").content.decode()
    opened = re.search(r'href="(/explain/ano-[^"]*)"(?:(?!</a>).)*41,200', page, re.S)
    assert opened and "rise by the figures of Border office, Syria" in site.get(opened[1]).content.decode()


def test_every_number_of_both_blocks_opens(site):
    for address in PAGES:
        links = [link for link in read(site.get(address)).links if link.startswith(("/explain/mon-", "/explain/ano-"))]
        assert links
        for link in (links[0], links[-1]):
            assert site.get(link).status_code == 200


def test_a_place_without_events_has_neither_block(site):
    page = site.get("/forecasts/SOM").content.decode()
    assert 'id="months"' not in page
    page = site.get("/situations/kenya-2013").content.decode()
    assert 'id="months"' not in page and 'id="unusual"' not in page


def test_a_district_stands_under_its_name_in_the_language_of_the_reader():
    with translation.override("en"):
        assert "Tarshun" in district_name("XSE-01")
    with translation.override("ar"):
        assert "Tarshun" not in district_name("XSE-01") and "XSE" not in district_name("XSE-01")
        assert "Rif Dimashq" in district_name("Rif Dimashq")
