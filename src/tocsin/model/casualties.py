"""Words of casualty recording: statuses of a record, causes of death and civilian status.

Sources: SDG indicator 16.1.2 (metadata of 2023: categories of cause and status); Every Casualty Counts, Standards for
Casualty Recording (2016), for the statuses of a record.
"""

from __future__ import annotations

#: What became of a record. A rejected record counts nobody; a duplicate names somebody whom another record names.
STATUSES = ("reported", "under_verification", "verified", "rejected", "duplicate")
REJECTED, DUPLICATE, VERIFIED = "rejected", "duplicate", "verified"
#: What the person or the family said about publishing the name. Nobody asked is no consent.
CONSENTS = ("given", "refused")
CONSENT_GIVEN, CONSENT_REFUSED = CONSENTS
#: Causes of death of SDG 16.1.2.
CAUSES = (
    "heavy_weapons",
    "planted_explosives",
    "small_arms",
    "incendiary",
    "cbrn",
    "electromagnetic",
    "less_lethal",
    "denial_of_objects",
    "accidents",
    "other",
)
#: Status of a person under SDG 16.1.2.
CIVILIAN_STATUSES = ("civilian", "other_protected", "armed_forces", "direct_participant")
#: Nobody said, or no two sources agree on anything else.
UNKNOWN = "unknown"
