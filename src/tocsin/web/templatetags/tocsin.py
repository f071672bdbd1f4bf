"""Tags that put the pieces of `parts` and `words` into templates: `{% load tocsin %}`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tocsin.flow.read.places import Place
from tocsin.web import forecast_words, parts, words, words_assess

register = template.Library()


@register.simple_tag(takes_context=True)
def fig(context: dict[str, Any], figure: parts.Fig | None) -> SafeString:
    """Write a number that opens."""
    return parts.fig(figure, context["numbers"]) if figure else mark_safe("")


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
def input_name(text: str) -> SafeString:
    """Write the name of an input of a forecast in the reader's language; one that is new as the data name it."""
    return format_html("{}", forecast_words.INPUTS[text]) if text in forecast_words.INPUTS else parts.data(text)


@register.simple_tag
def place(value: Place | None) -> SafeString:
    """Write the name of a territory; an invented one says so."""
    return format_html('<span class="place">{}</span>', words.place_name(value))


@register.filter
def role(key: str) -> str:
    """Return a role in words."""
    return words.word(words.ROLES, key)


@register.filter
def verb(key: str) -> str:
    """Return what somebody did, in words."""
    return words.word(words.VERBS, key)


@register.filter
def state(key: str) -> str:
    """Return a state of an ask in words."""
    return words.word(words.STATES, key)


@register.filter
def edition_kind(key: str) -> str:
    """Return a kind of publication in words."""
    return words.word(words.KINDS, key)


@register.filter
def day(value: dt.date | None) -> str:
    """Return a day in the reader's language."""
    return words.day(value)


@register.filter
def proof(key: str) -> str:
    """Return a standard of proof in words."""
    return words.word(words.PROOF, key)


@register.filter
def answer(key: str) -> str:
    """Return an answer to an indicator in words."""
    return words.word(words.ANSWERS, key)


@register.filter
def confidence(key: str) -> str:
    """Return how sure a rater is, in words."""
    return words.word(words_assess.CONFIDENCES, key)


@register.filter
def trigger(key: str) -> str:
    """Return why a signal was raised, in words."""
    return words.word(words.TRIGGERS, key)


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


@register.simple_tag(takes_context=True)
def block_id(context: dict[str, Any], name: str) -> SafeString:
    """Write the id of a block; where one block alone is printed, hide the others."""
    alone = context.get("print_block")
    return format_html(' id="{}"{}', name, mark_safe(" hidden") if alone and alone != name else "")


@register.simple_tag(takes_context=True)
def hide_when_printing(context: dict[str, Any]) -> SafeString:
    """Write `hidden` where one block alone is printed."""
    return mark_safe(" hidden") if context.get("print_block") else mark_safe("")
