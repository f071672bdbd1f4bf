"""Reads a page as a person would: its links, its visible words, its headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements without an end tag.
_VOID = {"meta", "link", "br", "input", "hr", "img", "path", "rect", "line", "circle", "use", "polyline"}
#: Elements whose text is not for readers, or is not to be translated.
_SILENT = {"script", "style", "code", "kbd", "time", "title"}
_SPOKEN = ("aria-label", "placeholder", "title", "alt")


@dataclass
class Page(HTMLParser):
    """Holds what a page says and where it leads."""

    text: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    tables: int = 0
    captions: int = 0
    _stack: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says and where it leads."""
        given = {name: value or "" for name, value in attrs}
        quiet = self._quiet() or tag in _SILENT or ("lang" in given and tag != "html") or "hash" in given.get("class", "").split()
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if "aria-describedby" in given:
            self.described.append(given["aria-describedby"])
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(tag)
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if not quiet:
            self.text += [given[name] for name in _SPOKEN if given.get(name)]
        if tag not in _VOID:
            self._stack.append((tag, quiet))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while self._stack:
            name, _ = self._stack.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Note words that a reader sees."""
        if data.strip() and not self._quiet():
            self.text.append(data.strip())

    def _quiet(self) -> bool:
        return bool(self._stack) and self._stack[-1][1]


def read(response: object) -> Page:
    """Return a page as read."""
    page = Page()
    page.feed(response.content.decode())
    return page
