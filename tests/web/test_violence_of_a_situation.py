"""The years that tell most about a situation, with three kinds of violence apart."""

from __future__ import annotations

from web.reading import read


def test_the_year_in_which_it_began_stands_beside_the_newest_and_unknown_is_not_zero(site):
    response = site.get("/situations/libya-2011")
    text = " ".join(" ".join(read(response).text).split())
    assert "Documented deaths in organized violence" in text
    assert "the year in which it began" in text and "newest year of the period" in text
    table = text.split("Documented deaths in organized violence")[1].split("newest year of the period")[1][:200]
    assert table.count("unknown") == 2, "kinds without a figure say so"


def test_each_count_of_violence_opens_or_is_unknown(site):
    html = site.get("/situations/syria-2011").content.decode()
    cells = html.split('kinds-t"')[1].split("</table>")[0].split("<td")[1:]
    assert len(cells) % 3 == 0 and len(cells) >= 3
    assert all(('href="/explain/fig-' in cell) != ("unknown" in cell) for cell in cells)
