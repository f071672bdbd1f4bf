"""Tags that put the pieces of `parts` and `words` into templates: `{% load tocsin %}`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tocsin.accounts import roles
from tocsin.flow.read.places import Place
from tocsin.web import forecast_words, parts, words, words_assess
from tocsin.web.desk import menu

register = template.Library()

#: The fixed vocabularies that templates look words up in.
VOCABULARIES: dict[str, dict[str, Any]] = {
    "answer": words.ANSWERS,
    "confidence": words_assess.CONFIDENCES,
    "edition": words.KINDS,
    "proof": words.PROOF,
    "role": words.ROLES,
    "state": words.STATES,
    "trigger": words.TRIGGERS,
    "verb": words.VERBS,
}
#: An option of the command line, with its value where it is written as name=value.
_OPTION = re.compile(r"(--[a-z][a-z-]*(?: [a-z]+=[a-z]+)?)")
#: What a problem names -> the id of the field in the desk's forms.
FIELDS = {
    **{name: name for name in ("headline", "addressee", "ask", "due", "trigger_date", "standard_of_proof")},
    **{name: name for name in ("state", "by", "on", "why", "rationale", "confidence", "audience")},
    "evidence": "more",
}


@register.simple_tag(takes_context=True)
def fig(context: dict[str, Any], figure: parts.Fig | None) -> SafeString:
    """Write a number that opens."""
    return parts.fig(figure, context["numbers"]) if figure else mark_safe("")


@register.simple_tag
def opens(text: str, href: str) -> SafeString:
    """Write words with a count in them as a link to what they count, without a card."""
    return parts.opens(text, href)


@register.simple_tag
def ivl(interval: parts.Interval) -> SafeString:
    """Write an interval bar."""
    return parts.ivl(interval)


@register.simple_tag
def chip(state: str) -> SafeString:
    """Write a state as shape and word."""
    return parts.chip(state)


@register.simple_tag
def level(step: int, text: str = "") -> SafeString:
    """Write a step of risk."""
    return parts.level(step, text)


@register.simple_tag
def when(value: dt.date | None, precision: str = "day") -> SafeString:
    """Write a date."""
    return parts.when(value, precision)


@register.simple_tag
def data(text: str, language: str = "en") -> SafeString:
    """Write a text from the data in its own language."""
    return parts.data(text, language)


@register.simple_tag
def in_english() -> SafeString:
    """Write language and direction of a whole block of English text where the reader's language is another one."""
    english = (get_language() or "en").startswith("en")
    return mark_safe("") if english else mark_safe(' lang="en" dir="ltr"')


@register.filter
def options_apart(text: str) -> SafeString:
    """Write options of the command line inside a sentence as code that runs from left to right."""
    parts = _OPTION.split(text)
    return format_html_join(
        "", "{}", ((format_html('<code dir="ltr">{}</code>', part) if n % 2 else part,) for n, part in enumerate(parts))
    )


@register.simple_tag
def input_name(text: str) -> SafeString:
    """Write the name of an input of a forecast in the reader's language; one that is new as the data name it."""
    return format_html("{}", forecast_words.INPUTS[text]) if text in forecast_words.INPUTS else parts.data(text)


@register.simple_tag
def place(value: Place | None) -> SafeString:
    """Write the name of a territory; an invented one says so."""
    return format_html('<span class="place">{}</span>', words.place_name(value))


@register.filter
def day(value: dt.date | None) -> str:
    """Return a day in the reader's language."""
    return words.day(value)


@register.filter
def word(key: str, vocabulary: str) -> str:
    """Return the words for a key of a fixed vocabulary: `{{ user.role|word:"role" }}`."""
    return words.word(VOCABULARIES[vocabulary], key)


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str) -> bool:
    """Return True where whoever is signed in has `permission`: `{% may "issue_alert" as may_issue %}`."""
    return roles.may(context["user"], permission)


@register.simple_tag(takes_context=True)
def desk_menu(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the desks that whoever is signed in may open, as the menu shows them."""
    return menu.entries(context["user"], context["request"].path)


@register.filter
def num(value: float | None) -> str:
    """Return a whole number in the reader's language."""
    return words.num(value)


@register.filter
def loose(value: float | None) -> str:
    """Return a number as short as it is exact."""
    return words.loose(value)


@register.filter
def pct(value: float) -> str:
    """Return a probability as per cent."""
    return words.pct(value)


@register.simple_tag
def field_of(problem: Any) -> str:
    """Return the id of the form's field that a problem speaks of; nothing where it speaks of none."""
    return FIELDS.get(problem.where, "")


@register.simple_tag(takes_context=True)
def wrong(context: dict[str, Any], field: str) -> SafeString:
    """Mark the field that the problem on this page speaks of, and tie it to the words."""
    problem = context.get("problem")
    if problem is None or problem.where != field:
        return mark_safe("")
    return mark_safe(' aria-invalid="true" aria-describedby="problem"')


@register.simple_tag(takes_context=True)
def block_id(context: dict[str, Any], name: str) -> SafeString:
    """Write the id of a block; where one block alone is printed, hide the others."""
    alone = context.get("print_block")
    return format_html(' id="{}"{}', name, mark_safe(" hidden") if alone and alone != name else "")


@register.simple_tag(takes_context=True)
def hide_when_printing(context: dict[str, Any]) -> SafeString:
    """Write `hidden` where one block alone is printed."""
    return mark_safe(" hidden") if context.get("print_block") else mark_safe("")
