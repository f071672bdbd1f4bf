"""Says in a few plain words what a row is and which value it holds, for the tree behind a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from tocsin import reference
from tocsin.model.errors import NotFound
from tocsin.model.tables import Row
from tocsin.model.targets import deaths_of
from tocsin.model.text import day, method, number, people, percent, words
from tocsin.stages.publish import SMALL_CELL


def describe(table: str, row: Row) -> tuple[str, str | None]:
    """Return a label and the value as text; the value is None where the row holds no single value."""
    return DESCRIPTIONS[table](row)


def _place(row: Row) -> str:
    return row.get("place") or _country(row.get("territory")) or row.get("situation") or "place unknown"


def _country(code: str | None) -> str:
    """Return the name of a territory, or the code itself where it is not one of the bundled territories."""
    if not code:
        return ""
    try:
        return reference.territory(code).name
    except NotFound:
        return code


def _figure(row: Row) -> tuple[str, str | None]:
    span = day(row["period_from"], "year" if row["date_precision"] == "year" else row["date_precision"])
    qualifier = {
        "exact": "",
        "at_least": "at least ",
        "about": "about ",
        "rounded": "rounded ",
        "forecast": "forecast of ",
        "crowd": "crowd of ",
    }
    value = number(row["value"])
    return f"{words(row['indicator'])}, {_place(row)}, {span}", f"{qualifier.get(row['qualifier'] or '', '')}{value}" if value else None


def _forecast(row: Row) -> tuple[str, str | None]:
    window = f"{day(row['window_from'])} to {day(row['window_to'])}"
    label = f"forecast by {method(row['model'])}, {_country(row['territory'])}, {window}"
    if deaths := deaths_of(row["target"]):
        label = f"chance of at least {deaths:,} one-sided deaths, {label}"
    return label, percent(row["probability"]) if row["probability"] is not None else None


def _monthly(row: Row) -> tuple[str, str | None]:
    window = f"{day(row['window_from'])} to {day(row['window_to'])}"
    about = f"{words(row['kind'])} deaths by {words(row['model'])}, {_country(row['territory'])}, {window}"
    if row["question"] in ("count", "total"):
        low, middle, high = (row["quantiles"][i] for i in (0, 3, 6))
        return f"forecast of {about}", f"{number(middle)} ({number(low)} to {number(high)})"
    if row["question"] == "escalation":
        return f"chance that 12 months reach {number(row['level'])} {about}", percent(row["probability"])
    return f"chance of at least {number(row['level'])} {about}", percent(row["probability"])


def _anomaly(row: Row) -> tuple[str, str | None]:
    who = row["said_by"] or row["source"]
    what = {"figures": "figures of", "rise": "rise by the figures of"}.get(row["kind"] or "events", "events told by")
    about = words(row["counted"]) if row["kind"] in ("figures", "rise") else row["place"] or words(row["counted"])
    where = _country(row["territory"])
    label = (
        f"{words(row['state'])} by {row['method']}: {about}, {what} {who}, {where}, {day(row['period_from'])} to {day(row['period_to'])}"
    )
    return label, f"{number(row['observed'])} seen" if row["observed"] is not None else None


def _estimate(row: Row) -> tuple[str, str | None]:
    about = f"{words(row['quantity'])}, {_country(row['territory']) or 'place unknown'}"
    if row["documented"] is not None and 0 < row["documented"] < SMALL_CELL:
        return about, "withheld: so few people that a number could point to a family"
    if row["method"] == "documented":
        return f"{about}, documented", f"at least {number(row['documented'])}"
    label = f"{about}, estimated by {method(row['method'])}"
    if row["refused"]:
        return label, "refused"
    if row["median"] is None:
        return label, f"at least {number(row['documented'])}"
    return label, f"{people(row['median'])} ({people(row['low'])} to {people(row['high'])})"


def _sensitivity(row: Row) -> tuple[str, str | None]:
    changed = {"left_out": "without list", "joined": "with lists joined:", "prior": "with another prior:"}[row["kind"]]
    label, value = _estimate(row)
    return f"{label}, {changed} {row['what']}", value


def _dated(kind: str, title: str) -> Callable[[Row], tuple[str, str | None]]:
    def of(row: Row) -> tuple[str, str | None]:
        when = day(row.get("date") or row.get("date_from"), row.get("date_precision"))
        return f"{kind}: {row.get(title) or words(row.get('kind')) or 'without title'}, {when}", None

    return of


def _event(row: Row) -> tuple[str, str | None]:
    label = f"event: {row['title'] or words(row['indicator']) or 'without title'}, {day(row['date_from'], row['date_precision'])}"
    return label, number(row["best"])


#: One description a table; a table without one would make `tocsin explain` fail, so a test compares this with the contract.
DESCRIPTIONS: Mapping[str, Callable[[Row], tuple[str, str | None]]] = {
    "items": lambda r: (f"file as received: {r['name']}", f"{r['size']:,} bytes"),
    "situations": lambda r: (f"situation: {r['title']}", r["level"]),
    "documents": _dated("document", "title"),
    "events": _event,
    "persons": lambda r: (f"record {r['record']} of list {r['list']}", None),
    "figures": _figure,
    "measures": _dated("measure", "title"),
    "input_sets": lambda r: (f"inputs together: {r['label']}", f"{r['size']:,} rows"),
    "pairs": lambda r: (f"two {r['entity']} records compared", f"{r['probability']:.3f}" if r["probability"] is not None else None),
    "clusters": lambda r: (f"{r['entity']} record in a cluster, draw {r['draw']}", r["cluster_id"]),
    "estimates": _estimate,
    "sensitivities": _sensitivity,
    "assessments": lambda r: (f"indicator {r['indicator']} of {r['framework']}, {r['situation']}", r["answer"]),
    "indices": lambda r: (f"index {r['index']}, {_country(r['territory'])}, {r['year']}", number(r["score"])),
    "forecasts": _forecast,
    "monthly_forecasts": _monthly,
    "anomalies": _anomaly,
    "scores": lambda r: (f"{words(r['metric'])} of {method(r['model'])} for {words(r['target'])}", number(r["value"])),
    "signals": lambda r: (f"signal: {words(r['trigger'])}, {_country(r['territory']) or r['situation']}", number(r["value"])),
    "drafts": lambda r: (f"draft alert, {r['headline']}", None),
    "options": lambda r: (f"option: {r['title']}", words(r["fits"])),
    "clocks": lambda r: (f"clock point {r['point']}: {words(r['state'])}", f"{r['days']:,} days" if r["days"] is not None else None),
    "publications": lambda r: (f"publication: {r['title']}, {PurePosixPath(r['path'] or '').name} ({r['state']})", None),
}
