"""Adds up the Peoples under Threat index from its ten components; what is missing widens the answer, never lowers it silently."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

NAME = "peoples-under-threat"


@dataclass(frozen=True)
class Component:
    """Describes one of the ten inputs.

    Args:
        key: its letter in the published notes.
        name: what it measures, in words.
        low: the least value that is accepted, and that a missing value may stand for.
        high: the greatest.
        weight: what one unit adds to the index.
        zero_if_missing: True where the publisher's rule counts a missing value as 0.
        error: standard deviation of the input's own error in the rank intervals; an assumption of this project.
    """

    key: str
    name: str
    low: float
    high: float
    weight: float
    zero_if_missing: bool
    error: float


#: The World Bank's three scales run from about -2.5 to 2.5; published values fall below (Syria 2021: -2.731), so the floor is lower.
COMPONENTS = (
    Component("A", "self_determination_conflict", 0.0, 5.0, 0.5, True, 0.5),
    Component("B", "major_armed_conflict", 0.0, 2.0, 1.25, True, 0.25),
    Component("C", "prior_genocide", 0.0, 1.0, 2.0, True, 0.0),
    Component("D", "flight", 0.0, 1.0, 10.0, False, 0.01),
    Component("E", "group_grievance", 0.0, 10.0, 1 / 6, False, 0.3),
    Component("F", "factionalised_elites", 0.0, 10.0, 1 / 6, False, 0.3),
    Component("G", "voice_and_accountability", -3.5, 2.5, -1.0, False, 0.2),
    Component("H", "political_stability", -3.5, 2.5, -1.0, False, 0.2),
    Component("I", "rule_of_law", -3.5, 2.5, -1.0, False, 0.2),
    Component("J", "country_risk", 0.0, 7.0, 0.625, False, 0.5),
)


@dataclass(frozen=True)
class PutScore:
    """Holds the index of one territory in one edition.

    Args:
        score: the index; None where an input other than A, B and C is missing.
        low: the least that the missing inputs allow; the score itself where none is missing.
        high: the greatest.
        parts: what each component that is known adds.
        missing: keys of the components that are missing, also those counted as 0.
    """

    score: float | None
    low: float
    high: float
    parts: Mapping[str, float]
    missing: tuple[str, ...]


def put_score(values: Mapping[str, float | None]) -> PutScore:
    """Return the index: A/2 + 1.25 B + 2 C + 10 D + (E + F)/6 - (G + H + I) + 0.625 J.

    Reference: Minority Rights Group, Peoples under Threat, notes of the 2016 edition. A missing A, B or C counts
    as 0 by the publisher's rule; any other missing input leaves no score, only the bounds that its range allows.

    >>> syria_2021 = dict(zip("ABCDEFGHIJ", (5, 2, 1, 0.8056, 9.7, 9.9, -1.934, -2.731, -2.072, 7)))
    >>> round(put_score(syria_2021).score, 2)  # published: 29.435
    29.43
    >>> put_score({**syria_2021, "J": None}).score is None
    True
    """
    parts: dict[str, float] = {}
    low: list[float] = []
    high: list[float] = []
    missing = []
    for one in COMPONENTS:
        value = values.get(one.key)
        if value is None:
            missing.append(one.key)
            ends = (0.0, 0.0) if one.zero_if_missing else sorted((one.weight * one.low, one.weight * one.high))
            low.append(ends[0])
            high.append(ends[1])
        else:
            parts[one.key] = one.weight * value
            low.append(parts[one.key])
            high.append(parts[one.key])
    known = all(component.zero_if_missing for component in COMPONENTS if component.key in missing)
    least, greatest = math.fsum(low), math.fsum(high)
    return PutScore(least if known else None, least, greatest, parts, tuple(missing))


def out_of_range(key: str, value: float) -> bool:
    """Return True where `value` can't be a value of the component `key`."""
    component = next(c for c in COMPONENTS if c.key == key)
    whole = key == "C" and value not in (0.0, 1.0)
    return whole or not component.low <= value <= component.high
