"""Search over what the public pages show: titles, and names in several languages; never persons, never drafts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from tocsin import reference
from tocsin.flow.frameworks import questions
from tocsin.flow.read.asks import asks
from tocsin.flow.read.editions import editions
from tocsin.flow.read.feeds import feeds
from tocsin.flow.read.measures import measures
from tocsin.flow.read.places import place
from tocsin.flow.read.published import Published
from tocsin.flow.read.risk import Choice, chosen, risk_rows
from tocsin.flow.read.situations import situations
from tocsin.model.errors import NotFound

#: Kinds of what can be found, in the order in which they are shown.
KINDS = ("situation", "territory", "ask", "edition", "entry", "document", "measure", "factor", "indicator", "feed")
#: So many of each kind are shown; the rest is counted.
SHOWN = 8


@dataclass(frozen=True)
class Hit:
    """Holds one thing that was found: where it stands, what it is called, and one more word about it."""

    kind: str
    title: str
    href: str
    about: str = ""
    code: str = ""
    invented: bool = False
    texts: str = ""


@dataclass(frozen=True)
class Group:
    """Holds what was found of one kind: the best first, and how many more there are."""

    kind: str
    hits: tuple[Hit, ...]
    more: int


def plain(text: str) -> str:
    """Return `text` without accents and case, as it is compared.

    >>> plain("Côte d'Ivoire")
    "cote d'ivoire"
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def search(published: Published, wanted: str) -> tuple[Group, ...]:
    """Return what holds every word of `wanted`, by kind; a title that begins with it stands first."""
    words = plain(wanted).split()
    if not words:
        return ()
    found = [hit for hit in _everything(published) if all(word in hit.texts for word in words)]
    found.sort(key=lambda hit: (KINDS.index(hit.kind), not plain(hit.title).startswith(words[0]), hit.invented))
    groups = []
    for kind, hits in groupby(found, key=lambda hit: hit.kind):
        own = tuple(hits)
        groups.append(Group(kind, own[:SHOWN], max(0, len(own) - SHOWN)))
    return tuple(groups)


def _everything(published: Published) -> tuple[Hit, ...]:
    def build() -> tuple[Hit, ...]:
        return tuple(_Texts(published).hits())

    return published.once("search", build)


class _Texts:
    """Reads the titles and names of one run."""

    def __init__(self, published: Published) -> None:
        self.published = published

    def hits(self) -> Iterator[Hit]:
        """Give everything that can be found, with the text it is found by."""
        yield from self._situations()
        yield from self._territories()
        yield from self._written()
        yield from self._collected()
        yield from _shipped()

    def _situations(self) -> Iterator[Hit]:
        for own in situations(self.published):
            names = _names(own.place.code) if own.place else ()
            yield _hit(Hit("situation", own.title, f"/situations/{own.slug}", invented=own.invented), own.slug, own.summary, *names)

    def _territories(self) -> Iterator[Hit]:
        choice = chosen(self.published, Choice())
        for risk in risk_rows(self.published, choice.target, choice.horizon):
            code = risk.place.code
            hit = Hit("territory", risk.place.name, f"/forecasts/{code}", code=code, invented=risk.place.invented)
            yield _hit(hit, code, *_names(code))

    def _written(self) -> Iterator[Hit]:
        for ask in asks(self.published):
            title = ask.headline or ask.ask
            yield _hit(Hit("ask", title, f"/explain/{ask.id}", ask.addressee, invented=ask.invented), ask.ask, ask.addressee, ask.sender)
        for edition in editions(self.published):
            about = edition.day.isoformat() if edition.day else ""
            yield _hit(
                Hit("edition", edition.title, f"/publications#e-{edition.id}", about, invented=edition.invented), edition.kind, about
            )

    def _collected(self) -> Iterator[Hit]:
        for name in ("events", "measures"):
            for row in self.published.select(name, ["id", "title", "invented", "situation"]):
                if row["title"] and row["situation"]:
                    yield _hit(Hit("entry", row["title"], f"/explain/{row['id']}", invented=bool(row["invented"])))
        for row in self.published.select("documents", ["id", "title", "outlet", "author", "invented"]):
            if row["title"]:
                about = row["outlet"] or row["author"] or ""
                yield _hit(Hit("document", row["title"], f"/explain/{row['id']}", about, invented=bool(row["invented"])), about)
        for feed in feeds(self.published):
            yield _hit(Hit("feed", feed.title, "/data", feed.publisher, invented=feed.invented), feed.name, feed.publisher)


def _shipped() -> Iterator[Hit]:
    for measure in measures():
        yield _hit(Hit("measure", measure.name, f"/toolbox#{measure.id}"), measure.basis, *measure.precedents)
    for factor in reference.framework().factors:
        yield _hit(Hit("factor", factor.topic, f"/framework#{factor.id}", str(factor.number)), factor.id)
    for question in questions():
        if not question.of_state:
            yield _hit(Hit("indicator", question.topic, f"/framework#i-{question.indicator}", question.indicator), question.indicator)


def _names(code: str) -> Iterable[str]:
    try:
        return reference.territory(code).names
    except NotFound:
        return (place(code).name,)


def _hit(hit: Hit, *more: str) -> Hit:
    texts = plain(" ".join((hit.title, *(text for text in more if text))))
    return Hit(hit.kind, hit.title, hit.href, hit.about, hit.code, hit.invented, texts)
