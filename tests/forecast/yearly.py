"""Rows of yearly figures for the tests of forecasts."""

from __future__ import annotations

import datetime as dt


def figure(place: str, year: int, indicator: str, value: float) -> dict:
    """Return one yearly figure as it was available at the end of June of the year after."""
    return {
        "id": f"fig-{place}-{year}-{indicator}",
        "indicator": indicator,
        "territory": place,
        "value": value,
        "period_to": dt.date(year, 12, 31),
        "available_at": dt.date(year + 1, 6, 30),
        "item": "a" * 64,
        "invented": False,
    }
