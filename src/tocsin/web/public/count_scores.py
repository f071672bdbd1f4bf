"""The scorecard of monthly counts in the reader's language: models, baselines, years and the spread of the forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from tocsin.flow.read.scorecard import Score
from tocsin.flow.read.scorecard_counts import BASELINES, METRICS, MODELS, ONLY, CountCard, years_against
from tocsin.web import score_words, words
from tocsin.web.parts import Fig
from tocsin.web.public.cards import signed

#: The model that the pages of places show.
SHOWN = "count_mixture"
_PIT_HIGH, _PIT_FOOT = 40.0, 48.0


def count_views(found: Sequence[CountCard]) -> list[dict[str, Any]]:
    """Return one view for each dataset and kind of violence."""
    return [_view(card) for card in found]


def _view(card: CountCard) -> dict[str, Any]:
    against = [_against(card, model, baseline) for model in MODELS for baseline in BASELINES if model != baseline]
    return {
        "key": f"{card.source}-{card.kind}".replace("_", "-"),
        "what": words.word(words.INDICATORS, f"deaths_{card.kind}"),
        "source": words.word(words.SOURCES, card.source),
        "invented": card.invented,
        "says": [_says(card, baseline) for baseline in BASELINES[:2]],
        "window": words.span(card.together.window_from, card.together.window_to),
        "made": ngettext("%(n)s calendar year", "%(n)s calendar years", len(card.years)) % {"n": words.num(len(card.years))},
        "few": card.about["places"] < _LEAST_PLACES,
        "heads": [_head(metric) for metric in METRICS],
        "tables": [
            {"where": gettext("all places"), "lines": _lines(card, "")},
            {"where": gettext("places with a death in the ten years before"), "lines": _lines(card, ONLY)},
        ],
        "against": {"first": [row for row in against if row["model"] == _model(SHOWN)], "all": against},
        "years": [_years(card, baseline) for baseline in BASELINES],
        "pit": _pit(card),
    }


#: With fewer places no interval is drawn.
_LEAST_PLACES = 5


def _model(name: str) -> str:
    return words.word(words.MODELS, name)


def _says(card: CountCard, baseline: str) -> str:
    sums = years_against(card, SHOWN, baseline)
    if sums.ratio is None or sums.worst is None:
        return ""
    return gettext(
        "%(model)s: CRPS %(ratio)s times that of %(baseline)s, lower in %(better)s of %(all)s years, with the whole interval better in "
        "%(sure)s and worse in %(bad)s. Worst year: %(year)s."
    ) % {
        "model": _model(SHOWN),
        "ratio": words.num(sums.ratio, 2),
        "baseline": _model(baseline),
        "better": words.num(sums.better),
        "all": words.num(sums.years),
        "sure": words.num(sums.surely_better),
        "bad": words.num(sums.surely_worse),
        "year": str(sums.worst.window_from.year),
    }


def _head(metric: str) -> tuple[str, str]:
    return words.word(score_words.METRICS, metric), words.word(score_words.METRIC_HELP, metric)


def _lines(card: CountCard, only: str) -> list[dict[str, Any]]:
    def cell(model: str, metric: str) -> dict[str, Any]:
        return {"label": _head(metric)[0], **_figure(card.together.models.get(model, {}).get(metric + only))}

    return [
        {"name": _model(model), "baseline": model in BASELINES, "cells": [cell(model, metric) for metric in METRICS]} for model in MODELS
    ]


def _figure(score: Score | None) -> dict[str, Any]:
    if score is None:
        return {"figure": None, "ends": ""}
    shown = _shown(score.metric)
    title = gettext("%(metric)s %(value)s: %(model)s") % {
        "metric": words.word(score_words.METRICS, score.metric.partition(":")[0].removesuffix(ONLY)),
        "value": shown(score.value),
        "model": _model(score.model),
    }
    lines = []
    if score.rows is not None:
        counts = {"rows": words.num(score.rows), "events": words.num(score.events)}
        lines.append(gettext("%(rows)s months of places, %(events)s with deaths.") % counts)
    lines.append(gettext("Inputs as revised later, not as known then."))
    ends = ""
    if score.low is not None and score.high is not None:
        ends = gettext("%(low)s to %(high)s") % {"low": shown(score.low), "high": shown(score.high)}
    return {"figure": Fig(shown(score.value), title, tuple(lines), id=score.id, end=True), "ends": ends}


def _shown(metric: str) -> Any:
    if metric.startswith("coverage"):
        return words.pct
    return signed if metric.startswith("crps_gain") else lambda value: words.num(value, 2)


def _against(card: CountCard, model: str, baseline: str) -> dict[str, Any]:
    sums = years_against(card, model, baseline)
    return {
        "model": _model(model),
        "baseline": _model(baseline),
        "skill": _figure(card.together.models.get(model, {}).get(f"crps_gain:{baseline}")),
        "ratio": words.num(sums.ratio, 3),
        "better": gettext("%(n)s of %(all)s") % {"n": words.num(sums.better), "all": words.num(sums.years)},
        "surely": gettext("%(n)s better, %(m)s worse") % {"n": words.num(sums.surely_better), "m": words.num(sums.surely_worse)},
        "worst": str(sums.worst.window_from.year) if sums.worst else "",
    }


def _years(card: CountCard, baseline: str) -> dict[str, Any]:
    models = [model for model in MODELS if model != baseline]
    return {
        "baseline": _model(baseline),
        "models": [_model(model) for model in models],
        "rows": [
            {
                "year": str(year.window_from.year),
                "cells": [{"label": _model(m), **_figure(year.models.get(m, {}).get(f"crps_gain:{baseline}"))} for m in models],
            }
            for year in reversed(card.years)
        ],
    }


def _pit(card: CountCard) -> dict[str, Any]:
    """Return the drawing of the transform of the model shown where deaths were, and the shares of every model."""
    own = card.pit_affected.get(SHOWN) or card.pit.get(SHOWN, ())
    top = max([*own, 0.2])
    everywhere, hurt = gettext("all places"), gettext("where deaths were")
    return {
        "bars": [
            {"x": f"{1 + 98 * n / len(own):.1f}", "y": f"{_PIT_FOOT - share / top * _PIT_HIGH:.1f}", "h": f"{share / top * _PIT_HIGH:.1f}"}
            for n, share in enumerate(own)
        ],
        "width": f"{98 / max(1, len(own)) - 0.6:.1f}",
        "even": f"{_PIT_FOOT - 0.1 / top * _PIT_HIGH:.1f}",
        "label": gettext("Share of the counts in each tenth of the forecast, lowest first: %(shares)s. 10%% each is honest.")
        % {"shares": ", ".join(words.pct(share) for share in own)},
        "heads": [words.num(part) for part in range(1, 11)],
        "rows": [
            {"name": _model(model), "where": where, "shares": [words.pct(share) for share in shares[model]]}
            for shares, where in ((card.pit_affected, hurt), (card.pit, everywhere))
            for model in MODELS
            if model in shares
        ],
    }
