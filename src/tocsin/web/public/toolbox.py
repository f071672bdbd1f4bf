"""What can still be done, and by whom: the measures with filters that work without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read import measures as read
from tocsin.web import words
from tocsin.web.parts import Fig, opens
from tocsin.web.public.options import LeadBar, lead_bar, studies
from tocsin.web.public.pages import page
from tocsin.web.public.tables import csv_file

_HEAD = [
    "id",
    "name",
    "coercive",
    "actors",
    "kinds",
    "pillars",
    "lead_time",
    "lead_days_low",
    "lead_days_high",
    "basis",
    "studies",
    "less_harm",
    "none_or_mixed",
    "more_harm",
    "precedents",
]


@dataclass(frozen=True)
class MeasureView:
    """Holds one measure as it is shown."""

    measure: read.Measure
    who: str
    lead: str
    bar: LeadBar
    studies: Fig | None
    less: str
    mixed: str
    more: str
    mixed_at: str
    more_at: str
    label: str


def filter_of(request: HttpRequest) -> read.Filter:
    """Return what the address asks for; what it does not know is left out."""
    days = request.GET.get("days", "").strip()
    consent = request.GET.get("c", "all")
    return read.Filter(
        days=int(days) if days.isdecimal() and len(days) <= 5 else None,
        actors=frozenset(a for a in request.GET.getlist("a") if a in read.actors()),
        kinds=frozenset(k for k in request.GET.getlist("k") if k in read.kinds()),
        consent=consent if consent in ("with", "without") else "all",
        query=request.GET.get("q", "").strip()[:80],
        sort="name" if request.GET.get("sort") == "name" else "lead",
    )


@require_safe
def toolbox(request: HttpRequest) -> HttpResponse:
    """Show the measures."""
    wanted = filter_of(request)
    query = request.GET.copy()
    query.pop("sort", None)

    def build(published: Published) -> dict[str, Any]:
        shown = read.chosen(wanted)
        everything = read.measures()
        soft = sum(1 for measure in everything if not measure.coercive)
        return {
            "rows": [_view(measure, wanted.days) for measure in shown],
            "shown": words.num(len(shown)),
            "shown_opens": opens(words.num(len(shown)), "#tools-table"),
            "days_open": opens(words.num(wanted.days), "#days") if wanted.days is not None else "",
            "total": Fig(
                words.num(len(everything)), gettext("Measures of the toolbox"), (gettext("Counted from the list."),), href="/toolbox"
            ),
            "soft": Fig(
                words.num(soft), gettext("Not coercive"), (gettext("Do not restrict or force without consent."),), href="/toolbox?c=with"
            ),
            "coercive_from": next((m.id for m in shown if m.coercive), "") if wanted.sort == "lead" else "",
            "wanted": wanted,
            "actors": [(actor, words.word(words.ACTORS, actor), actor in wanted.actors) for actor in read.actors()],
            "kinds": [(kind, words.word(words.MEASURE_KINDS, kind), kind in wanted.kinds) for kind in read.kinds()],
            "csv_link": "/toolbox.csv?" + request.GET.urlencode(),
            "sort_lead": "?" + query.urlencode(),
            "sort_name": "?" + (query.urlencode() + "&" if query else "") + "sort=name",
        }

    return page(request, "public/toolbox.html", build, name="toolbox")


@require_safe
def toolbox_csv(request: HttpRequest) -> HttpResponse:
    """Send the measures that the same address shows."""
    lines = [
        [
            m.id,
            m.name,
            m.coercive,
            "; ".join(m.actors),
            "; ".join(m.kinds),
            "; ".join(map(str, m.pillars)),
            m.lead_time,
            m.lead_low,
            m.lead_high,
            m.basis,
            m.studies,
            m.less,
            m.mixed,
            m.more,
            " | ".join(m.precedents),
        ]
        for m in read.chosen(filter_of(request))
    ]
    return csv_file("tocsin-toolbox.csv", _HEAD, lines)


def _view(measure: read.Measure, days: int | None) -> MeasureView:
    total = measure.less + measure.mixed + measure.more or 1
    less, mixed, more = (100 * part / total for part in (measure.less, measure.mixed, measure.more))
    label = gettext("%(less)s less harm, %(mixed)s none or mixed, %(more)s more harm") % {
        "less": words.num(measure.less),
        "mixed": words.num(measure.mixed),
        "more": words.num(measure.more),
    }
    return MeasureView(
        measure,
        ", ".join(words.word(words.ACTORS, actor) for actor in measure.actors),
        words.word(words.LEAD_TIMES, measure.lead_time),
        lead_bar(measure.lead_low, measure.lead_high, days),
        studies(measure, "", href="/about/licences#toolbox", with_findings=label),
        f"{less:.1f}",
        f"{mixed:.1f}",
        f"{more:.1f}",
        f"{less:.1f}",
        f"{less + mixed:.1f}",
        label,
    )
