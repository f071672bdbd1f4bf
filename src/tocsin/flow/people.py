"""What people wrote, as the way back and forward shows it: each record in words, what it rests on, what followed.

No person is named: a record says which body acted, and on which day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tocsin.flow import records
from tocsin.flow.explain import Use, Written
from tocsin.model.ids import RECORD_PREFIXES
from tocsin.model.tables import Row
from tocsin.model.text import day, words
from tocsin.records.models import Alert
from tocsin.stages.assess import LEAST_RATERS

#: Records that belong to an alert; they rest on it.
OF_ALERT = ("ask", "sgn", "dsp", "ack", "dec")


class Desk:
    """Shows every record: for the command line and the desk."""

    def record(self, identifier: str) -> Written | None:
        """Return the record with this id; None where there is none."""
        row = records.record(identifier)
        return _written(identifier, row) if row else None

    def citing(self, identifier: str) -> Sequence[Use]:
        """Return what people did that rests on `identifier`."""
        return _uses(records.citing(identifier), identifier)


class Public:
    """Shows what was made public: alerts issued to the public with what was answered, released editions, and joined ratings."""

    def record(self, identifier: str) -> Written | None:
        """Return a public record with this id; None where there is none."""
        prefix = identifier.partition("-")[0]
        if prefix == "rat":
            return self._rating(identifier)
        row = records.record(identifier) if prefix in ("alr", *OF_ALERT, "rel") else None
        if row is None or (prefix != "rel" and not _is_public(_alert_of(identifier, row))):
            return None
        return _written(identifier, row)

    def _rating(self, identifier: str) -> Written | None:
        """Return a rating in force whose question two people answered: the others are not published."""
        row = records.record(identifier)
        given = records.ratings_in_force(row["situation"]) if row else []
        same = [one for one in given if row and one["indicator"] == row["indicator"]]
        joined = len({one["who"] for one in same}) >= LEAST_RATERS and identifier in {one["id"] for one in same}
        return _written(identifier, row) if row and joined else None

    def citing(self, identifier: str) -> Sequence[Use]:
        """Return the public records that rest on `identifier`."""
        return [use for use in _uses(records.citing(identifier), identifier) if self.record(use.id) is not None]


def _alert_of(identifier: str, row: Row) -> str:
    return identifier if identifier.startswith("alr-") else str(row["alert_id"])


def _is_public(alert: str) -> bool:
    dispatch = getattr(records.alert_of(alert), "dispatch", None)
    return dispatch is not None and dispatch.audience == "public"


def _uses(entries: Sequence[Row], identifier: str) -> list[Use]:
    """Return one use for each record that cites an id, with what was done and on which day."""
    found: dict[str, Use] = {}
    for entry in entries:
        if entry["id"] != identifier:
            found.setdefault(entry["id"], Use(entry["id"], "record", f"{words(entry['verb'])}, {day(entry['at'].date())}"))
    return list(found.values())


def _written(identifier: str, row: Row) -> Written:
    prefix = identifier.partition("-")[0]
    label, value = LABELS[prefix](row)
    rests_on = (str(row["alert_id"]),) if prefix in OF_ALERT else tuple(_rests_on(prefix, row))
    about = Alert.objects.get(id=row["alert_id"]).run if prefix in OF_ALERT else row.get("run")
    followed = _of_alert(identifier) if prefix == "alr" else ()
    return Written(identifier, label, value, about, rests_on, followed)


def _rests_on(prefix: str, row: Row) -> Sequence[str]:
    if prefix == "jud":
        return [row["pair"], row["left"], row["right"]]
    return [row["publication"]] if prefix == "rel" else row["evidence"]


def _of_alert(identifier: str) -> tuple[Use, ...]:
    """Return what belongs to an alert, in the order in which it was written: ask, signatures, dispatch, answers."""
    alert = records.alert_of(identifier)
    rows: list[Any] = [alert.ask, *alert.signatures.all()]
    rows += [getattr(alert, name) for name in ("dispatch", "acknowledgement") if hasattr(alert, name)]
    rows += list(alert.decisions.all())
    found = []
    for row in sorted(rows, key=lambda r: (r.entry, r.id)):
        label, value = LABELS[row.PREFIX](records.record(row.id) or {})
        found.append(Use(row.id, "record", f"{label}: {value}" if value else label))
    newer = records.newer_of(alert)
    if newer is not None:
        found.append(Use(newer.id, "record", "a corrected alert that took its place"))
    return tuple(found)


def _alert(row: Row) -> tuple[str, str | None]:
    alert = records.alert_of(row["id"])
    return f"alert, {row['headline']}, to {alert.ask.addressee}", words(records.state_of(alert))


def _step(row: Row) -> tuple[str, str | None]:
    state = words(row.get("state") or "acknowledged")
    return f"answer to an alert, {row['by']}, {day(row['on'])}", f"{state}: {row['why']}" if row["why"] else state


def _dated(kind: str) -> Callable[[Row], tuple[str, str | None]]:
    return lambda row: (f"{kind}, {day(row['at'].date())}", None)


#: One line a kind of record; a test compares this with the list of prefixes.
LABELS: Mapping[str, Callable[[Row], tuple[str, str | None]]] = {
    "alr": _alert,
    "ask": lambda r: (f"what is asked of {r['addressee']} by {day(r['due'])}", r["ask"]),
    "sgn": _dated("signature under exactly this text"),
    "dsp": lambda r: (f"issued, {day(r['at'].date())}", f"to {'anyone' if r['audience'] == 'public' else 'the addressee'}"),
    "ack": _step,
    "dec": _step,
    "jud": lambda r: (f"judgement on two {r['entity']} records, {day(r['at'].date())}", r["judgement"]),
    "rat": lambda r: (f"rating of indicator {r['indicator']} of {r['framework']}, {r['situation']}", r["answer"]),
    "lev": lambda r: (f"level of {r['situation']} set, {day(r['at'].date())}", str(r["level"])),
    "wat": lambda r: (f"situation put under watch, {r['situation']}", None),
    "rel": lambda r: (
        f"released file {r['path'].rsplit('/', 1)[-1]} of {r['title']}, {day(r['edition'])}, SHA-256 {r['sha256'][:16]}",
        None,
    ),
}
#: Every prefix that names a row of history.
KINDS = tuple(prefix for prefix in RECORD_PREFIXES if prefix != "aud")
