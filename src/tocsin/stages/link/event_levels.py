"""Compares two accounts field by field: time, place, actors, acts and harm, each on a fixed ladder where unknown is its own level."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tocsin.stages.link.names import name_keys

UNKNOWN, APART = "unknown", "apart"
#: Most days between two accounts -> level.
DAYS = ((0, "same day"), (1, "1 day"), (2, "2 days"), (7, "within a week"), (31, "within a month"))
#: Most kilometers between two places -> level.
KILOMETERS = ((1.0, "same place"), (10.0, "within 10 km"), (25.0, "within 25 km"), (50.0, "within 50 km"), (100.0, "within 100 km"))
DISTRICT = "same district"
#: Precisions of a place whose coordinates, if any, are those of an area.
_COARSE = frozenset(("district", "region", "province", "admin1", "admin2", "country", "unknown"))
_EARTH = 6371.0


@dataclass(frozen=True)
class Account:
    """Is one source's account of one event; what is not known is None or empty."""

    id: str
    dataset: str
    first: dt.date | None = None
    last: dt.date | None = None
    precision: str = "day"
    territory: str | None = None
    admin: str | None = None
    place: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    place_precision: str | None = None
    actors: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    low: float | None = None
    best: float | None = None
    high: float | None = None

    @cached_property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and last day that the account allows: a month or a year covers all of its days."""
        if self.first is None:
            return None
        last = self.last or self.first
        if self.precision == "year":
            return self.first.replace(month=1, day=1), last.replace(month=12, day=31)
        if self.precision == "month":
            return self.first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1])
        return self.first, last

    @cached_property
    def point(self) -> tuple[float, float] | None:
        """Return longitude and latitude of a place that is known better than by its district."""
        if self.longitude is None or self.latitude is None or self.is_coarse:
            return None
        return self.longitude, self.latitude

    @cached_property
    def is_coarse(self) -> bool:
        """Return whether the place is no more than a district or a land."""
        return self.place_precision in _COARSE

    @cached_property
    def place_key(self) -> str | None:
        """Return the sound of the place's name, the same for its spellings in Latin and Arabic script."""
        keys = name_keys(self.place) if self.place else None
        return keys.key if keys else None

    @cached_property
    def actor_keys(self) -> frozenset[str]:
        """Return the actors in a form without case and punctuation."""
        return _folded(self.actors)

    @cached_property
    def act_keys(self) -> frozenset[str]:
        """Return the acts in the same form."""
        return _folded(self.acts)

    @cached_property
    def harm(self) -> tuple[float, float, float] | None:
        """Return low, best and high; None where nothing is known of the harm."""
        known = [v for v in (self.low, self.best, self.high) if v is not None]
        if not known:
            return None
        best = self.best if self.best is not None else sum(known) / len(known)
        return (best if self.low is None else self.low, best, best if self.high is None else self.high)


def days_between(one: Account, other: Account) -> int | None:
    """Return the days between two accounts, 0 where they overlap; None where a time is unknown."""
    if one.days is None or other.days is None:
        return None
    return max(0, (other.days[0] - one.days[1]).days, (one.days[0] - other.days[1]).days)


def kilometers_between(one: Account, other: Account) -> float | None:
    """Return the great-circle distance of two points; None where one is not known well enough."""
    if one.point is None or other.point is None:
        return None
    (x1, y1), (x2, y2) = one.point, other.point
    half = math.sin(math.radians(y2 - y1) / 2) ** 2
    half += math.cos(math.radians(y1)) * math.cos(math.radians(y2)) * math.sin(math.radians(x2 - x1) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def time_level(one: Account, other: Account) -> str:
    """Return how far apart in time two accounts lie."""
    days = days_between(one, other)
    return UNKNOWN if days is None else next((level for most, level in DAYS if days <= most), APART)


def place_level(one: Account, other: Account) -> str:
    """Return how far apart in space: by distance where both points are known, else by district, else by the name's sound."""
    if one.territory and other.territory and one.territory != other.territory:
        return APART
    distance = kilometers_between(one, other)
    if distance is not None:
        return next((level for most, level in KILOMETERS if distance <= most), APART)
    districts = None if not (one.admin and other.admin) else one.admin == other.admin
    if one.is_coarse or other.is_coarse:
        if districts is not None:
            return DISTRICT if districts else APART
        same = one.place_key is not None and one.place_key == other.place_key
        return DISTRICT if same else UNKNOWN
    if one.place_key is None or other.place_key is None:
        return UNKNOWN if districts is None else DISTRICT if districts else APART
    if one.place_key == other.place_key:
        return APART if districts is False else "same place"
    return APART


def set_level(one: frozenset[str], other: frozenset[str]) -> str:
    """Return same, partly, different, or unknown where one of the sets is empty."""
    if not one or not other:
        return UNKNOWN
    return "same" if one == other else "partly" if one & other else "different"


def harm_level(one: Account, other: Account, share: float, count: float) -> str:
    """Return equal (the best counts are), same (the ranges overlap), close (within the tolerances), conflict, or unknown.

    Args:
        one: an account.
        other: another.
        share: most difference of the best counts, as a share of the larger.
        count: most difference of the best counts, as a number.
    """
    if one.harm is None or other.harm is None:
        return UNKNOWN
    if one.harm[1] == other.harm[1]:
        return "equal"
    if one.harm[0] <= other.harm[2] and other.harm[0] <= one.harm[2]:
        return "same"
    difference = abs(one.harm[1] - other.harm[1])
    return "close" if difference <= max(count, share * max(one.harm[1], other.harm[1])) else "conflict"


def _folded(words: Iterable[str]) -> frozenset[str]:
    found = (" ".join("".join(c if c.isalnum() else " " for c in word.casefold()).split()) for word in words)
    return frozenset(word for word in found if word and word not in ("unknown", "not known", "unidentified"))
