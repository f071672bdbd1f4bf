"""How it is done, and whose data it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tocsin import reference
from tocsin.flow.read import Published
from tocsin.flow.read.feeds import feeds
from tocsin.flow.read.scorecard import cards
from tocsin.model.grades import LIKELIHOOD_BANDS
from tocsin.web import score_words, words
from tocsin.web.public.pages import page


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Show the method on one page."""

    def build(found: Published) -> dict[str, Any]:
        metrics = {metric for card in cards(found) for metric in card.metrics} or set(score_words.METRIC_HELP)
        return {
            "bands": [(words.LIKELIHOOD[word], words.pct(low), words.pct(high)) for word, low, high in LIKELIHOOD_BANDS],
            "metrics": [(score_words.METRICS[m], score_words.METRIC_HELP[m]) for m in score_words.METRIC_HELP if m in metrics],
            "points": [(name, words.POINTS[name]) for name in words.POINTS],
        }

    return page(request, "public/method.html", build, name="method")


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """Show every source that ships or was collected, with its licence."""

    def build(found: Published) -> dict[str, Any]:
        return {"sources": reference.sources(), "feeds": feeds(found)}

    return page(request, "public/licences.html", build, name="licences")
