"""No number of these pages stands outside a link: it opens to what it counts, or to where it comes from.

Left out, since none is a count of ours: text from the data in its own language (legal bases, titles), dates, years, ids and code,
the numbers by which the Framework calls its factors and indicators, what is asked for in a form, the card of a number that opens,
and the head of a list that opens with what it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

#: Elements and classes whose text is no count.
_APART = {"a", "time", "code", "kbd", "script", "style", "title", "abbr", "label", "option", "legend", "summary"}
_CLASSES = {"id", "finds__i", "fig__card", "hash"}
_VOID = {"meta", "link", "br", "input", "hr", "img", "path", "rect", "line", "circle", "use", "polyline", "col"}
_YEAR = re.compile(r"\b(19|20)\d\d\b")
PAGES = ("/toolbox", "/toolbox?days=20&a=UN&c=with", "/framework", "/framework?state=KEN", "/framework/syria-2011", "/framework/selmora")


@dataclass
class Outside(HTMLParser):
    """Collects text with a digit in the main part of a page that stands in no link."""

    found: list[str] = field(default_factory=list)
    _stack: list[tuple[str, bool]] = field(default_factory=list)
    _main: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whether the text of an element is looked at."""
        given = dict(attrs)
        self._main = self._main or tag == "main"
        apart = tag in _APART or ("lang" in given and tag != "html") or bool(_CLASSES & set((given.get("class") or "").split()))
        if tag not in _VOID:
            self._stack.append((tag, apart or self._quiet()))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        self._main = self._main and tag != "main"
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep text with a digit."""
        if self._main and not self._quiet() and re.search(r"\d", _YEAR.sub("", data)):
            self.found.append(" ".join(data.split()))

    def _quiet(self) -> bool:
        return bool(self._stack) and self._stack[-1][1]


@pytest.mark.parametrize("address", PAGES)
def test_no_number_stands_outside_a_link(site, address):
    site.cookies["django_language"] = "fr"
    page = Outside()
    page.feed(site.get(address).content.decode())
    assert page.found == [], page.found
