"""What a reader of one territory's forecasts may rely on."""

from __future__ import annotations

import datetime as dt

import pytest

from tocsin.web import words
from web.reading import read


def text_of(site, address: str) -> str:
    return " ".join(read(site.get(address)).text)


def test_the_table_of_forecasts_leads_to_the_reasons(site):
    assert "/forecasts/SYR" in read(site.get("/forecasts")).links


def test_the_page_says_inputs_similar_cases_and_what_is_missing(site):
    text = text_of(site, "/forecasts/SYR")
    assert "civilians killed in deliberate attacks in the last year" in text
    assert "Mali" in text and "No input is missing" in text
    assert "growth of the economy" in text_of(site, "/forecasts/SOM")


def test_every_question_of_the_territory_can_be_asked(site):
    links = read(site.get("/forecasts/SYR")).links
    assert sum("target=one_sided" in link for link in links) == 5
    assert "1,000 civilians" in text_of(site, "/forecasts/SYR?target=one_sided_1000&horizon=24")


def test_a_passed_window_says_so_and_what_renews_it(site):
    page = site.get("/forecasts/SYR").content.decode()
    assert "has passed: it is no warning any more" in page and "tocsin collect ucdp_country_year" in page


@pytest.mark.parametrize("code", ["QQQ", "syr-1", "scorecards"])
def test_a_territory_without_forecasts_is_not_found(site, code):
    assert site.get(f"/forecasts/{code}").status_code == 404


def test_a_region_shows_its_own_countries_only(site):
    links = set(read(site.get("/forecasts?region=Western+Asia")).links)
    assert "/forecasts/SYR" in links and "/forecasts/MLI" not in links
    assert "/forecasts/MLI" in set(read(site.get("/forecasts?region=nowhere")).links)


@pytest.mark.parametrize(
    ("probability", "said"), [(0.9999, "over 99%"), (0.994, "over 99%"), (0.99, "99.0%"), (1.0, "100.0%"), (0.0004, "under 0.1%")]
)
def test_no_chance_is_said_as_certain(probability, said):
    assert words.pct(probability) == said


def test_near_certain_chances_are_said_in_words_as_such():
    assert words.in_hundred(0.9995) == "over 99 in 100" and words.in_hundred(0.97) == "about 97 in 100"


class Run:
    """Stands for a run that offers some questions."""

    def __init__(self, targets: list[str]) -> None:
        day = dt.date(2025, 1, 1)
        stamp = {"origin": day, "window_from": day, "window_to": day, "issued_at": day, "renew": "", "stale": False}
        self.rows = [{"target": target, "horizon_months": 12, **stamp} for target in targets]

    def once(self, _: object, build):
        return build()

    def select(self, *_: object, **__: object) -> list[dict]:
        return self.rows


def test_the_page_opens_with_the_year_ahead_where_there_is_one():
    from tocsin.flow.read.risk import Choice, chosen

    both = Run(["one_sided_25", "one_sided_25_ahead", "one_sided_100_ahead"])
    assert chosen(both, Choice(target="")).target == "one_sided_100_ahead"
    assert chosen(both, Choice(target="one_sided_25")).target == "one_sided_25"
    assert chosen(Run(["one_sided_25"]), Choice(target="")).target == "one_sided_25"
