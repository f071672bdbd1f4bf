"""What a reader of the public pages may rely on."""

from __future__ import annotations

import csv
import io

import pytest

from web.addresses import ESTIMATE, FIGURE, FORECAST, INVENTED_DRAFT, PAGES, REAL_DRAFT
from web.reading import read


@pytest.mark.parametrize("address", PAGES)
def test_each_page_answers_and_obeys_the_strict_policy(site, address):
    response = site.get(address)
    assert response.status_code == 200
    page = read(response)
    assert page.inline == [], "no inline style or handler"
    assert b"<style" not in response.content
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_built_for_screen_readers(site, address):
    page = read(site.get(address))
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False)), page.headings
    assert page.tables == page.captions
    assert len(page.ids) == len(set(page.ids))
    assert set(page.described) <= set(page.ids)


def test_every_number_that_opens_leads_to_a_page(site):
    links = {link for address in PAGES for link in read(site.get(address)).links if link.startswith("/explain/")}
    assert len(links) > 100
    broken = [link for link in sorted(links) if site.get(link).status_code != 200]
    assert broken == []


def test_every_link_inside_the_site_leads_somewhere(site):
    seen = {link.split("#")[0] for address in PAGES for link in read(site.get(address)).links if link.startswith("/")}
    wanted = [link for link in sorted(seen) if link and not link.startswith(("/explain/", "/language/"))]
    broken = []
    for link in wanted:
        response = site.get(link)
        response.close()
        broken += [link] if response.status_code != 200 else []
    assert broken == []


def test_the_overview_counts_and_its_counts_open(site):
    response = site.get("/")
    text = " ".join(read(response).text)
    assert "situations are under watch" in text and "asks await an answer" in text and "countries moved up" in text
    assert {"/situations/", "#alerts", "#moved"} <= set(read(response).links)


def test_drafts_about_real_countries_are_counted_but_never_shown(site):
    for address in PAGES:
        content = site.get(address).content
        assert b"Secret headline" not in content and b"Secret ask" not in content
    assert "Drafts that wait for signatures" in site.get("/").content.decode()
    assert site.get(f"/explain/{REAL_DRAFT}").status_code == 404
    assert site.get(f"/explain/{INVENTED_DRAFT}").status_code == 200


def test_figures_in_conflict_stand_side_by_side(site):
    for address in ("/", "/situations/kenya-2007"):
        page = " ".join(read(site.get(address)).text)
        assert "1,133" in page and "at least 1,200" in page and "sources in conflict" in page


def test_a_crowd_is_never_shown_as_people_killed(site):
    text = " ".join(read(site.get("/situations/syria-2011")).text)
    assert "people present, not casualties" in text


def test_a_forecast_whose_window_has_passed_says_so_beside_each_number(site):
    for address in ("/", "/forecasts", "/situations/libya-2011", f"/explain/{FORECAST}"):
        html = site.get(address).content.decode()
        assert "it is no warning any more" in html or "it is no longer wholly a warning" in html
        assert "To renew it, collect the deaths of 2025 and later" in html
    html = site.get("/").content.decode()
    assert html.count('<span class="stale">window has passed') >= html.count('class="prob__w"') == 46


def test_what_is_invented_says_so(site):
    for address in ("/", "/situations/", "/situations/selmora", f"/explain/{ESTIMATE}", f"/explain/{INVENTED_DRAFT}"):
        text = " ".join(read(site.get(address)).text)
        assert "Selmora is a country that does not exist" in text or "invented" in text


def test_the_filter_works_without_javascript_and_the_csv_holds_what_is_shown(site):
    response = site.get("/?q=SyRiA")
    table = response.content.decode().partition('id="rank-table"')[2].partition("</table>")[0]
    assert table.count('role="rowheader"') == 1
    lines = list(csv.DictReader(io.StringIO(site.get("/rank.csv?q=SyRiA").content.decode())))
    assert [line["territory"] for line in lines] == ["SYR"]
    assert lines[0]["id"] in response.content.decode()
    shown = list(csv.DictReader(io.StringIO(site.get("/rank.csv").content.decode())))
    everything = list(csv.DictReader(io.StringIO(site.get("/rank.csv?rows=all").content.decode())))
    assert len(shown) == 12 and len(everything) == 46


def test_sorting_by_name_and_change(site):
    names = [line["name"] for line in csv.DictReader(io.StringIO(site.get("/rank.csv?sort=name&rows=all").content.decode()))]
    assert names == sorted(names)


def test_unknown_words_in_the_address_fall_back_instead_of_failing(site):
    assert site.get("/?target=everything&horizon=7&sort=up&q=%00").status_code == 200
    assert site.get("/toolbox?days=-1&a=nobody&c=maybe").status_code == 200


def test_one_block_prints_alone(site):
    html = site.get("/situations/libya-2011?print=figures").content.decode()
    assert 'id="figures">' in html.replace("  ", " ") and 'id="figures" hidden' not in html
    assert 'id="risk" hidden' in html and 'data-print="figures"' in html


def test_the_origin_shows_the_way_to_the_file_and_checks_its_hash_now(site):
    html = site.get(f"/explain/{FIGURE}?verify=1").content.decode()
    assert "1 of 1 files unchanged" in html and "digest-2013-01-11.txt" in html


def test_a_changed_file_is_noticed(site, pages_home):
    html = site.get(f"/explain/{FIGURE}").content.decode()
    sha = html.split('class="hash">')[1][:64]
    path = next((pages_home / "0-archive").rglob(sha))
    whole = path.read_bytes()
    path.chmod(0o600)
    try:
        path.write_bytes(whole + b"x")
        assert "0 of 1 files unchanged" in site.get(f"/explain/{FIGURE}?verify=1").content.decode()
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize(
    "address", ["/nothing", "/situations/atlantis", "/explain/fig-0000000000000000", "/explain/zzz", "/publications/pub-1/x"]
)
def test_an_address_that_leads_nowhere_says_what_to_do(site, address):
    response = site.get(address)
    assert response.status_code == 404
    assert "What to do" in response.content.decode()


def test_files_of_an_edition_carry_their_state(site):
    link = next(link for link in read(site.get("/publications")).links if link.endswith("digest.txt"))
    response = site.get(link)
    assert response["X-Tocsin-State"] == "draft, not signed"
    assert b"draft, not signed" in b"".join(response.streaming_content)


def test_the_language_stays_and_leads_back_only_into_the_site(site):
    response = site.get("/language/ar?next=/forecasts")
    assert response["Location"] == "/forecasts"
    html = site.get("/forecasts").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert site.get("/language/fr?next=https://elsewhere.example/")["Location"] == "/"


def test_pages_are_packed_and_not_sent_again(site):
    first = site.get("/", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip" and len(first.content) < 60_000
    assert site.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_workspace_without_a_run_says_what_to_do(site, tmp_path, monkeypatch):
    from django.conf import settings

    from tocsin.storage import Workspace
    from tocsin.web.public import frame

    Workspace.create(tmp_path / "new", demo=False)
    monkeypatch.setattr(settings, "HOME", tmp_path / "new")
    frame.shelf.cache_clear()
    assert "tocsin run" in site.get("/").content.decode()
    frame.shelf.cache_clear()
