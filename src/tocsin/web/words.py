"""Numbers, dates, names and fixed vocabularies in the reader's language."""

from __future__ import annotations

import datetime as dt
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tocsin.flow.read.places import Place
from tocsin.model.grades import likelihood_word

#: Dates in English stand as 11 January 2013, numbers as 1,133.
_LOCALES = {"en": "en_GB"}
#: Codes that CLDR writes in another way than ISO 3166-1.
_CLDR = {"XKX": "XK"}

LIKELIHOOD = {
    "remote": _("remote"),
    "unlikely": _("unlikely"),
    "even-ish": _("even-ish"),
    "likely": _("likely"),
    "highly likely": _("highly likely"),
    "almost certain": _("almost certain"),
}
TARGETS = {
    "one_sided_25": _("at least 25 civilians killed in deliberate attacks"),
    "one_sided_100": _("at least 100 civilians killed in deliberate attacks"),
    "one_sided_1000": _("at least 1,000 civilians killed in deliberate attacks"),
    "one_sided_count": _("how many civilians are killed in deliberate attacks"),
    "one_sided_25_ahead": _("at least 25 civilians killed in deliberate attacks in the year ahead"),
    "one_sided_100_ahead": _("at least 100 civilians killed in deliberate attacks in the year ahead"),
    "one_sided_1000_ahead": _("at least 1,000 civilians killed in deliberate attacks in the year ahead"),
    "one_sided_count_ahead": _("how many civilians are killed in deliberate attacks in the year ahead"),
}
TARGETS_SHORT = {
    "one_sided_25": _("25 or more killed"),
    "one_sided_100": _("100 or more killed"),
    "one_sided_1000": _("1,000 or more killed"),
    "one_sided_count": _("number killed"),
    "one_sided_25_ahead": _("25 or more killed, year ahead"),
    "one_sided_100_ahead": _("100 or more killed, year ahead"),
    "one_sided_1000_ahead": _("1,000 or more killed, year ahead"),
    "one_sided_count_ahead": _("number killed, year ahead"),
}
MODELS = {
    "climatology": _("Base rate of all countries (climatology)"),
    "persistence": _("Same as last year (persistence)"),
    "logit": _("Logistic regression"),
    "logit5": _("Logistic regression, five inputs"),
    "elastic_net": _("Elastic net"),
    "forest": _("Random forest"),
    "boosting": _("Gradient boosting"),
    "stack": _("Mixture of models (stack)"),
    "stacking": _("Mixture of models (stack)"),
    "count_mixture": _("Count mixture"),
    "bands": _("Counts drawn within the bands of the probabilities"),
    "mixture": _("Count mixture"),
    "conflictology": _("Own last twelve months (conflictology)"),
    "zero": _("Always zero"),
    "last_poisson": _("Last observed, Poisson"),
    "negative_binomial": _("Negative binomial"),
    "nb_moments": _("Negative binomial"),
    "conflictology_12": _("Own last twelve months (conflictology)"),
    "exactly_zero": _("Always zero"),
    "escalation": _("Escalation"),
}
INDICATORS = {
    "deaths_state_based": _("killed in fighting with a state on one side"),
    "deaths_non_state": _("killed in fighting between groups without a state"),
    "deaths_one_sided": _("civilians killed in deliberate attacks"),
    "killed": _("people killed"),
    "injured": _("people injured"),
    "missing": _("people missing"),
    "displaced": _("people displaced"),
    "refugees": _("refugees"),
    "idps": _("people displaced inside the country"),
    "in_need": _("people in need of help"),
    "not_reached": _("people whom help did not reach"),
    "homes_destroyed": _("homes destroyed"),
    "abducted": _("people abducted"),
    "raped": _("people raped"),
    "detained": _("people detained"),
    "crowd": _("people present, not casualties"),
    "population": _("people living in the country"),
    "infant_mortality": _("infant deaths per 1,000 births"),
    "gdp_growth": _("growth of the economy, per cent"),
}
STATES = {
    "": _("not recorded"),
    "draft": _("Draft, not signed"),
    "released": _("Released"),
    "signed": _("Signed"),
    "open": _("Open"),
    "issued": _("Issued"),
    "acknowledged": _("Acknowledged"),
    "decided": _("Decided"),
    "acting": _("Acting"),
    "done": _("Done"),
    "refused": _("Refused"),
    "partly": _("Partly done"),
    "no_answer": _("No answer"),
    "closed": _("Closed"),
    "escalated": _("Escalated"),
}
PROOF = {
    "allegation": _("Allegation: somebody says so"),
    "reasonable_grounds_to_suspect": _("Reasonable grounds to suspect"),
    "reasonable_grounds_to_believe": _("Reasonable grounds to believe"),
    "clear_and_convincing": _("Clear and convincing evidence"),
}
TRIGGERS = {
    "forecast_level": _("The forecast is high"),
    "forecast_rise": _("The forecast rose"),
    "deaths_rise": _("More were killed than in the year before"),
    "warning_unanswered": _("A warning got no answer"),
    "unusual_count": _("More than were to be expected"),
    "reports_stopped": _("Reports stopped where there were many"),
}
VERBS = {
    "rate_indicator": _("Rated an indicator"),
    "sign_alert": _("Signed off"),
    "issue_alert": _("Issued"),
    "record_decision": _("A step of the response recorded"),
    "judge_pair": _("Pair judged"),
    "undo_judgement": _("Judgement taken back"),
    "sign_edition": _("Released"),
}
ROLES = {
    "reporter": _("Reporter"),
    "verifier": _("Verifier"),
    "analyst": _("Analyst"),
    "editor": _("Editor"),
    "official": _("Official"),
    "reader": _("Reader"),
    "administrator": _("Administrator"),
}
STATE_SHAPES = {
    "open": "s-open",
    "issued": "s-open",
    "acknowledged": "s-ack",
    "decided": "s-decided",
    "acting": "s-acting",
    "done": "s-done",
    "closed": "s-done",
    "refused": "s-refused",
    "partly": "s-half",
    "no_answer": "s-none",
    "escalated": "s-up",
}
POINTS = {
    "t0": _("Signal"),
    "t1": _("Assessed"),
    "t2": _("Alerted"),
    "t3": _("Acknowledged"),
    "t4": _("Decided"),
    "t5": _("Acting"),
    "t6": _("Reviewed"),
    "tE": _("Planned trigger"),
}
TABLES = {
    "items": _("file, held in the archive"),
    "situations": _("situation"),
    "documents": _("text"),
    "events": _("event"),
    "persons": _("record of a person"),
    "figures": _("figure, as a source gave it"),
    "measures": _("measure or ask"),
    "input_sets": _("set of inputs"),
    "pairs": _("pair of records"),
    "clusters": _("group of records"),
    "estimates": _("estimate"),
    "sensitivities": _("estimate under another assumption"),
    "assessments": _("answer to an indicator"),
    "indices": _("index"),
    "forecasts": _("forecast"),
    "scores": _("score"),
    "signals": _("signal"),
    "drafts": _("draft of an alert"),
    "options": _("option"),
    "clocks": _("point of a gap clock"),
    "publications": _("file of an edition"),
    "record": _("record that people wrote"),
}
ACTORS = {
    "UN": _("United Nations"),
    "regional": _("Regional bodies"),
    "third states": _("Other states"),
    "civil society": _("Civil society"),
    "domestic": _("The state itself"),
    "private sector": _("Companies"),
    "companies": _("Companies"),
    "courts": _("Courts"),
}
MEASURE_KINDS = {
    "political-diplomatic": _("Political"),
    "legal": _("Legal"),
    "economic": _("Economic"),
    "military": _("Military"),
    "humanitarian": _("Humanitarian"),
    "security": _("Security"),
}
LEAD_TIMES = {
    "hours to days": _("hours to days"),
    "days to weeks": _("days to weeks"),
    "weeks to months": _("weeks to months"),
    "months to years": _("months to years"),
}
ANSWERS = {"present": _("present"), "absent": _("absent"), "unknown": _("unknown")}
#: Datasets that pages name as the source of a number.
SOURCES = {"ucdp_ged": _("the events of UCDP"), "selmora": _("the observers of Selmora")}
KINDS = {
    "digest": _("Digest"),
    "monitor": _("Monitor"),
    "brief": _("Brief"),
    "memo": _("Memo"),
    "magazine": _("Periodical"),
    "open-data": _("Open data"),
    "open_data": _("Open data"),
}


def locale() -> Locale:
    """Return the reader's locale."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def num(value: float | None, digits: int = 0) -> str:
    """Return a number with the separators of the language, at most `digits` after the decimal sign."""
    if value is None:
        return ""
    pattern = "#,##0" if digits == 0 else "#,##0." + "0" * digits
    return format_decimal(value, format=pattern, locale=locale())


def loose(value: float | None) -> str:
    """Return a number as short as it is exact: whole where it is whole, else up to two digits."""
    if value is None:
        return ""
    return num(value) if float(value).is_integer() else format_decimal(value, format="#,##0.##", locale=locale())


def left_to_right(text: str) -> str:
    """Return a number with a sign as one piece that keeps its order, also where text runs from right to left."""
    return f"\u2066{text}\u2069" if get_language_bidi() else text


def _percent(share: float, pattern: str) -> str:
    return left_to_right(format_percent(share, format=pattern, locale=locale()))


def pct(probability: float) -> str:
    """Return a probability as per cent with one digit; never 0 for what is only small, nor 100 for what is only large."""
    if 0 < probability < 0.001:
        return gettext("under %(share)s") % {"share": _percent(0.001, "0.0%")}
    if 0.99 < probability < 1:
        return gettext("over %(share)s") % {"share": _percent(0.99, "0%")}
    return _percent(probability, "0.0%")


def whole_pct(share: float) -> str:
    """Return the end of a scale as whole per cent."""
    return _percent(share, "0%")


def in_hundred(probability: float) -> str:
    """Return a probability as 'about 14 in 100', or in 1,000 where it is below one in a hundred."""
    if 0.99 < probability < 1:
        return gettext("over %(n)s in 100") % {"n": num(99)}
    if probability >= 0.01:
        return gettext("about %(n)s in 100") % {"n": num(round(probability * 100))}
    if probability >= 0.001:
        return gettext("about %(n)s in 1,000") % {"n": num(round(probability * 1000))}
    return gettext("under 1 in 1,000")


def likelihood(probability: float) -> str:
    """Return the likelihood word of the band, or nothing where no band holds it."""
    word = likelihood_word(min(max(probability, 0.0), 1.0))
    return str(LIKELIHOOD[word]) if word else ""


def day(value: dt.date | None, precision: str = "day") -> str:
    """Return a date as exact as it is known: day, month or year."""
    if value is None:
        return ""
    if precision == "year":
        return str(value.year)
    if precision == "month":
        return format_skeleton("yMMMM", dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC), locale=locale())
    text = format_date(value, format="long", locale=locale())
    return gettext("about %(day)s") % {"day": text} if precision == "approximate" else text


def isolated(text: str) -> str:
    """Return `text` between marks that keep its own direction: for words inside a drawing, which always runs left to right."""
    return f"\u2068{text}\u2069" if text else ""


def span(start: dt.date | None, end: dt.date | None, precision: str = "day") -> str:
    """Return a period as short as it can be said: a year, a year to a year, or a day to a day."""
    if start is None and end is None:
        return ""
    if start is None or end is None or start == end:
        return day(start or end, precision)
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole_years or precision == "year":
        return str(start.year) if start.year == end.year else gettext("%(a)s to %(b)s") % {"a": start.year, "b": end.year}
    first, last = day(start, precision), day(end, precision)
    return first if first == last else gettext("%(a)s to %(b)s") % {"a": first, "b": last}


def days(count: int) -> str:
    """Return a number of days in words."""
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": num(count)}


def place_name(place: Place | None) -> str:
    """Return a territory's name in the reader's language; the English one where the language has none."""
    if place is None:
        return ""
    language = get_language() or "en"
    return place.name if language.startswith("en") else _translated(place, language)


@cache
def _translated(place: Place, language: str) -> str:
    codes = get_global("territory_aliases").get(place.code, [])
    code = _CLDR.get(place.code) or (codes[0] if len(codes) == 1 else None)
    return _locale(language).territories.get(code, place.name) if code else place.name


def word(table: dict[str, object], key: str) -> str:
    """Return the words for a key of a fixed vocabulary; the key itself, made readable, where it is new."""
    return str(table[key]) if key in table else key.replace("_", " ").replace("-", " ")


def quantity(value: float | None, low: float | None, high: float | None, qualifier: str) -> str:
    """Return a figure with its qualifier in words: 1,133; at least 1,200; about 400,000; 5 to 9."""
    if value is None:
        if low is not None and high is not None and low != high:
            return gettext("%(a)s to %(b)s") % {"a": loose(low), "b": loose(high)}
        value, qualifier = (low, "at_least") if low is not None else (high, "at_most")
    text = loose(value)
    phrases = {
        "at_least": gettext("at least %(n)s"),
        "more_than": gettext("over %(n)s"),
        "at_most": gettext("at most %(n)s"),
        "about": gettext("about %(n)s"),
        "rounded": gettext("about %(n)s"),
        "forecast": gettext("%(n)s forecast"),
    }
    return phrases[qualifier] % {"n": text} if qualifier in phrases else text
