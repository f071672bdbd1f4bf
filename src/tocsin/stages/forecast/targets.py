"""What is forecast: at least so many one-sided deaths within so many years after the origin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.panel import Array, Panel


@dataclass(frozen=True)
class Target:
    """Names one yes-or-no question about the years after an origin; `lead` years lie between origin and window."""

    name: str
    deaths: int
    years: int
    lead: int = 0

    @property
    def answered_after(self) -> int:
        """Return how many years after the origin the window is over."""
        return self.lead + self.years

    @property
    def months(self) -> int:
        """Return the horizon in months."""
        return 12 * self.years


TARGETS: tuple[Target, ...] = tuple(Target(f"one_sided_{deaths}", deaths, years) for years in (1, 2) for deaths in (25, 100, 1000))


def deaths_after(panel: Panel, year: int, years: int, lead: int = 0) -> Array:
    """Return one-sided deaths in the window `lead` years after `year`; NaN where it is not over or a year is unknown."""
    first = panel.years.index(year) + 1 + lead
    window = panel.values["deaths_one_sided"][:, first : first + years]
    if window.shape[1] < years:
        return np.full(len(panel.territories), np.nan)
    return np.asarray(window.sum(axis=1))


def labels(panel: Panel, year: int, target: Target) -> Array:
    """Return 1 where the target came true, 0 where it did not, NaN where nobody can know yet: unresolved is not zero."""
    after = deaths_after(panel, year, target.years, target.lead)
    return np.where(np.isnan(after), np.nan, (after >= target.deaths).astype(float))
