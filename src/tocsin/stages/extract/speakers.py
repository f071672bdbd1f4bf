"""Finds who said a thing: "according to X", "X reported that"; offices and bodies before names of persons."""

from __future__ import annotations

import re

_SAID = (
    r"(?:said|says|reported|reports|stated|states|announced|announces|estimated|estimates|estimates\s+that|confirmed|recorded|documented|found|"
    r"claimed|claims|alleged|alleges|admitted|told|counted|registered|put|puts|warned|warns|believes|declared|noted|published)"
)
_BODY = r"(?:[A-Z][\w.’'-]*(?:\s+(?:of|for|and|on|the|de|du|des|la|&)(?:\s+(?:the|de|la))?(?=\s+[A-Z])|\s+[A-Z][\w.’'-]*)*)"
_PATTERNS = (
    re.compile(rf"\b(?:[Aa]ccording\s+to|[Aa]ccording|[Rr]eported\s+by|[Aa]nnounced\s+by|[Ee]stimat(?:ed|es)\s+by|[Cc]onfirmed\s+by|"
               rf"[Rr]ecorded\s+by|[Oo]n\s+behalf\s+of|[Pp]ublished\s+by|[Dd]ocumented\s+by)\s+(?:the\s+|an?\s+)?(?P<who>{_BODY})"),
    re.compile(rf"(?:^|[\s“\"])(?:[Tt]he\s+)?(?P<who>{_BODY})(?:,\s+(?:the\s+|an?\s+)?(?P<role>[^,]{{3,80}}),)?\s+(?:\w+ly\s+|has\s+|have\s+|\[?\s*)?{_SAID}\b"),
)  # fmt: skip
_BODIES = re.compile(
    r"\b(?:UN|U\.N\.|United\s+Nations|Office|Commission|Committee|Council|Centre|Center|Watch|Agency|Programme|Program|Fund|Group|Network|"
    r"Relief|Ministry|Government|Red\s+C|Observatory|Union|League|Organi[sz]ation|Association|Society|Institute|International|Authorit(?:y|ies)|Forces?|Front|Party|Adviser|Envoy|"
    r"Commissioner|Secretary|Rapporteur|Court|Police|Army|Military|Navy|Hospital|Initiative|Coalition|Foundation|Mission)\b|^[A-Z][A-Z-]{1,}s?$"
)
_PRONOUNS = frozenset(
    {"It", "He", "She", "They", "We", "I", "This", "That", "These", "Those", "There", "Who", "In", "On", "At", "But", "And", "A", "An"}
)
#: "2,880 injured (WHO).": the source in brackets at the end.
_BRACKETED = re.compile(rf"\(\s*(?:[Ss]ource:\s*|[Pp]er\s+)?(?:the\s+)?(?P<who>{_BODY})\s*\)[\s.;,]*$")
_NO_SOURCE = re.compile(r"^(?:IDPs?|PoCs?|CRSV|SGBV|GBV|[IVX]+)$")
_TRAILING = re.compile(r"\s+(?:estimat\w+|figures|data|reports?)$", re.IGNORECASE)
_LONGEST = 90


def speaker_of(sentence: str, position: int) -> str | None:
    """Return who is said to have given the figure at `position`, or None.

    A body or an office is preferred; where only a person's name stands there, it is not repeated.

    >>> speaker_of("According to the Relief Office, 40 people fled.", 32)
    'Relief Office'
    """
    start = sentence.rfind(";", 0, position) + 1  # a semicolon ends what one speaker says
    end = sentence.find(";", position)
    sentence, position = sentence[start : end if end >= 0 else len(sentence)], position - start
    bracketed = _BRACKETED.search(sentence, position)
    if bracketed and not _NO_SOURCE.match(bracketed["who"]) and (source := _body(bracketed["who"])):
        return source
    best: tuple[int, str] | None = None
    for pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            who = _body(match["who"]) or _body(match.groupdict().get("role") or "")
            distance = abs(match.start("who") - position) + (40 if match.start("who") > position else 0)
            if who is not None and (best is None or distance < best[0]):
                best = (distance, who)
    return best[1] if best else None


def _body(words: str) -> str | None:
    """Return the words up to the last that belongs to a body; None where no body is named."""
    name = _TRAILING.sub("", words.strip(" ,.’'"))
    while name.split(" ")[0] in _PRONOUNS and " " in name:
        name = name.split(" ", 1)[1]
    if not _BODIES.search(name) or len(name) > _LONGEST:
        return None
    return name
