"""Words of assessments, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CONFIDENCES = {"low": _("low"), "medium": _("medium"), "high": _("high")}
TRENDS = {"rising": _("rising"), "steady": _("steady"), "falling": _("falling"), "unknown": _("trend unknown")}
REVIEWS = {
    "machine": _("read by rules, by no person yet"),
    "one_rater": _("read by rules; one person has rated it, a second is awaited"),
    "two_raters": _("rated by people who agree"),
    "disputed": _("rated by people who disagree"),
}
CRIMES = {
    "common": _("Common to all three crimes"),
    "genocide": _("Genocide"),
    "crimes_against_humanity": _("Crimes against humanity"),
    "war_crimes": _("War crimes"),
}
