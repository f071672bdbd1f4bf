"""Judges every week of many series by several methods, with outages shown as such and false alarms kept in check."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tocsin.stages.forecast.anomalies.calm import calm_rate
from tocsin.stages.forecast.anomalies.discovery import adjusted, expected_false
from tocsin.stages.forecast.anomalies.ears import EarsWeek, ears
from tocsin.stages.forecast.anomalies.farrington import IMPROVED, ORIGINAL, FarringtonSettings, FarringtonWeek, farrington
from tocsin.stages.forecast.anomalies.outages import Outage, outages, without_suspected

Array = npt.NDArray[np.float64]
METHODS = ("C1", "C2", "C3", "farrington_original", "farrington_improved")
#: Methods whose alarms stand alone: C3 has no p-value, and those of the original Farrington are too small (Noufaily et al. 2013).
UNCONTROLLED = ("C3", "farrington_original")
_FARRINGTON = {"farrington_original": ORIGINAL, "farrington_improved": IMPROVED}


@dataclass(frozen=True)
class WatchSettings:
    """Says what is judged and how.

    Args:
        methods: names out of `METHODS`.
        last: judge the newest weeks only; None judges all.
        q: share of false alarms among the alarms of a week.
        procedure: bh, by or none.
        season: periods in a year.
        years: years of history that the Farrington methods look back.
        suspect_zeros: whether incredible runs of zeros count as not reported.
        said: series whose zeros somebody said, such as figures; they are believed.
        seed: of the simulation that gives the false-alarm rates.
    """

    methods: tuple[str, ...] = METHODS
    last: int | None = None
    q: float = 0.05
    procedure: str = "bh"
    season: int = 52
    years: int = 4
    suspect_zeros: bool = True
    said: frozenset[str] = frozenset()
    seed: int = 20130111


@dataclass(frozen=True)
class WatchRow:
    """Holds the verdict of one method on one week of one series.

    Args:
        state: alarm, calm, not_reported, suspected_outage, or not_judged (too little history, or too few cases).
        alarm: whether the count lies above the threshold of the method; None where it was not judged.
        p: chance of such a count in a calm week; None for C3.
        adjusted: `p` after false-discovery control over the series judged by the same method in the same week.
        kept: an alarm that also stands after the control; None where the method can't be controlled.
    """

    series: str
    t: int
    method: str
    observed: float | None
    expected: float | None
    upperbound: float | None
    p: float | None
    adjusted: float | None
    alarm: bool | None
    kept: bool | None
    state: str


@dataclass(frozen=True)
class Rate:
    """Says what false alarms to expect of one method in one week, over the series that it judged in the newest week with a verdict.

    Args:
        judged: series judged in the newest week with a verdict.
        rate: chance that a calm week raises an alarm, from calm series that were simulated.
        expected: false alarms a week before the control; `after` with it, where nothing unusual happens anywhere.
    """

    judged: int
    rate: float
    expected: float
    after: float | None


@dataclass(frozen=True)
class Watched:
    """Holds the verdicts, the outages of each series, and the false alarms to expect."""

    rows: tuple[WatchRow, ...]
    outages: Mapping[str, tuple[Outage, ...]]
    rates: Mapping[str, Rate]


def watch(series: Mapping[str, Array], settings: WatchSettings | None = None) -> Watched:
    """Return the verdict on every week of every series; all series share one axis of time.

    A week that was not reported is never calm: it has the state `not_reported` and stays out of every baseline. Nor
    is a run of zeros that the series makes incredible. No verdict depends on later weeks or on the order of the series.
    """
    settings = settings or WatchSettings()
    names = sorted(series)
    gaps = {name: tuple(_outages(series[name], settings.suspect_zeros and name not in settings.said)) for name in names}
    rows = [row for name in names for row in _judge(name, series[name], gaps[name], settings)]
    controlled = _controlled(rows, settings)
    return Watched(tuple(controlled), gaps, {m: _rate(m, controlled, series, settings) for m in settings.methods})


def _outages(observed: Array, suspect: bool) -> list[Outage]:
    return [gap for gap in outages(observed) if suspect or gap.kind != "suspected"]


def _judge(name: str, observed: Array, gaps: tuple[Outage, ...], settings: WatchSettings) -> list[WatchRow]:
    first = 0 if settings.last is None else max(0, len(observed) - settings.last)
    rows = []
    for at in range(first, len(observed)):
        known = without_suspected(observed, list(gaps), at)
        count = float(observed[at])
        silent = "not_reported" if math.isnan(count) else "suspected_outage" if math.isnan(known[at]) else None
        for method in settings.methods:
            blank = WatchRow(
                name, at, method, None if math.isnan(count) else count, None, None, None, None, None, None, silent or "not_judged"
            )
            rows.append(blank if silent else _verdict(blank, known, settings))
    return rows


def _verdict(blank: WatchRow, known: Array, settings: WatchSettings) -> WatchRow:
    week: FarringtonWeek | EarsWeek | None
    if blank.method in _FARRINGTON:
        began = int(np.flatnonzero(~np.isnan(known))[0])  # years before anybody told of anything are no history
        week = farrington(known[began:], blank.t - began, _for_season(_FARRINGTON[blank.method], settings))
    else:
        week = ears(known, blank.method, blank.t)
    if week is None:
        return blank
    state = "alarm" if week.alarm else "calm"
    kept = week.alarm if settings.procedure == "none" else None
    return replace(blank, expected=week.expected, upperbound=week.upperbound, p=week.p, alarm=week.alarm, kept=kept, state=state)


def _for_season(chosen: FarringtonSettings, settings: WatchSettings) -> FarringtonSettings:
    """Return the settings; for series that are not weekly the windows keep their share of the year, at least one period."""
    season = settings.season
    if season == chosen.season:
        return replace(chosen, years=settings.years)
    window = max(1, round(chosen.half_window * season / chosen.season))
    left_out = max(1, round(chosen.left_out * season / chosen.season))
    periods = 1 if chosen.periods == 1 else max(1, min(chosen.periods, season // (2 * window + 1)))
    return replace(chosen, years=settings.years, season=season, half_window=window, left_out=left_out, periods=periods)


def _controlled(rows: list[WatchRow], settings: WatchSettings) -> list[WatchRow]:
    """Return the rows with adjusted p-values: one family for each method and week."""
    families: dict[tuple[str, int], list[int]] = {}
    for position, row in enumerate(rows):
        if row.p is not None and row.method not in UNCONTROLLED:
            families.setdefault((row.method, row.t), []).append(position)
    result = list(rows)
    for members in families.values():
        values = adjusted(np.array([rows[i].p for i in members], dtype=np.float64), settings.procedure)
        for i, value in zip(members, values, strict=True):
            kept = bool(rows[i].alarm) and (settings.procedure == "none" or bool(value <= settings.q))
            result[i] = replace(rows[i], adjusted=float(value), kept=kept)
    return result


def _calm(how: str | FarringtonSettings, watched: Sequence[Array], seed: int) -> float:
    """Return the mean rate over the series; those of like size, to the power of ten, are simulated together."""
    alike: dict[int, list[Array]] = {}
    for counts in watched:
        mean = float(np.nanmean(counts))
        alike.setdefault(math.floor(math.log10(mean)) if mean > 0 else -1, []).append(counts)
    return sum(len(some) * calm_rate(how, some, seed) for some in alike.values()) / max(1, len(watched))


def _rate(method: str, rows: list[WatchRow], series: Mapping[str, Array], settings: WatchSettings) -> Rate:
    weeks = [row.t for row in rows if row.method == method and row.alarm is not None]
    newest = max(weeks, default=-1)
    names = [row.series for row in rows if row.method == method and row.t == newest and row.alarm is not None]
    how = _for_season(_FARRINGTON[method], settings) if method in _FARRINGTON else method
    rate = _calm(how, [series[name] for name in names], settings.seed)
    controlled = method not in UNCONTROLLED and settings.procedure != "none"
    after = expected_false(len(names), settings.q, settings.procedure) if controlled else None
    return Rate(len(names), rate, len(names) * rate, None if after is None else min(after, len(names) * rate))
