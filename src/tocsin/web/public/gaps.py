"""What is not known of a situation, each with what would close the gap."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from tocsin.flow.read.situation import Page
from tocsin.web import words


def gaps(found: Page) -> list[dict[str, str]]:
    """Return what is not known, and what would close it."""
    return [{"what": what, "closed": closed} for what, closed in _gaps(found)]


def _gaps(found: Page) -> Iterator[tuple[str, str]]:
    unknown = [words.num(factor.number) for factor in found.profile.factors if factor.profile.answer == "unknown"]
    if unknown:
        yield gettext("Factors %(list)s of the Framework.") % {"list": ", ".join(unknown)}, gettext("any statement for or against")
    if not any(one.main for one in found.counted):
        yield (
            gettext("How many were killed beyond those documented."),
            gettext("three or more lists of named persons with date and place"),
        )
    silent = ", ".join(words.word(words.POINTS, p.name) for p in found.clock if p.state == "silence")
    if silent:
        yield gettext("Whether the ask was answered (%(points)s).") % {"points": silent}, gettext("a reply, or a note of the receiver")
    undated = sum(1 for entry in found.timeline if entry.precision in ("approximate", "unknown"))
    if undated:
        yield gettext("The exact day of %(n)s entries of the timeline.") % {"n": words.num(undated)}, gettext("a dated source")
    missing = sorted({name for r in found.risks for name in r.missing})
    if missing:
        inputs = ", ".join(words.word(words.INDICATORS, name) for name in missing)
        yield gettext("Inputs of the forecast: %(list)s.") % {"list": inputs}, gettext("the feeds that carry them")
