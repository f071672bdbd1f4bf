"""Reads what mail programs add to a text: marks of quoting, and heads that name a subject and a day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tocsin.stages.extract.dates import find_dates

_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
#: So many lines with a mark of quoting make a quoted text; fewer may be "> 500 dead".
_QUOTED_LINES = 4
_LINE = re.compile(r"^(?P<name>From|To|Cc|Subject|Date|Sent|Reply-To|Message-ID|Objet|Asunto|De|Fecha):[ \t]*(?P<value>.*)$", re.MULTILINE)
_LEAST_LINES = 3
_PREFIX = re.compile(r"^(?:\s*(?:(?:re|fwd?|tr|rv|aw|wg)\s*:|\[[^\]]{1,40}\]))+\s*", re.IGNORECASE)
#: Heads stand near the beginning; one that is quoted far below is that of another letter.
_HEAD = 3_000


@dataclass(frozen=True)
class MailHead:
    """Holds the subject and the day of the innermost mail head, that of the text that was passed on."""

    subject: str | None
    day: dt.date | None


def without_quote_marks(text: str) -> str:
    """Return `text` with marks of quoting as spaces, so that every span still holds; a text with few such lines is left alone."""
    if len(_QUOTED.findall(text)) < _QUOTED_LINES:
        return text
    return _QUOTED.sub(lambda marks: " " * len(marks.group()), text)


def read_mail_head(text: str) -> MailHead | None:
    r"""Return the last mail head near the beginning, or None where there is none.

    >>> read_mail_head("From: a\nSubject: Fwd: [weekly] Digest\nDate: Mon, 25 Mar 2013 09:14:02 -0400\n\nText").day
    datetime.date(2013, 3, 25)
    """
    lines = list(_LINE.finditer(text[:_HEAD]))
    names = [line["name"] for line in lines]
    if len(lines) < _LEAST_LINES or not {"From", "De"} & set(names) or not {"Subject", "Objet", "Asunto"} & set(names):
        return None
    subjects = [_PREFIX.sub("", line["value"]).strip() for line in lines if line["name"] in ("Subject", "Objet", "Asunto")]
    days = [
        d.first
        for line in lines
        if line["name"] in ("Date", "Sent", "Fecha")
        for d in find_dates(line["value"])[:1]
        if d.precision == "day"
    ]
    return MailHead(subjects[-1] or None, days[-1] if days else None)
