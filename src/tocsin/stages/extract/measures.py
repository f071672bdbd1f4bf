"""Finds measures of the toolbox that a text asks for or says were taken: kind, who, about whom, when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.model.periods import Precision
from tocsin.stages.extract.dates import DateMention, find_dates
from tocsin.stages.extract.places import Gazetteer, Mention, Setting, usual_codes
from tocsin.stages.extract.prose import read_prose

_FLAGS = re.IGNORECASE
#: Id of a measure in the toolbox -> words that name it. One line a measure.
KINDS = {
    "icc_referral_unsc": r"\brefer(?:ral|red|ring|s)?\b[^.;]{0,90}\b(?:International\s+Criminal\s+Court|ICC)\b|\bICC\s+referral\b",
    "icc_prosecution": r"\b(?:arrest\s+warrants?|warrants?\s+of\s+arrest|summons(?:es)?)\b[^.;]{0,60}\b(?:International\s+Criminal\s+Court|ICC)\b",
    "targeted_sanctions": r"\bsanctions?\s+(?:on|against)\s+(?:\w+\s+){0,3}(?:individuals|officials|officers|leaders|commanders|persons|those)\b"
    r"|\b(?:targeted|financial|diplomatic|individual)\b[^.;]{0,30}\bsanctions\b|\bsanction\s+(?:\w+\s+){0,3}(?:officials|officers|leaders|commanders)\b"
    r"|\bsanctions\s+list\b",
    "travel_ban": r"\btravel\s+bans?\b",
    "asset_freeze": r"\basset[- ]freezes?\b|\bfree?z\w*\s+(?:the\s+|their\s+|of\s+)*(?:\w+\s+)?assets\b|\bassets?\s+(?:\w+\s+){0,2}frozen\b",
    "arms_embargo": r"\barms\s+embargo(?:es)?\b",
    "no_fly_zone": r"\bno-?\s?fly\s+zones?\b",
    "mediation": r"\bmediat(?:ion|ed|ing|e)\b|\bpeace\s+talks\b",
    "special_envoy": r"\b(?:special\s+)?envoys?\b",
    "fact_finding": r"\bfact-?\s?finding\s+(?:missions?|delegations?|teams?)\b",
    "commission_of_inquiry": r"\bcommissions?\s+of\s+in(?:q|qu)uiry\b",
    "peacekeeping_poc": r"\b(?:peacekeeping|peace|stabili[sz]ation)\s+(?:missions?|operations?|forces?)\b",
    "non_refoulement": r"\bforcibly\s+return\b|\bforced\s+returns?\b|\brefoulement\b",
    "humanitarian_access": r"\bhumanitarian\s+(?:access|corridors?)\b|\baccess\s+for\s+(?:aid|relief|humanitarian)\b",
    "transitional_justice_support": r"\btransitional\s+justice\b|\btruth\s+and\s+reconciliation\b",
    "counter_hate_media": r"\b(?:condemn|counter|prevent|stop)\w*\s+(?:\w+\s+){0,2}(?:hate\s+speech|incitement)\b",
    "cut_perpetrator_support": r"\bstop\s+(?:\w+\s+){0,2}support(?:ing)?\s+(?:for|to)\b|\bend\s+(?:its|their|all)\s+support\b",
    "focal_point": r"\bfocal\s+points?\b",
    "veto_restraint_pledge": r"\brestraint\b[^.;]{0,40}\bvetoe?s?\b|\brefrain\s+from\b[^.;]{0,40}\bveto\b",
    "suspension_membership": r"\bsuspen(?:d|ded|sion)\b[^.;]{0,40}\bmembership\b|\bexpulsion\s+from\b",
    "treaty_accession": r"\b(?:ratif(?:y|ied|ying|ication)|acced(?:e|ed|ing)|accession)\b[^.;]{0,60}"
    r"\b(?:treat(?:y|ies)|statute|convention|protocol)s?\b",
    "national_strategy": r"\bnational\s+(?:action\s+plans?|strateg(?:y|ies))\b",
    "suspect_arrest_support": r"\bbe\s+arrested\s+and\s+prosecuted\b",
}  # fmt: skip
_KINDS = {kind: re.compile(pattern, _FLAGS) for kind, pattern in KINDS.items()}
_WARNING = re.compile(
    r"\bwarn(?:s|ed|ing)?\s+(?:(?!signs|systems|mechanisms)\w+\s+)?(?:of|that|about)\b|\b(?:deeply|gravely)\s+(?:concerned|alarmed)\b",
    _FLAGS,
)
_FAILURE = re.compile(r"\bmanifest(?:ly)?\s+fail(?:ing|ed|ure|s)\b", _FLAGS)
_SAID = re.compile(f"{_WARNING.pattern}|{_FAILURE.pattern}", _FLAGS)
_ASKED = re.compile(
    r"\b(?:should|must|needs?\s+to|ought\s+to|call(?:s|ed|ing)?\s+(?:\w+\s+){0,3}(?:on|for|upon)|reiterat\w+\s+the\s+calls?|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)?|"
    r"recommend(?:s|ed|ing|ations?)?|request(?:s|ed|ing)?|advocat(?:e|es|ed|ing)\s+for|appeal(?:s|ed|ing)?\s+(?:to|for)|press(?:es|ed|ing)?\s+for)\b",
    _FLAGS,
)
_TAKEN = re.compile(
    r"\b(?:adopt(?:ed|ing|ion)|impos(?:ed|ing)|authori[sz](?:ed|ing)|referred|refer(?:ring)|establish(?:ed|ment)|deploy(?:ed|ment)|appoint(?:ed|ment)|suspended|"
    r"approved|agreed|ratified|acceded|issued|mediated|launched|sent|dispatched|froze|frozen|sought|as\s+it\s+did|(?:are|is|were|was)\s+on)\b",
    _FLAGS,
)
_NOT_TAKEN = re.compile(r"\b(?:not|never|failed\s+to|unable\s+to|refus(?:ed|es)\s+to|oppos(?:ed|ition)|instead\s+of)\b[^,;]{0,30}$", _FLAGS)
_BODY = re.compile(
    r"\b(?:(?:UN\s+|U\.N\.\s+|United\s+Nations\s+)?(?:Security\s+Council|General\s+Assembly|Human\s+Rights\s+Council|Secretary[- ]General)|"
    r"African\s+Union|European\s+Union|Arab\s+League|League\s+of\s+Arab\s+States|ECOWAS|ASEAN|NATO|OSCE|IGAD|SADC|International\s+Criminal\s+Court|"
    r"Member\s+States|Permanent\s+members|United\s+Nations|United\s+States|UNSC|UNHCR|international\s+community|all\s+(?:actors|parties|states)|"
    r"(?:(?!The\b)[A-Z]\w+\s+)?[Gg]overnments?(?:\s+of\s+[A-Z]\w+)?|[Cc]ountries\s+hosting\s+refugees)\b"
)
_SHORT = 200
#: How many characters away an ask, a verb of doing, or the date of an earlier case may stand.
_FAR, _CLOSE, _NEXT = 300, 80, 40
_DIGIT = re.compile(r"\d")
_AS_DONE = re.compile(r"\bas\s+it\s+did\b", _FLAGS)
#: Kinds whose ask is worded as "not": "should not forcibly return them".
_ASKED_NOT_TO = ("non_refoulement",)


@dataclass(frozen=True)
class MeasureText:
    """Is one measure as a text names it; the span is characters of the whole document."""

    kind: str
    role: str
    actor: str | None
    territory: str | None
    first: dt.date | None
    last: dt.date | None
    precision: Precision
    span: tuple[int, int]


def read_measures(text: str, span: tuple[int, int], gazetteer: Gazetteer, heading: str | None, day: dt.date | None) -> list[MeasureText]:
    """Return the measures that a stretch asks for (`recommendation`) or says were taken (`measure`).

    A measure that is only mentioned, refused or denied is left out; so is one that a sentence names again.
    """
    prose = read_prose(text, *span)
    setting = Setting(mentions := gazetteer.find(prose.text), heading, usual_codes(mentions))
    found: list[MeasureText] = []
    for start, end in prose.sentences:
        sentence = prose.text[start:end]
        named = setting.inside((start, end))
        dates = find_dates(sentence, day) if _DIGIT.search(sentence) else []
        for kind, role, first, last in _in_sentence(sentence):
            where = prose.span(start + first, start + last)
            actor = _actor(sentence, kind, role, first)
            if role == "measure" and _AS_DONE.match(sentence, first):
                cases = _done_before(setting, setting.inside((start + first, end)), dates, start)
                found += [MeasureText(kind, role, actor, code, d.first, d.last, d.precision, where) for code, d in cases]
                continue
            when = _when(role, dates, day, last)
            found.append(MeasureText(kind, role, actor, _territory(setting, named, sentence, start, first), *when, where))
    return found


def _done_before(setting: Setting, named: Sequence[Mention], dates: Sequence[DateMention], start: int) -> Iterator[tuple[str, DateMention]]:
    """Yield each territory in "as it did X in 2005 and Y in 2011" with the date that follows it."""
    for mention in named:
        when = next((d for d in dates if 0 <= d.start - (mention.end - start) < _NEXT), None)
        if when is not None and not mention.people:
            yield setting.resolve(mention), when


def _in_sentence(sentence: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield kind, role, start and end of each measure in one sentence."""
    if not (_ASKED.search(sentence) or _TAKEN.search(sentence) or _SAID.search(sentence)):
        return
    for kind, pattern in _KINDS.items():
        match = pattern.search(sentence)
        if match is None:
            continue
        asked = _ASKED.search(sentence, max(0, match.start() - _FAR), match.end())
        taken = _TAKEN.search(sentence, max(0, match.start() - _CLOSE), match.end() + _CLOSE)
        if not (asked or taken):
            continue
        if kind not in _ASKED_NOT_TO and _NOT_TAKEN.search(sentence, max(0, match.start() - 60), match.start()):
            continue
        role = "recommendation" if asked else "measure"
        yield kind, role, match.start(), min(match.end(), match.start() + _SHORT)
        again = _AS_DONE.search(sentence, match.end())
        if role == "recommendation" and again:  # "should refer X, as it did Y in 2005": an ask and what was done before
            yield kind, "measure", again.start(), len(sentence.rstrip())
    for pattern, kind, role in ((_WARNING, "warning_statement", "warning"), (_FAILURE, "manifest_failure_finding", "warning")):
        match = pattern.search(sentence)
        if match:
            yield kind, role, *match.span()


def _actor(sentence: str, kind: str, role: str, position: int) -> str | None:
    """Return the body asked, or the one that acted: the nearest named before the words of the measure, else after."""
    court = kind == "icc_prosecution"
    bodies = [(m.start(), m.end(), m.group()) for m in _BODY.finditer(sentence) if court or "Criminal" not in m.group()]
    before = [name for start, end, name in bodies if end <= position]
    after = [name for start, end, name in bodies if start >= position and role == "measure"]
    return before[-1] if before else after[0] if after else None


def _territory(setting: Setting, named: Sequence[Mention], sentence: str, start: int, position: int) -> str | None:
    """Return whom the measure is about: the heading's territory, unless the sentence names others; bodies that act are none."""
    acting = [m.span() for m in _BODY.finditer(sentence) if "overnment" not in m.group()]
    places = [m for m in named if not any(a <= m.start - start < b for a, b in acting)]
    if setting.heading and (not places or any(setting.resolve(m) == setting.heading for m in places)):
        return setting.heading
    if places:
        return setting.resolve(min(places, key=lambda m: abs(m.start - start - position)))
    earlier = [m for m in setting.before(start) if start - m.end < _FAR]
    return setting.resolve(earlier[-1]) if earlier else setting.heading


def _when(role: str, dates: Sequence[DateMention], day: dt.date | None, position: int) -> tuple[dt.date | None, dt.date | None, Precision]:
    """Return when the measure was taken, or for an ask the day of the text."""
    if role == "measure" and dates:
        nearest = min(dates, key=lambda m: abs(m.start - position))
        return nearest.first, nearest.last, nearest.precision
    return (day, day, "as_of") if day else (None, None, "unknown")
