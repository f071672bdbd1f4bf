"""Options in the reader's language: who decides and on what basis, and whether the time left is enough."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from tocsin.flow.read.measures import Measure
from tocsin.flow.read.situation import Option
from tocsin.web import words
from tocsin.web.parts import Fig

#: End of the time axis in days.
AXIS = 120


@dataclass(frozen=True)
class LeadBar:
    """Holds the geometry of a lead time: the part that fits, the part that comes too late, and the time left (its label leans left near the end)."""

    label: str
    start: str
    fits: str
    late_start: str
    late: str
    now: str
    leans: bool


@dataclass(frozen=True)
class OptionView:
    """Holds one option as it is shown."""

    option: Option
    usable: Fig | None
    fits: str
    bar: LeadBar
    studies: Fig | None
    left_text: str


def option_view(option: Option) -> OptionView:
    """Return an option as it is shown."""
    usable = None
    if option.days_left is not None and option.days_left >= option.lead_low:
        count = option.days_left - option.lead_low
        title = gettext("%(left)s left minus the shortest lead time, %(lead)s") % {
            "left": words.days(option.days_left),
            "lead": words.days(option.lead_low),
        }
        lines = (gettext("A planning estimate, not a measured time."), gettext("Grade: computed"))
        usable = Fig(words.days(count), title, lines, id=option.id)
    left = gettext("%(days)s left") % {"days": words.days(option.days_left)} if option.days_left is not None else ""
    bar = lead_bar(option.lead_low, option.lead_high, option.days_left)
    return OptionView(option, usable, _fits(option.fits), bar, studies(option, option.id), left)


def _fits(fits: str) -> str:
    return {
        "yes": gettext("Fits the time left"),
        "perhaps": gettext("Fits only at its fastest"),
        "no": gettext("No longer fits"),
    }.get(fits, gettext("Time left is not known"))


def studies(found: Option | Measure, identifier: str, href: str = "", with_findings: str = "") -> Fig | None:
    """Return the count of studies with what they found; `with_findings` also stands in the text that opens."""
    if not found.studies:
        return None
    text = ngettext("%(n)s study", "%(n)s studies", found.studies) % {"n": words.num(found.studies)}
    said = gettext("Findings: %(less)s less harm, %(mixed)s none or mixed, %(more)s more harm. A study may give several.") % {
        "less": words.num(found.less),
        "mixed": words.num(found.mixed),
        "more": words.num(found.more),
    }
    shown = f"{text}: {with_findings}" if with_findings else text
    return Fig(shown, text, (said, gettext("A count of the literature, not the size of an effect.")), id=identifier, href=href, end=True)


def lead_bar(low: int, high: int, left: int | None) -> LeadBar:
    """Return the geometry of a lead time on an axis of `AXIS` days; without a known end of time all of it fits."""

    def x(day: float) -> float:
        return min(day / AXIS, 1.0) * 100

    edge = high if left is None else max(min(high, left), low)
    label = gettext("Lead time %(low)s to %(high)s days") % {"low": words.num(low), "high": words.num(high)}
    if left is not None:
        label = gettext("%(lead)s; %(left)s left") % {"lead": label, "left": words.days(left)}
    late = x(high) - x(edge)
    return LeadBar(
        label,
        f"{x(low):.1f}",
        f"{max(x(edge) - x(low), 0):.1f}",
        f"{x(edge):.1f}",
        f"{late:.1f}" if late > 0.05 else "",
        f"{x(left):.1f}" if left is not None and left <= AXIS else "",
        left is not None and x(left) > 50,
    )
