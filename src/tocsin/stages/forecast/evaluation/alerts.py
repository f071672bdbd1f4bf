"""What a threshold on the forecasts would have meant: alerts, hits, lead time and false alarms per hit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.panel import Array

MONTHS = 12


@dataclass(frozen=True)
class AlertRecord:
    """Holds what came of alerts at one threshold.

    Args:
        flagged: country-years on alert.
        events: onsets in the years covered.
        hits: onsets in a country-year on alert.
        false_alarms_per_hit: country-years on alert without an onset, for each with one; None without a hit.
        lead_months: months from the first issue of the run of alerts to the start of the year of the onset, one a hit.
    """

    flagged: int
    events: int
    hits: int
    false_alarms_per_hit: float | None
    lead_months: tuple[int, ...]

    @property
    def median_lead(self) -> float | None:
        """Return the median lead time in months; None without a hit."""
        return float(np.median(self.lead_months)) if self.lead_months else None


def on_alert(probability: Array, places: np.ndarray, years: np.ndarray, start: float, stop: float) -> np.ndarray:
    """Return which rows are on alert: from a forecast of `start` or more until one falls below `stop`.

    Two thresholds keep an alert from flickering (hysteresis). A missing year ends an alert.

    >>> on_alert(np.array([0.1, 0.05, 0.02]), np.zeros(3), np.array([1, 2, 3]), 0.1, 0.04).tolist()
    [True, True, False]
    """
    result = np.zeros(len(probability), dtype=bool)
    order = np.lexsort((years, places))
    active, before = False, -1
    for row in order.tolist():
        follows = before >= 0 and places[before] == places[row] and years[row] == years[before] + 1
        active = bool(probability[row] >= (stop if follows and active else start))
        result[row], before = active, row
    return result


def alert_record(alerts: np.ndarray, label: Array, places: np.ndarray, years: np.ndarray) -> AlertRecord:
    """Return the record of alerts that stand before the year of each row begins; `label` is 1 where an onset came that year.

    An alert for year t is issued at the end of t - 1. So the first year of a run of alerts has a lead of 0 months, and
    each earlier year of the same run adds twelve.
    """
    at = {(p, y): a for p, y, a in zip(places.tolist(), years.tolist(), alerts.tolist(), strict=True)}
    leads = []
    for row in np.flatnonzero((label == 1) & alerts).tolist():
        place, year, run = places[row], int(years[row]), 0
        while at.get((place, year - run - 1), False):
            run += 1
        leads.append(MONTHS * run)
    hits, flagged = len(leads), int(alerts.sum())
    return AlertRecord(flagged, int(label.sum()), hits, (flagged - hits) / hits if hits else None, tuple(leads))
