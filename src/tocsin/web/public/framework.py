"""The frameworks: which factors each situation shows, how much was looked at, and what each indicator rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.framework import FactorFindings, Finding, Profile, SetFindings, profile, profiles
from tocsin.flow.read.framework_checklist import ChecklistAnswer, checklist
from tocsin.flow.read.places import place
from tocsin.flow.read.situations import situation
from tocsin.model.errors import NotFound
from tocsin.model.grades import STANDARDS_OF_PROOF
from tocsin.web import words, words_assess
from tocsin.web.parts import Fig, opens
from tocsin.web.public.errors import missing
from tocsin.web.public.frame import published
from tocsin.web.public.pages import page
from tocsin.web.public.tables import csv_file

_SHAPES = {"present": "p", "absent": "a", "unknown": "u"}
_CSV = [
    *("id", "situation", "framework", "indicator", "topic", "answer", "confidence", "standard_of_proof"),
    *("trend", "review", "dissent", "evidence", "evidence_from", "evidence_to"),
]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every situation against the fourteen factors, then every indicator with the situations that have it."""
    state = request.GET.get("state", "").strip().upper()[:3]

    def build(found: Published) -> dict[str, Any]:
        return overview(found, state)

    return page(request, "public/framework.html", build, name="framework", key=state)


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything that the frameworks say of one situation."""

    def build(found: Published) -> dict[str, Any] | None:
        own = situation(found, slug)
        return profile_view(profile(found, own)) if own else None

    return page(request, "public/framework_one.html", build, name="framework")


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Send every indicator of every framework for one situation."""
    found = published()
    own = situation(found, slug) if found else None
    if found is None or own is None:
        return missing(request)
    shown = profile(found, own)
    framework = [("un-framework-2014", f) for factor in shown.factors for f in factor.findings]
    groups = [*framework, *[(group.framework, f) for group in shown.sets for f in group.findings]]
    return csv_file(f"tocsin-framework-{slug}.csv", _CSV, [_line(slug, name, finding) for name, finding in groups])


def _line(slug: str, framework: str, f: Finding) -> list[object]:
    head = [f.id, slug, framework, f.indicator, f.topic, f.answer, f.confidence, f.standard]
    return [*head, f.trend, f.review, f.dissent, f.evidence, f.evidence_from, f.evidence_to]


def overview(found: Published, state: str) -> dict[str, Any]:
    """Return the page of all situations in the reader's language."""
    everything = profiles(found)
    widest = max(everything, key=lambda p: p.coverage.share, default=None)
    ratings = found.written("ratings")
    return {
        "rows": [_row(one) for one in everything],
        "count": len(everything),
        "counted": opens(words.num(len(everything)), "#h-all"),
        "widest": opens(words.pct(widest.coverage.share), f"/framework/{widest.situation.slug}") if widest else "",
        "total": opens(words.num(_total(widest)), "#h-f") if widest else "",
        "columns": [(words.num(f.number), f.topic) for f in (everything[0].factors if everything else ())],
        "groups": _groups(everything[0].factors if everything else ()),
        "ladder": _ladder(everything),
        "factors": [_across(position, everything) for position in range(len(everything[0].factors))] if everything else [],
        "sets": [_set_across(position, everything) for position in range(len(everything[0].sets))] if everything else [],
        "state": _state(state, ratings),
        "wanted": state,
        "checklist": [_part(part.title, part.answers, answered=False) for part in checklist("XSE")],
        "invented_here": any(p.situation.invented for p in everything),
    }


def profile_view(found: Profile) -> dict[str, Any]:
    """Return the page of one situation, and the panel on its situation page, in the reader's language."""
    known = found.coverage.present + found.coverage.absent
    return {
        "s": found.situation,
        "assessed": found.assessed,
        "cover": cover(found.coverage),
        "known": opens(words.num(known), "#h-f"),
        "opened": Fig(
            words.num(known),
            gettext("Indicators with an answer"),
            (gettext("Counted from the list."),),
            href=f"/framework/{found.situation.slug}",
        ),
        "total": opens(words.num(_total(found)), f"/framework/{found.situation.slug}#h-f"),
        "share": opens(words.pct(found.coverage.share), f"/framework/{found.situation.slug}#h-f"),
        "crimes": [_crime(crime, found) for crime in found.crimes],
        "ladder": _ladder([found]),
        "factor_views": [_factor(factor) for factor in found.factors],
        "sets": [_set(group) for group in found.sets],
        "reviewed": _reviewed(found),
        "invented_here": found.situation.invented,
    }


def cover(counted: Any) -> dict[str, Any]:
    """Return the geometry of a bar of coverage and its words: solid present, outlined absent, hatched unknown."""
    total = counted.present + counted.absent + counted.unknown
    present = 100 * counted.present / total if total else 0.0
    absent = 100 * counted.absent / total if total else 0.0
    label = gettext("%(p)s present, %(a)s absent, %(u)s unknown") % {
        "p": words.num(counted.present),
        "a": words.num(counted.absent),
        "u": words.num(counted.unknown),
    }
    geometry = {"present": f"{present:.1f}", "absent": f"{absent:.1f}", "rest_at": f"{present + absent:.1f}"}
    return {**geometry, "rest": f"{100 - present - absent:.1f}", "label": label, "share": words.pct(counted.share)}


def _total(found: Profile) -> int:
    return found.coverage.present + found.coverage.absent + found.coverage.unknown


def _row(found: Profile) -> dict[str, Any]:
    cells = [
        {"shape": _SHAPES[f.profile.answer], "word": str(words.ANSWERS[f.profile.answer]), "no": words.num(f.number), "id": f.id}
        for f in found.factors
    ]
    return {"s": found.situation, "cells": cells, "cover": cover(found.coverage)}


def _groups(factors: Iterable[FactorFindings]) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for factor in factors:
        counted[factor.group] = counted.get(factor.group, 0) + 1
    return [(words.word(words_assess.CRIMES, group), count) for group, count in counted.items()]


def _crime(crime: Any, found: Profile) -> dict[str, Any]:
    by_id = {factor.id: factor for factor in found.factors}
    here = f"/framework/{found.situation.slug}"
    own = next((factor.id for factor in found.factors if factor.group == crime.crime), "h-f")

    def named(ids: Iterable[str]) -> list[tuple[str, str, str]]:
        return [(i, words.num(by_id[i].number), by_id[i].topic) for i in ids]

    return {
        "name": words.word(words_assess.CRIMES, crime.crime),
        "own": named(crime.own_present),
        "own_count": opens(_of(len(crime.own_present), crime.own), f"{here}#{own}"),
        "common_count": opens(_of(len(crime.common_present), crime.common), f"{here}#h-f"),
        "looked_at": f"{here}#h-f",
        "rising": named(crime.rising),
        "cover": cover(crime.coverage),
    }


def _of(part: int, whole: int) -> str:
    return gettext("%(n)s of %(all)s") % {"n": words.num(part), "all": words.num(whole)}


def _ladder(found: Sequence[Profile]) -> list[dict[str, Any]]:
    """Return the rungs of proof, each with the findings that stand on it."""
    on = {rung: [(p.situation, f) for p in found for f in _answered(p) if f.standard == rung] for rung in STANDARDS_OF_PROOF}
    top = max(map(len, on.values()), default=0) or 1
    return [
        {
            "id": rung,
            "name": words.word(words.PROOF, rung),
            "count": words.num(len(own)),
            "width": f"{100 * len(own) / top:.1f}",
            "href": f"#rung-{rung}",
            "found": own,
        }
        for rung, own in on.items()
    ]


def _answered(found: Profile) -> Iterable[Finding]:
    groups = [*(factor.findings for factor in found.factors), *(group.findings for group in found.sets)]
    return [finding for findings in groups for finding in findings if finding.answer != "unknown"]


def _reviewed(found: Profile) -> str:
    by_people = sum(n for review, n in found.reviews.items() if review in ("two_raters", "disputed"))
    if not by_people:
        return gettext("Read by rules from coded reports; no answer was confirmed by two people yet.")
    said = ngettext("%(n)s answer was given by two people or more.", "%(n)s answers were given by two people or more.", by_people)
    return opens(said % {"n": words.num(by_people)}, f"/framework/{found.situation.slug}.csv")


def _factor(factor: FactorFindings) -> dict[str, Any]:
    profile_ = factor.profile
    known = [f for f in factor.findings if f.answer != "unknown"]
    return {
        "id": factor.id,
        "number": words.num(factor.number),
        "topic": factor.topic,
        "group": words.word(words_assess.CRIMES, factor.group),
        "shape": _SHAPES[profile_.answer],
        "word": str(words.ANSWERS[profile_.answer]),
        "trend": words.word(words_assess.TRENDS, profile_.trend) if profile_.answer == "present" else "",
        "cover": cover(profile_.coverage),
        "known": [_finding(f) for f in known],
        "unknown": [f for f in factor.findings if f.answer == "unknown"],
        "figure": _mark(known[0], profile_.answer) if known else None,
        "unchecked": any(not f.checked for f in factor.findings),
    }


def _set(group: SetFindings) -> dict[str, Any]:
    known = [f for f in group.findings if f.answer != "unknown"]
    return {
        "id": group.framework.split("/")[0],
        "title": group.title,
        "note": group.note,
        "sources": group.sources,
        "cover": cover(group.coverage),
        "known": [_finding(f) for f in known],
        "unknown": [f for f in group.findings if f.answer == "unknown"],
    }


def _mark(finding: Finding, answer: str) -> Fig:
    return Fig(
        str(words.ANSWERS[answer]), gettext("One of its statements"), ((gettext("Indicator:"), finding.topic),), id=finding.id, end=True
    )


def _finding(f: Finding) -> dict[str, Any]:
    lines: list[str | tuple[str, str]] = [(gettext("Why:"), f.rationale)] if f.rationale else []
    lines.append(words.word(words_assess.REVIEWS, f.review))
    rows = ngettext("%(n)s row of evidence", "%(n)s rows of evidence", f.evidence) % {"n": words.num(f.evidence)}
    trend = words.word(words_assess.TRENDS, f.trend)
    if f.trend != "unknown":
        trend += " (" + gettext("%(n)s in half a year, %(m)s before") % {"n": words.num(f.recent), "m": words.num(f.before)} + ")"
    return {
        "f": f,
        "shape": _SHAPES[f.answer],
        "figure": Fig(str(words.ANSWERS[f.answer]), rows, tuple(lines), id=f.id),
        "proof": words.word(words.PROOF, f.standard) if f.standard else "",
        "confidence": words.word(words_assess.CONFIDENCES, f.confidence) if f.confidence else "",
        "trend": trend,
        "counted": f.trend != "unknown",
        "href": f"/explain/{f.id}",
        "dates": words.span(f.evidence_from, f.evidence_to),
        "rows": rows,
        "review": words.word(words_assess.REVIEWS, f.review),
    }


def _across(position: int, everything: Sequence[Profile]) -> dict[str, Any]:
    """Return one factor with every situation that has an indicator of it."""
    factor = everything[0].factors[position]
    shown = sum(1 for p in everything if p.factors[position].profile.answer == "present")
    indicators = [
        _indicator_across(finding, [(p, p.factors[position].findings[i]) for p in everything]) for i, finding in enumerate(factor.findings)
    ]
    count = ngettext("present in %(n)s situation", "present in %(n)s situations", shown) % {"n": words.num(shown)}
    head = {"id": factor.id, "number": words.num(factor.number), "topic": factor.topic, "count": count}
    return {**head, "group": words.word(words_assess.CRIMES, factor.group), "indicators": indicators}


def _set_across(position: int, everything: Sequence[Profile]) -> dict[str, Any]:
    group = everything[0].sets[position]
    indicators = [
        _indicator_across(finding, [(p, p.sets[position].findings[i]) for p in everything]) for i, finding in enumerate(group.findings)
    ]
    head = {"id": group.framework.split("/")[0], "title": group.title, "note": group.note, "sources": group.sources}
    return {**head, "indicators": indicators}


def _indicator_across(finding: Finding, answers: Sequence[tuple[Profile, Finding]]) -> dict[str, Any]:
    known = [(p.situation, f, str(words.ANSWERS[f.answer])) for p, f in answers if f.answer != "unknown"]
    return {"f": finding, "known": known}


def _state(code: str, ratings: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    if not code:
        return None
    try:
        parts = checklist(code, ratings)
    except NotFound:
        return {"unknown": code}
    answered = sum(answer.answer != "unknown" for part in parts for answer in part.answers)
    total = sum(len(part.answers) for part in parts)
    said = opens(gettext("%(n)s of %(all)s items answered") % {"n": words.num(answered), "all": words.num(total)}, "#checklist-parts")
    return {"place": place(code), "parts": [_part(part.title, part.answers, answered=True) for part in parts], "said": said}


def _part(title: str, answers: Sequence[ChecklistAnswer], *, answered: bool) -> dict[str, Any]:
    return {
        "title": title,
        "answers": [
            {"a": a, "shape": _SHAPES[a.answer], "word": str(words.ANSWERS[a.answer]) if answered else "", "proof": _proof(a)}
            for a in answers
        ],
    }


def _proof(answer: ChecklistAnswer) -> str:
    return words.word(words.PROOF, answer.standard) if answer.standard else ""
