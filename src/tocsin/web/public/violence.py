"""Documented deaths of three kinds of violence in the years that tell most about a situation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from tocsin.flow.read.figures import Figure
from tocsin.flow.read.situations import Situation
from tocsin.web import words
from tocsin.web.public.charts import within
from tocsin.web.public.figures import figure_view


def violence(kinds: Mapping[str, Sequence[Figure]], own: Situation) -> dict[str, Any] | None:
    """Return the deaths by kind in the year in which a situation began, its worst year and the newest; None without figures."""
    by_kind = {kind: {f.period_from.year: f for f in figures if f.period_from} for kind, figures in kinds.items()}
    years = {year for found in by_kind.values() for year in found}
    if not years:
        return None
    rows = [
        {"year": year, "why": ", ".join(why), "cells": [(_head(kind), _cell(by_kind[kind].get(year))) for kind in kinds]}
        for year, why in sorted(_told(by_kind, years, own).items())
    ]
    said_by = sorted({figure.said_by for found in by_kind.values() for figure in found.values() if figure.said_by})
    return {"heads": [_head(kind) for kind in kinds], "rows": rows, "sources": said_by}


def _told(by_kind: Mapping[str, Mapping[int, Figure]], years: set[int], own: Situation) -> dict[int, list[str]]:
    """Return the years to show, each with why: the first, the worst by all kinds together, the newest."""
    inside = {year for year in years if within(own, year)} or years
    worst = max(sorted(inside), key=lambda year: sum(found[year].value or 0.0 for found in by_kind.values() if year in found))
    told: dict[int, list[str]] = {}
    if own.started is not None and own.started.year in years:
        told.setdefault(own.started.year, []).append(gettext("the year in which it began"))
    told.setdefault(worst, []).append(gettext("most deaths of the years since"))
    told.setdefault(max(inside), []).append(gettext("newest year of the period"))
    return told


def _head(kind: str) -> str:
    return words.word(words.INDICATORS, kind)


def _cell(figure: Figure | None) -> Any:
    return figure_view(figure, end=True) if figure else None
