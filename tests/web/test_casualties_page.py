"""What a reader of the page of casualties, and of the estimates on a situation page, may rely on."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tocsin.model.ids import stable_id
from web.reading import read


def text_of(site, address):
    return " ".join(read(site.get(address)).text)


def test_documented_and_estimated_stand_apart_and_are_labelled(site):
    page = site.get("/casualties").content.decode()
    page = page[page.index('id="xse-people-killed-lake-arin-district"') :]
    assert page.index("Documented (at least)") < page.index("2,934") < page.index("Estimated, also those nobody recorded")
    assert "3,880 to 4,760" in page
    assert "never added" in page


def test_every_number_of_an_estimate_opens(site):
    links = set(read(site.get("/casualties")).links)
    for prefix, key in (("est", "selmora-dga"), ("est", "selmora-documented"), ("est", "selmora-chao"), ("sen", "selmora-left")):
        address = f"/explain/{stable_id(prefix, key)}"
        assert address in links
        assert site.get(address).status_code == 200


def test_the_documented_count_opens_as_documented(site):
    text = site.get(f"/explain/{stable_id('est', 'selmora-documented')}").content.decode()
    assert "at least 2,934" in text and "Documented (at least)" in text


def test_settings_with_one_answer_stand_together(site):
    page = site.get("/casualties").content.decode()
    assert page.count('<th scope="row" role="rowheader">Log-linear model') == 1
    assert "stepwise" in page and "BIC" in page


def test_missed_pairs_are_said_beside_the_interval(site):
    for address in ("/casualties", "/situations/selmora"):
        text = text_of(site, address)
        assert "95.3%" in text
        assert "iased upwards" in text
        assert "It is too high by about 70 (55 to 85)" in text


def test_refusals_give_their_reason_and_never_a_number(site):
    page = site.get("/casualties").content.decode()
    rows = [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<(?:tr|li)\b.*?</(?:tr|li)>", page, re.DOTALL)]
    for reason in ("fewer than three lists overlap", "Only 2 of the lists name anyone"):
        refused = [row for row in rows if reason in row]
        assert refused and not any(re.search(r"\d to \d", row) for row in refused), "a refused estimate has no interval"


def test_small_counts_are_withheld_everywhere(site):
    page = text_of(site, "/casualties")
    assert "withheld" in page and "fewer than 5" in page
    assert "3 to 9" not in page
    rows = list(csv.DictReader(io.StringIO(site.get("/casualties.csv").content.decode())))
    assert not [row for row in rows if row["quantity"].endswith("one farm")]
    small = site.get(f"/explain/{stable_id('est', 'selmora-few')}").content.decode()
    assert "withheld" in small and "3 to 9" not in small


def test_the_situation_page_names_one_estimate_and_leads_to_the_rest(site):
    response = site.get("/situations/selmora")
    page = response.content.decode()
    assert page.count("3,880 to 4,760</bdi>") == 1
    assert "4,000 to 4,900" not in page
    assert any(link.startswith("/casualties#") for link in read(response).links)
    assert "middles of 2 methods" in page


@pytest.mark.parametrize("kind", ["Each list left out", "Each two lists joined", "Before anyone uses these numbers"])
def test_what_an_estimate_hangs_on_is_there(site, kind):
    assert kind in text_of(site, "/casualties")


def test_the_table_of_casualties_holds_what_the_page_shows(site):
    rows = list(csv.DictReader(io.StringIO(site.get("/casualties.csv").content.decode())))
    about = {row["about"] for row in rows}
    assert {"documented", "estimated", "lower bound", "left_out", "joined"} <= about
    assert all(row["median"] == "" for row in rows if row["refused"])


def test_causes_have_a_range_where_records_disagree_and_small_ones_are_withheld(site):
    text = text_of(site, "/casualties")
    for shown in ("small arms", "2,000 to 2,200", "heavy weapons and explosive munitions", "chemical, biological, radiological or nuclear"):
        assert shown in text
