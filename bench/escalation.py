"""Measures forecasts of escalation, origin by origin, against what could be said without a model."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import numpy as np

from bench.numbers import Number
from tocsin.stages.forecast.count_models import CountHistory, Memory, as_paths
from tocsin.stages.forecast.count_models.mixture import count_mixture
from tocsin.stages.forecast.count_targets import CountTarget, labels
from tocsin.stages.forecast.escalation import METHODS, Escalations, escalation_targets
from tocsin.stages.forecast.evaluation.bootstrap import mean_interval
from tocsin.stages.forecast.evaluation.calibration import calibration_line
from tocsin.stages.forecast.evaluation.observed_expected import observed_expected
from tocsin.stages.forecast.evaluation.scores import brier, log_losses

#: Origins are the ends of years, from this one on. Settings were chosen on origins from 1995 to 2003.
FIRST_ORIGIN = 2005
STEPS = list(range(1, 25))
EVER = dt.date(9999, 1, 1)
SEED = 20130111


def print_escalations(history: CountHistory, kind: str) -> list[Number]:
    """Print scores of every way to say the chance of escalation, for one kind of violence; return those of the shown way."""
    last = 1979 + history.origin // 12
    print(f"\n{kind}, escalation: origins December {FIRST_ORIGIN}-{last}, windows that the data do not cover are left out")
    columns = f"{'Brier':>8}{'skill':>7}{'log':>8}{'skill':>7}  {'gain, 95%':26}{'E/O':>6}{'slope':>7}"
    found = []
    print(f"{'reached within':20}{'asked':>7}{'came':>6}  {'method':15}{columns}")
    for target, scored in _scored(history, kind.replace("-", "_"), range(FIRST_ORIGIN, last + 1)).items():
        chances, came, places = scored
        base = chances["climatology"]
        for name in METHODS:
            print(_line(target, name, chances[name], base, came, places))
        ratio = observed_expected(chances[METHODS[-1]], came).expected_observed
        title = f"{kind}, {target.level:,} in {target.last} months: expected / observed"
        found.append(Number(title, "-", "printed", f"{ratio:.2f}" if ratio else "-", None))
    return found


def _line(target: CountTarget, name: str, given: np.ndarray, base: np.ndarray, came: np.ndarray, places: np.ndarray) -> str:
    squares, logs = brier(given, came), log_losses(given, came)
    gain = log_losses(base, came) - logs
    low, high = mean_interval(gain, places, SEED)
    line = calibration_line(given, came)
    ratio = observed_expected(given, came).expected_observed
    head = f"{target.level:,} in {target.last} months" if name == METHODS[0] else ""
    return (
        f"{head:20}{len(came):>7}{int(came.sum()):>6}  {name:15}{squares.mean():8.4f}{1 - squares.mean() / brier(base, came).mean():7.3f}"
        f"{logs.mean():8.4f}{1 - logs.mean() / log_losses(base, came).mean():7.3f}  {f'{gain.mean():+.4f} [{low:+.4f}, {high:+.4f}]':26}"
        f"{f'{ratio:.2f}' if ratio else '-':>6}{f'{line[1]:.2f}' if line else '-':>7}"
    )


def _scored(history: CountHistory, kind: str, years: range) -> dict[CountTarget, tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]]:
    parts: dict[CountTarget, list[tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]]] = defaultdict(list)
    memory = Memory()
    for year in years:
        origin = 12 * (year - 1979)
        past = history.until(origin)
        rows = past.known()
        answers = {t: labels(history, origin, t, EVER) for t in escalation_targets(kind)}
        if not any(answer.resolved for answer in answers.values()):
            continue
        draws = as_paths(count_mixture(past, memory)(rows, STEPS, 1000), past.places[rows], SEED)
        learned = Escalations.of(past)
        for target, answer in answers.items():
            known = ~np.isnan(answer.values[rows])
            if known.any():
                chances = learned.chances(rows, draws, target)
                parts[target].append(({n: c[known] for n, c in chances.items()}, answer.values[rows][known], rows[known]))
    return {
        target: (
            {name: np.concatenate([part[0][name] for part in found]) for name in METHODS},
            np.concatenate([part[1] for part in found]),
            np.concatenate([part[2] for part in found]),
        )
        for target, found in parts.items()
    }
