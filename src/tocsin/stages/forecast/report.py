"""Writes the scorecard as one page that opens anywhere: no script, no request to any other place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tocsin.model.targets import YEAR_AHEAD, deaths_of
from tocsin.stages.forecast.count_models.mixture import NEEDED

#: Plain names; a model or target without one is shown by its own name.
NAMES = {
    "climatology": "Base rate of all countries",
    "persistence": "Same as last year",
    "logit": "Logistic regression",
    "boosting": "Gradient boosting",
    "stack": "Mixture of models",
    "bands": "Counts drawn within the bands of the probabilities",
    "count_mixture": "Count mixture",
    "conflictology_12": "Own last twelve months (conflictology)",
    "last_poisson": "Last observed, Poisson",
    "nb_moments": "Negative binomial",
    "exactly_zero": "Always zero",
}
METRICS = {
    "log_loss": ("Log loss", "minus the logarithm of the probability given to what came, on average; lower is better"),
    "log_score_gain:climatology": ("Gain over base rate", "log loss of the base rate minus that of the model; above 0 is better"),
    "log_score_skill:climatology": ("Skill against base rate", "gain over the base rate as a share of its log loss; above 0 is better"),
    "log_score_gain:persistence": ("Gain over last year", "log loss of 'same as last year' minus that of the model; above 0 is better"),
    "brier": ("Brier score", "squared distance between probability and outcome, on average; lower is better"),
    "auc": ("AUC", "chance that a country with the event was ranked above one without; 0.5 is a coin"),
    "average_precision": ("Average precision", "precision averaged over the ranking; compare with the share of events"),
    "recall_at_10": ("Found in first 10", "share of the events among the first 10 countries of the year, ties at their expected value"),
    "recall_at_20": ("Found in first 20", "the same for the first 20"),
    "recall_at_30": ("Found in first 30", "the same for the first 30"),
    "expected_observed": ("Expected / observed", "events expected for each that came, with its exact Poisson interval; 1 is right"),
    "miscalibration": ("Miscalibration", "part of the Brier score that better calibration would take away (CORP); lower is better"),
    "discrimination": ("Discrimination", "part of the Brier score that telling events from others takes away; higher is better"),
    "uncertainty": ("Uncertainty", "Brier score of the rate of the events alone, the same for every model"),
    "false_alarms_per_hit": (
        "False alarms per hit",
        "country-years on alert without the event for each with one; on alert: at a signal's level",
    ),
    "share_on_alert": ("Events on alert", "share of the events in country-years on alert"),
    "new_on_alert": ("New events on alert", "the same for events that were not there in the year before"),
    "lead_months": ("Lead time, months", "median months from the first alert to the year of a new event; 0 in the first alerted year"),
    "crps": ("CRPS", "distance between the forecast distribution and the count that came, in deaths; lower is better"),
    "crps_gain:climatology": ("Gain over base rate", "CRPS of the base rate minus that of the model, in deaths; above 0 is better"),
    "crps_skill:climatology": ("Skill against base rate", "gain over the base rate as a share of its CRPS; above 0 is better"),
    "crps_gain:persistence": ("Gain over last year", "CRPS of 'same as last year' minus that of the model, in deaths; above 0 is better"),
    "coverage90": ("Inside the 90% interval", "share of the counts inside the 90% interval; 0.90 is right"),
}
COUNT_METRICS = {
    "crps": ("CRPS", "distance between the forecast distribution and the count that came, in deaths a month; lower is better"),
    "twcrps25": ("CRPS above 25", "the same for what lies above 25 deaths a month"),
    "twcrps100": ("CRPS above 100", "the same for what lies above 100 deaths a month"),
    "ignorance": ("Ignorance", "surprise in bits at the bin into which the count fell; lower is better"),
    "interval_score": ("Interval score", "width of the 90% interval and a penalty for missing it; lower is better"),
    "coverage90": ("Inside the 90% interval", "share of the counts inside the 90% interval; 0.90 is right"),
}


def scorecard_page(card: Mapping[str, Any]) -> str:
    """Return the page for a scorecard in the shape of `tocsin forecast scorecard --json`."""
    environment = Environment(loader=PackageLoader("tocsin.stages.forecast"), autoescape=True, undefined=StrictUndefined)
    environment.filters["number"] = _number
    environment.filters["signed"] = _signed
    environment.filters["name"] = _name
    environment.globals.update(metrics=METRICS, keys_of=_keys, count_metrics=COUNT_METRICS, needed=NEEDED, drawn=_drawn, gain_of=_gain)
    return environment.get_template("scorecard.html.j2").render(card=card)


def _keys(target: Mapping[str, Any]) -> list[str]:
    """Return the metrics that a target has, in the order of the table: chances and counts have others."""
    return [key for key in METRICS if any(key in about["metrics"] for about in target["models"].values())]


def _number(value: float | None) -> str:
    return "not computed" if value is None else f"{value:,.3f}"


def _signed(value: float | None) -> str:
    return "not computed" if value is None else f"{value:+.3f}".replace("-", "\u2212")


def _name(text: str) -> str:
    if text in NAMES:
        return NAMES[text]
    if deaths := deaths_of(text):
        when = ", the year ahead of the day of issue" if text.endswith(YEAR_AHEAD) else ""
        return f"At least {deaths:,} civilians killed in deliberate attacks{when}"
    return text.replace("_", " ")


def _gain(target: Mapping[str, Any]) -> str:
    """Return the metric of gains: chances are compared by log score, counts by CRPS."""
    return "crps_gain" if any("crps" in about["metrics"] for about in target["models"].values()) else "log_score_gain"


def _drawn(target: Mapping[str, Any], model: str, baseline: str) -> list[dict[str, Any]]:
    """Return for each window where its interval of gain lies on a line of 1,000 units, zero in the middle."""
    key = f"{_gain(target)}:{baseline}"
    found = [(w, w["models"][model][key]) for w in target["windows"] if key in w["models"].get(model, {})]
    reach = max((abs(end) for _, s in found for end in (s["low"], s["high"]) if end is not None), default=1.0) or 1.0

    def place(value: float) -> str:
        return f"{500 + 490 * value / reach:.1f}"

    return [
        {"window": w, "score": s, "low": place(s["low"]), "high": place(s["high"]), "value": place(s["value"])}
        for w, s in found
        if s["low"] is not None and s["high"] is not None
    ]
