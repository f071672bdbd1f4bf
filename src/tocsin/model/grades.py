"""Scales that people use to say how sure they are, each with its words in order."""

from __future__ import annotations

#: Standard-of-proof ladder, weakest first.
STANDARDS_OF_PROOF = (
    "allegation",
    "reasonable_grounds_to_suspect",
    "reasonable_grounds_to_believe",
    "clear_and_convincing",
)
#: Answers to an indicator.
ANSWERS = ("present", "absent", "unknown")
#: How sure a rater is of an answer, weakest first.
CONFIDENCES = ("low", "medium", "high")
#: What a person may say of a pair.
JUDGEMENTS = ("positive", "negative", "unsure")
#: OASIS CAP 1.2 scales, most pressing first.
CAP_URGENCY = ("Immediate", "Expected", "Future", "Past", "Unknown")
CAP_SEVERITY = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CAP_CERTAINTY = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")

#: Likelihood words and the band of probability (low included, high not) in which each may be used; gaps have no word on purpose.
LIKELIHOOD_BANDS: tuple[tuple[str, float, float], ...] = (
    ("remote", 0.0, 0.05),
    ("unlikely", 0.05, 0.25),
    ("even-ish", 0.40, 0.55),
    ("likely", 0.55, 0.75),
    ("highly likely", 0.80, 0.90),
    ("almost certain", 0.95, 1.0),
)


def likelihood_word(probability: float) -> str | None:
    """Return the likelihood word for `probability`, or None where no band holds it.

    >>> likelihood_word(0.03)
    'remote'
    >>> likelihood_word(0.30) is None
    True
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"not a probability: {probability}")
    for word, low, high in LIKELIHOOD_BANDS:
        if low <= probability < high or probability == high == 1.0:
            return word
    return None
