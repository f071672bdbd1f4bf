"""Forecasts of one-sided violence for every territory: probabilities at three sizes and draws of a count."""

from __future__ import annotations

import json
from typing import Any

from tocsin.model.ids import item_id
from tocsin.model.periods import Window, window_after
from web.rows.content import AS_OF, ORIGIN, TERRITORIES, Content

SCALES = {"one_sided_25": 1.0, "one_sided_100": 0.5, "one_sided_1000": 0.12}
WHY = [{"input": "one-sided deaths in the last year", "log_odds": 2.2}, {"input": "years since the last deaths", "log_odds": -0.4}]


def add(content: Content) -> None:
    """Add the forecasts and the set of files they rest on."""
    files = [item_id(content.items["ucdp_country_year"])]
    ucdp = content.computed("input_sets", "set-osv", files, "read", label="deaths of all years", size=1600)
    for horizon in (12, 24):
        window = window_after(ORIGIN, horizon)
        for target, scale in SCALES.items():
            for number, territory in enumerate(TERRITORIES):
                probability = min(0.97, scale * 0.9 * (0.86**number) * (1.0 if horizon == 12 else 1.15) + 0.0004)
                _probabilities(content, target, territory, probability, _asked(window, horizon), ucdp)
        for territory in TERRITORIES:
            draws = sorted(int(content.chance.expovariate(1 / 60)) for _ in range(200))
            content.computed(
                "forecasts", f"count-{territory}-{horizon}", [ucdp], "count_mixture", target="one_sided_count", territory=territory,
                model="count_mixture", chosen=True, draws=draws, low=float(draws[10]), high=float(draws[190]), **_asked(window, horizon),
            )  # fmt: skip


def _asked(window: Window, horizon: int) -> dict[str, Any]:
    return {
        "origin": ORIGIN, "horizon_months": horizon, "window_from": window.start, "window_to": window.end, "issued_at": AS_OF,
        "stale": True, "renew": "tocsin collect ucdp_country_year --from FILE", "vintage": "final",
    }  # fmt: skip


def _probabilities(content: Content, target: str, territory: str, probability: float, asked: dict[str, Any], ucdp: str) -> None:
    previous = min(0.97, max(0.0004, probability * content.chance.choice([0.4, 0.9, 1.0, 1.1, 1.6])))
    similar = [{"territory": "MLI", "year": 2012, "deaths_after": 40}]
    why = json.dumps({"inputs": WHY if probability > 0.2 else WHY[:1], "similar": similar})
    missing = ["gdp_growth"] if territory in ("PRK", "SOM") else []
    for model, value in (("stack", probability), ("climatology", 0.09), ("persistence", float(probability > 0.3))):
        chosen = model == "stack"
        content.computed(
            "forecasts", f"{target}-{territory}-{asked['horizon_months']}-{model}", [ucdp], model, target=target, territory=territory,
            model=model, chosen=chosen, probability=value, low=max(0.0, value * 0.6), high=min(1.0, value * 1.5 + 0.01),
            climatology=0.09, previous=previous if chosen else None, why=why, missing=missing, **asked,
        )  # fmt: skip
