"""Writes numbers, dates and probabilities the way people read them, in English; pages translate on their own."""

from __future__ import annotations

import datetime as dt

#: Plain names of the methods behind estimates and forecasts.
METHOD_NAMES = {
    "dga": "Graph averaging",
    "lcm": "Latent classes",
    "loglinear": "Log-linear model",
    "chao": "Lower bound (Chao)",
    "coverage": "Sample coverage",
    "climatology": "Base rate of all countries",
    "persistence": "Same as last year",
    "logit": "Logistic regression",
    "boosting": "Gradient boosting",
    "stack": "Mixture of models",
    "bands": "Bands of past counts",
}


def number(value: float | None) -> str | None:
    """Return a number with thousands separators, without needless decimals; None stays None.

    >>> number(59648.0)
    '59,648'
    >>> number(0.0314)
    '0.0314'
    """
    if value is None:
        return None
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.3g}" if abs(value) < 1 else f"{value:,.1f}"


def people(value: float | None) -> str | None:
    """Return a number of people: whole, with thousands separators; None stays None.

    >>> people(2642.4)
    '2,642'
    """
    return None if value is None else f"{value:,.0f}"


def day(value: dt.date | None, precision: str | None = "day") -> str:
    """Return a date as exact as it is known.

    >>> day(dt.date(2013, 1, 1), "month")
    'January 2013'
    >>> day(None)
    'date unknown'
    """
    if value is None or precision == "unknown":
        return "date unknown"
    if precision == "year":
        return f"{value.year}"
    if precision == "month":
        return f"{value:%B} {value.year}"
    text = f"{value.day} {value:%B} {value.year}"
    return f"about {text}" if precision == "approximate" else text


def percent(probability: float) -> str:
    """Return a probability as a percentage that never pretends to be zero or certain.

    >>> percent(0.0004), percent(0.034), percent(0.62), percent(0.9996)
    ('under 0.1%', '3.4%', '62%', 'over 99.9%')
    """
    if probability < 0.001:
        return "under 0.1%"
    if probability > 0.999:
        return "over 99.9%"
    return f"{probability:.1%}" if probability < 0.1 else f"{probability:.0%}"


def in_hundred(probability: float) -> str:
    """Return a probability as a natural frequency.

    >>> in_hundred(0.03), in_hundred(0.004)
    ('about 3 in 100', 'about 4 in 1,000')
    """
    if probability < 0.001:
        return "fewer than 1 in 1,000"
    if probability < 0.01:
        return f"about {round(probability * 1000)} in 1,000"
    return f"about {round(probability * 100)} in 100"


def words(code: str | None) -> str:
    """Return a code as words: `one_sided` becomes `one sided`; None becomes nothing."""
    return (code or "").replace("_", " ")


def method(code: str | None) -> str:
    """Return a method's name for the middle of a sentence; a code without a name as words.

    >>> method("dga"), method("count_mixture")
    ('graph averaging', 'count mixture')
    """
    name = METHOD_NAMES.get(code or "")
    return name[0].lower() + name[1:] if name else words(code)
