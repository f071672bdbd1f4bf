"""What each score says, in one line."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

METRIC_HELP = {
    "log_loss": _("Mean surprise at what came; lower is better."),
    "log_score_gain:climatology": _("How much less surprised than the base rate, in nats a forecast; above 0 is better."),
    "log_score_gain:persistence": _("How much less surprised than a repeat of last year, in nats a forecast; above 0 is better."),
    "brier": _("Mean squared distance between what was said and what came; lower is better."),
    "auc": _("Chance that a country-year with the event ranks above one without; higher is better, 0.5 is a coin."),
    "average_precision": _("Precision averaged over the ranks at which the events were found; higher is better."),
    "recall_at_10": _("Share of the events among the first 10 countries of the year."),
    "recall_at_20": _("Share of the events among the first 20 countries of the year."),
    "recall_at_30": _("Share of the events among the first 30 countries of the year."),
    "expected_observed": _("Events expected for each event that came; 1 is right, above 1 is too many alarms."),
    "miscalibration": _("Part of the Brier score that better calibration would take away; lower is better."),
    "discrimination": _("Part of the Brier score that telling events from others takes away; higher is better."),
    "uncertainty": _("Brier score of the rate of the events alone: given by the world, the same for every model."),
    "false_alarms_per_hit": _("Country-years on alert without the event, for each with one. Alert: a chance at the level of a signal."),
    "share_on_alert": _("Share of the events in country-years on alert."),
    "new_on_alert": _("The same for events that began anew: not there in the year before."),
    "lead_months": _("Median months from the first alert to the year of an event that began anew; 0 in the first alerted year."),
    "crps": _("Distance between the forecast distribution and the count that came; lower is better."),
    "twcrps25": _("The same distance, for what lies above 25 deaths a month; lower is better."),
    "twcrps100": _("The same distance, for what lies above 100 deaths a month; lower is better."),
    "ignorance": _("Surprise at the bin into which the count fell; lower is better."),
    "interval_score": _("Width of the 90% interval and a penalty for missing it; lower is better."),
    "coverage90": _("Share of the counts inside the 90% interval; 0.90 is right."),
    "coverage_90": _("Share of the counts inside the 90% interval; 0.90 is right."),
}
