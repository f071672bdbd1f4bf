"""What crosses which threshold in a finished run, and what would cross another one; nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pyarrow as pa

from tocsin import reference
from tocsin.model.errors import NotFound, WrongUse
from tocsin.stages.warn import Addressee, Surroundings, Thresholds, draft_alerts, find_signals

Read = Callable[[str], pa.Table]


@dataclass(frozen=True)
class Warnings:
    """Holds signals, the drafts made from them, and the thresholds that gave them."""

    signals: pa.Table
    drafts: pa.Table
    thresholds: Thresholds


def warn(read: Read, today: dt.date, thresholds: Thresholds | None = None) -> Warnings:
    """Return signals and drafts from the tables that `read` gives.

    A territory without a regional body is addressed to the United Nations.
    """
    limits = thresholds or Thresholds()
    around = Surroundings(
        forecasts=read("forecasts").drop_columns(["draws"]).to_pylist(),
        figures=read("figures").to_pylist(),
        measures=read("measures").to_pylist(),
        today=today,
        thresholds=limits,
        anomalies=read("anomalies").to_pylist(),
    )
    signals = find_signals(around)
    addressees = {t.code: Addressee(t.code, t.name, reference.regional_body(t.code)) for t in reference.territories()}
    return Warnings(signals, draft_alerts(signals, addressees, today, limits), limits)


def thresholds_of(level: str, rise: float | None, drafts: int | None) -> Thresholds:
    """Return the house's thresholds with what a user put in their place.

    Args:
        level: `target=probability`, several with commas, such as `one_sided_100=0.4`.
        rise: least gain in probability over the year before.
        drafts: most drafts about real territories.

    Raises:
        WrongUse: a target is unknown, or a number is not a probability.
    """
    limits = Thresholds()
    levels = dict(limits.level)
    for part in (one.strip() for one in level.split(",") if one.strip()):
        target, _, number = part.partition("=")
        if target.strip() not in levels:
            raise WrongUse("no such target", "--level", ", ".join(levels), target.strip()[:40])
        levels[target.strip()] = _probability(number, "--level")
    if rise is not None:
        limits = replace(limits, rise=_probability(str(rise), "--rise"))
    if drafts is not None and drafts < 0:
        raise WrongUse("a negative number of drafts", "--drafts", "0 or more", str(drafts))
    return replace(limits, level=levels, drafts=limits.drafts if drafts is None else drafts)


def territory_code(text: str | None) -> str | None:
    """Return the code of the territory that a user named; None where none was.

    Raises:
        NotFound: no territory has this code or name.
    """
    if text is None:
        return None
    found = reference.find_territory(text)
    if found is not None:
        return found.code
    try:
        return reference.territory(text.upper()).code
    except NotFound as error:
        raise NotFound("no territory has this code or name", text[:40], "a code such as SYR, or a name", text[:40]) from error


def _probability(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise WrongUse("not a number", where, "a probability between 0 and 1", text[:20]) from error
    if not 0.0 <= value <= 1.0:
        raise WrongUse("not a probability", where, "a number between 0 and 1", text[:20])
    return value
