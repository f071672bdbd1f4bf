"""What an editor and a reader may rely on in a digest."""

from __future__ import annotations

import datetime as dt
import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from tocsin.stages.publish import Material, check_digest, compose_digest, digest_files, lint

EDITION = dt.date(2026, 11, 21)


def item(number: int, section: str, title: str, *, invented: bool = True, parent: str = "doc-digest", **other) -> dict:
    row = {
        "id": f"doc-{section}-{number}",
        "kind": "item",
        "parent": parent,
        "section": section,
        "number": number,
        "title": title,
        "author": "Field Office",
        "outlet": "Harbor Bulletin",
        "date": dt.date(2026, 11, 1),
        "date_precision": "day",
        "territory": "XSE",
        "excerpt": "The market was closed. (...) People left.",
        "link_kind": "report",
        "link": None,
        "item": "f" * 64,
        "span_start": number,
        "invented": invented,
    }
    return {**row, **other}


def figure(identifier: str, value: float, **other) -> dict:
    row = {
        "id": identifier,
        "indicator": "killed",
        "definition": "people reported killed",
        "value": value,
        "qualifier": "at_least",
        "territory": "XSE",
        "place": None,
        "item": "f" * 64,
        "relation": None,
        "as_of": None,
        "period_to": dt.date(2026, 10, 31),
        "period_from": None,
        "date_precision": "day",
        "said_by": "Coast Monitors",
        "conflict_group": None,
        "invented": True,
    }
    return {**row, **other}


def forecast(territory: str, probability: float, *, stale: bool = False) -> dict:
    return {
        "id": f"fct-{territory}",
        "territory": territory,
        "target": "one_sided_100",
        "horizon_months": 12,
        "chosen": True,
        "probability": probability,
        "low": probability / 2,
        "high": min(1.0, probability * 2),
        "climatology": 0.03,
        "window_from": dt.date(2025, 1, 1),
        "window_to": dt.date(2025, 12, 31),
        "issued_at": EDITION,
        "stale": stale,
        "renew": "Collect the figures of 2025.",
    }


def digest(documents=None, figures=(), forecasts=(), **other):
    rows = documents if documents is not None else [item(n, s, f"Title {s} {n}") for s in ("I", "II", "III", "IV") for n in (1, 2)]
    issues = [
        {**row, "id": parent, "kind": "digest", "parent": None, "section": None} for parent, row in {r["parent"]: r for r in rows}.items()
    ]
    material = Material(
        [*rows, *issues], list(figures), other.get("estimates", []), list(forecasts), 3, 2, {"XSE": "Selmora", "AAA": "Aland"}, EDITION
    )
    return compose_digest(material, other.get("state", "draft"))


def files(issue) -> dict[str, str]:
    return {output.path.split("/")[-1]: output.data.decode("utf-8") for output in digest_files(issue)}


class Links(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if "href" in values:
            self.hrefs.append(values["href"])
        if "id" in values:
            self.ids.add(values["id"])


def test_contents_come_from_the_items_and_every_link_in_the_file_has_its_target():
    page = Links(files(digest())["digest.html"])
    inside = [href[1:] for href in page.hrefs if href.startswith("#")]
    assert inside and set(inside) <= page.ids


def test_every_figure_on_the_page_opens():
    text = files(digest(figures=[figure("fig-1", 412)]))["digest.html"]
    assert 'href="/explain/fig-1"' in text and "at least 412" in text


def test_a_crowd_a_forecast_and_a_rounded_twin_never_stand_in_the_summary():
    rows = [
        figure("fig-1", 412),
        figure("fig-crowd", 1000, qualifier="crowd", indicator="crowd"),
        figure("fig-forecast", 9000, qualifier="forecast"),
        figure("fig-twin", 400, relation="rounded_of"),
    ]
    shown = [f.id for section in digest(figures=rows).sections for f in section.summary]
    assert shown == ["fig-1"]


def test_documented_and_estimated_never_share_a_sentence():
    estimate = {
        "id": "est-1",
        "territory": "XSE",
        "quantity": "killed",
        "method": "dga",
        "median": 900.0,
        "low": 800.0,
        "high": 1100.0,
        "level": 0.95,
        "refused": None,
        "period_to": EDITION,
    }
    text = files(digest(figures=[figure("fig-1", 412)], estimates=[estimate]))["digest.txt"]
    lines = [line for line in text.splitlines() if "documented" in line or "estimated" in line]
    assert len(lines) == 2 and not any("documented" in line and "estimated" in line for line in lines)


def test_a_refused_estimate_is_not_printed():
    refused = {"id": "est-1", "territory": "XSE", "median": None, "refused": "not identified"}
    assert "est-1" not in files(digest(estimates=[refused]))["digest.json"]


def test_a_draft_carries_its_watermark_in_every_form_and_a_release_carries_none():
    assert all("raft, not signed" in text for name, text in files(digest()).items() if name != "digest.json")
    assert json.loads(files(digest())["digest.json"])["state"] == "draft"
    assert not any("not signed" in text for text in files(digest(state="released")).values())


def test_invented_material_is_marked_and_never_mixed_with_real_items():
    real = [item(1, "I", "A real item", invented=False, parent="doc-real", territory=None)]
    made_up = [item(1, "I", "A made-up item")]
    mixed = digest(documents=real + made_up)
    assert [i.title for i in mixed.items] == ["A real item"] and not mixed.invented
    assert "Selmora is made up" in files(digest(documents=made_up))["digest.html"]


def test_only_the_newest_issue_is_taken_up():
    old = [{**item(1, "I", "Old"), "id": "doc-old", "parent": "doc-2012"}]
    new = [{**item(1, "I", "New"), "id": "doc-new", "parent": "doc-2013"}]
    parents = [
        {
            "id": "doc-2012",
            "kind": "digest",
            "date": dt.date(2012, 1, 1),
            "invented": True,
            "section": None,
            "parent": None,
            "territory": None,
        },
        {
            "id": "doc-2013",
            "kind": "digest",
            "date": dt.date(2013, 1, 1),
            "invented": True,
            "section": None,
            "parent": None,
            "territory": None,
        },
    ]
    assert [i.title for i in digest(documents=parents + new + old).items] == ["New"]


def test_the_table_of_risk_is_about_the_window_that_is_still_ahead():
    ahead = {**forecast("XSE", 0.2), "id": "fct-ahead", "target": "one_sided_100_ahead", "window_from": dt.date(2027, 1, 1)}
    issue = digest(forecasts=[forecast("AAA", 0.4, stale=True), ahead])
    assert [risk.id for risk in issue.risks] == ["fct-ahead"] and issue.stale_note is None


def test_an_estimate_counts_whole_people_and_names_its_method_in_words():
    estimate = {"id": "est-1", "territory": "XSE", "quantity": "killed", "method": "dga", "median": 2830.4, "low": 2642.4, "high": 3069.9}
    more = {"level": 0.95, "refused": None, "period_to": EDITION, "stratum": None, "invented": True}
    text = files(digest(figures=[figure("fig-1", 40)], estimates=[{**estimate, **more}]))["digest.txt"]
    assert "2,830 (2,642 to 3,070)" in text and "graph averaging" in text and "dga" not in text


def test_a_stale_forecast_says_so_beside_the_number_in_every_form():
    texts = files(digest(forecasts=[forecast("AAA", 0.4, stale=True)]))
    for name in ("digest.html", "digest.txt", "digest.md"):
        assert "window begun or passed" in texts[name] and "Collect the figures of 2025" in texts[name], name
    (risk,) = json.loads(texts["digest.json"])["risks"]
    assert risk["stale"] is True and risk["window"] and risk["issued"]


def test_figures_in_conflict_stand_side_by_side_and_are_not_added():
    pair = [
        figure("fig-a", 1133, conflict_group="kenya-2007-killed", invented=False, territory="AAA"),
        figure("fig-b", 1200, conflict_group="kenya-2007-killed", invented=False, territory="AAA"),
    ]
    real = [item(1, "I", "A real item", invented=False, territory=None)]
    text = files(digest(documents=real, figures=pair))["digest.txt"]
    assert "1,133" in text and "1,200" in text and "2,333" not in text


def test_the_feed_is_well_formed_even_with_awkward_titles():
    text = files(digest(documents=[item(1, "I", "Fear & <hope>: “what now”")]))["digest.rss"]
    root = ElementTree.fromstring(text)
    assert root.find("channel/item/title").text.endswith("Fear & <hope>: “what now”")


def test_html_in_a_title_is_shown_and_not_run():
    text = files(digest(documents=[item(1, "I", "<script>alert(1)</script>")]))["digest.html"]
    assert "<script>" not in text


def test_the_gate_stops_a_digest_without_items():
    assert [f.check for f in check_digest(digest(documents=[]))] == ["digest-has-items"]


@pytest.mark.parametrize(
    ("documents", "check"),
    [
        ([item(1, "I", "Same"), item(2, "I", "Same")], "title-once"),
        ([item(1, "I", "No date", date=None)], "item-has-a-date"),
        ([item(1, "II", "Reports of over 60,000 dead")], "title-number-has-a-figure"),
    ],
)
def test_the_linter_finds_the_slips_of_real_issues(documents, check):
    assert check in {finding.check for finding in lint(digest(documents=documents))}


def test_items_without_a_section_or_with_a_fifth_one_are_not_lost():
    rows = [
        item(1, None, "About a territory"),
        item(2, None, "About nothing in particular", territory=None),
        item(1, "V", "A fifth section"),
    ]
    issue = digest(documents=rows)
    assert {s.numeral: [i.title for i in s.items] for s in issue.sections if s.items} == {
        "III": ["About a territory", "A fifth section"],
        "IV": ["About nothing in particular"],
    }
