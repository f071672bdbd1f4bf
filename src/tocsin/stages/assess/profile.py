"""Reads the answers of one situation as a profile: by factor and by crime, with trend and coverage, never as one sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.stages.assess.coverage import Coverage, coverage

#: Groups of factors that belong to one crime; the common factors are read with each of them.
CRIMES = ("genocide", "crimes_against_humanity", "war_crimes")
COMMON = "common"


@dataclass(frozen=True)
class Answer:
    """Holds what is known of one indicator: its factor, the group of the factor, the answer and the trend."""

    factor: str
    group: str
    answer: str
    trend: str


@dataclass(frozen=True)
class FactorProfile:
    """Holds one factor.

    Args:
        answer: present where one indicator is; absent where more than half of all were looked at and are absent; else unknown.
        trend: rising where more of its indicators rise than fall, falling likewise, steady where evidence is dated, else unknown.
    """

    factor: str
    group: str
    answer: str
    trend: str
    coverage: Coverage


@dataclass(frozen=True)
class CrimeProfile:
    """Holds what speaks to one crime: its own factors, and the common ones, side by side and not added up."""

    crime: str
    own_present: tuple[str, ...]
    own: int
    common_present: tuple[str, ...]
    common: int
    rising: tuple[str, ...]
    coverage: Coverage


def factor_profiles(answers: Iterable[Answer]) -> tuple[FactorProfile, ...]:
    """Return one profile for each factor, in the order in which the factors come."""
    by_factor: dict[tuple[str, str], list[Answer]] = {}
    for one in answers:
        by_factor.setdefault((one.factor, one.group), []).append(one)
    return tuple(_factor(factor, group, many) for (factor, group), many in by_factor.items())


def crime_profiles(factors: Sequence[FactorProfile]) -> tuple[CrimeProfile, ...]:
    """Return one profile for each crime; ethnic cleansing has none of its own, its acts fall under the three crimes."""
    common = [f for f in factors if f.group == COMMON]
    return tuple(_crime(crime, [f for f in factors if f.group == crime], common) for crime in CRIMES)


def _factor(factor: str, group: str, answers: Sequence[Answer]) -> FactorProfile:
    counted = coverage(one.answer for one in answers)
    answer = "present" if counted.present else "absent" if counted.absent > counted.unknown else "unknown"
    trends = Counter(one.trend for one in answers if one.answer == "present")
    known = trends["rising"] + trends["falling"] + trends["steady"]
    word = "rising" if trends["rising"] > trends["falling"] else "falling" if trends["falling"] > trends["rising"] else "steady"
    return FactorProfile(factor, group, answer, word if known else "unknown", counted)


def _crime(crime: str, own: Sequence[FactorProfile], common: Sequence[FactorProfile]) -> CrimeProfile:
    both = [*common, *own]
    total = Coverage(*(sum(getattr(f.coverage, name) for f in both) for name in ("present", "absent", "unknown")))
    return CrimeProfile(
        crime=crime,
        own_present=tuple(f.factor for f in own if f.answer == "present"),
        own=len(own),
        common_present=tuple(f.factor for f in common if f.answer == "present"),
        common=len(common),
        rising=tuple(f.factor for f in both if f.trend == "rising"),
        coverage=total,
    )
