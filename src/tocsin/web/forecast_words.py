"""Fixed vocabularies of the forecast pages in the reader's language: regions, inputs of the models, states of a seal."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tocsin.flow.read.risk import AHEAD
from tocsin.web import words

#: Parts of the world that readers filter by: two parts of Africa and of Asia apart, the rest by continent.
REGIONS = {
    "Sub-Saharan Africa": _("Africa south of the Sahara"),
    "Northern Africa": _("Northern Africa"),
    "Western Asia": _("Western Asia"),
    "Asia": _("Rest of Asia"),
    "Americas": _("Americas"),
    "Europe": _("Europe"),
    "Oceania": _("Oceania"),
}

INPUTS = {
    "one-sided deaths in the last year": _("civilians killed in deliberate attacks in the last year"),
    "one-sided deaths, mean of three years": _("civilians killed in deliberate attacks, mean of three years"),
    "one-sided deaths, highest of ten years": _("civilians killed in deliberate attacks, worst of ten years"),
    "years with at least 25 one-sided deaths in ten": _("years of the last ten with 25 or more civilians killed"),
    "state-based deaths in the last year": _("killed in fighting with a state in the last year"),
    "state-based deaths, mean of three years": _("killed in fighting with a state, mean of three years"),
    "non-state deaths, mean of three years": _("killed in fighting between groups, mean of three years"),
    "population": _("population"),
    "infant mortality": _("infant deaths per 1,000 births"),
    "infant_mortality": _("infant deaths per 1,000 births"),
    "income per person": _("income per person, US dollars"),
    "gdp_per_capita": _("income per person, US dollars"),
    "gdp_growth": _("growth of the economy, per cent"),
}

RATES = {
    "rate": _("Rate of the past"),
    "rate_above": _("Rate after a year above the level"),
    "rate_below": _("Rate after a year below the level"),
}
LIMITS = (
    _("A sentence about one person, group or place inside a country: the models see whole countries and years."),
    _("A reason to do nothing: a low chance is not safety, and the list of misses shows events that were ranked low."),
    _("A cause: an input that raises a forecast moves the model, not the world."),
    _("A claim about deaths that nobody reported: inputs and outcomes count what sources report."),
)
SEALS = {
    "ahead": _("open: the window lies ahead"),
    "running": _("open: the window is running"),
    "awaits labels": _("open: the window is over, its figures are awaited"),
    "scored": _("scored"),
}


def question(table: dict[str, object], target: str, horizon: int) -> str:
    """Return a target with its months; a year ahead says its length itself."""
    name = words.word(table, target)
    return name if target in AHEAD else gettext("%(target)s, %(n)s months") % {"target": name, "n": horizon}
