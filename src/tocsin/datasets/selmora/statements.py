"""What invented bodies said and did about Selmora: figures that conflict, warnings, decisions and what came of them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence

from tocsin.datasets.selmora.dice import Dice
from tocsin.datasets.selmora.incidents import END, Incident

FIGURE_COLUMNS = (
    "figure", "indicator", "definition", "value", "low", "high", "qualifier", "unit", "place", "period_from", "period_to", "as_of",
    "said_by", "conflict_group", "relation", "related", "confidence", "note",
)  # fmt: skip
MEASURE_COLUMNS = ("measure", "kind", "role", "actor", "target", "date", "basis", "status", "title", "note")
_PERIOD = {"period_from": "2026-01-01", "period_to": END.isoformat(), "as_of": "2026-10-05"}


def figures(seed: int, found: Sequence[Incident], families: int) -> Iterator[dict[str, object]]:
    """Yield what was said in numbers.

    Args:
        seed: of the country.
        found: its incidents.
        families: how many records the families' list holds, which their association announces.
    """
    deaths = sum(i.deaths for i in found if i.day.year == 2026)
    minimum, official = round(deaths * 0.34), round(deaths * 0.09)
    yield _said("killed-families", "killed", families, "exact", "Association of Families (invented)", "names on the families' list",
                period_from="2023-10-01", period_to=END.isoformat(), as_of="2026-10-05")  # fmt: skip
    yield _said("killed-desk", "killed", minimum, "at_least", "Selmora Incident Desk (invented)", "civilians killed in 2026",
                conflict_group="selmora-killed-2026", **_PERIOD)  # fmt: skip
    yield _said("killed-interior", "killed", official, "exact", "Selmora Ministry of the Interior (invented)", "persons killed in 2026",
                conflict_group="selmora-killed-2026", note="Counts only deaths with a court file.", **_PERIOD)  # fmt: skip
    yield _said("killed-round", "killed", round(minimum, -2), "rounded", "a newspaper (invented)", "civilians killed in 2026",
                relation="rounded_of", related="killed-desk", **_PERIOD)  # fmt: skip
    yield _said("crowd", "crowd", 4000, "crowd", "Coast Radio Monitor (invented)", "people at a vigil in Tashirun, none of them harmed",
                place="Tashirun", as_of="2026-09-12")  # fmt: skip
    yield _said("forecast", "displaced", 90000, "forecast", "Selmora Relief Council (invented)", "people who may flee by March 2027",
                period_to="2027-03-31", as_of="2026-10-02")  # fmt: skip
    yield _said(
        "appeal", "in_need", 210000, "about", "Selmora Relief Council (invented)", "people for whom aid is asked", as_of="2026-10-02"
    )
    yield _said("not-reached", "not_reached", 64000, "about", "Selmora Relief Council (invented)", "people in need whom no aid reached",
                relation="subset_of", related="appeal", as_of="2026-10-02")  # fmt: skip
    yield from _displaced(seed, found)


def _said(figure: str, indicator: str, value: float, qualifier: str, said_by: str, definition: str, **more: object) -> dict[str, object]:
    row = {"figure": figure, "indicator": indicator, "value": value, "qualifier": qualifier, "said_by": said_by, "definition": definition}
    return {**row, "unit": "persons", "confidence": "invented", **more}


def _displaced(seed: int, found: Sequence[Incident]) -> Iterator[dict[str, object]]:
    """Yield the number of displaced at the end of each month since 2025, from two bodies that count differently."""
    dice = Dice(seed, "displaced")
    total = 9000.0
    for month in range(21):
        year, number = 2025 + month // 12, month % 12 + 1
        last = dt.date(year, number, calendar.monthrange(year, number)[1])
        total += (
            95 * sum(i.deaths for i in found if (i.day.year, i.day.month) == (year, number)) * (0.8 + 0.4 * dice.share()) - 0.02 * total
        )
        value = round(total, -2)
        common = {"as_of": last.isoformat(), "period_to": last.isoformat()}
        yield _said(f"displaced-{last:%Y-%m}", "displaced", value, "about", "Selmora Relief Council (invented)", "displaced inside Selmora",
                    low=round(value * 0.92, -2), high=round(value * 1.1, -2), **common)  # fmt: skip
        if month % 6 == 5:
            yield _said(f"displaced-registry-{last:%Y-%m}", "displaced", round(value * 0.62), "exact", "Selmora Civil Registry (invented)",
                        "displaced persons who registered", note="Registration is open in four of six districts.", **common)  # fmt: skip


def measures() -> Iterator[dict[str, object]]:
    """Yield warnings, asks, decisions and outcomes in the order of their dates."""
    desk, jurists = "Selmora Incident Desk (invented)", "Selmora Union of Jurists (invented)"
    families, council = "Association of Families (invented)", "Regional Council of the Southern Isles (invented)"
    government = "Government of Selmora (invented)"
    warns = "Warns of organised attacks on the river districts before the vote"
    asks = "Asks that broadcasts which call for violence be taken off the air"
    attacks, mediator = "Three weeks with fewer attacks in Tarshun; none fewer in Balqar", "The mediator arrives and meets both sides"
    columns = ("measure", "date", "role", "actor", "target", "title", "status", "kind")
    rows = (
        ("m1", "2026-07-06", "warning", desk, council, warns, "acknowledged", "warning_statement"),
        ("m2", "2026-07-20", "recommendation", jurists, government, asks, "no_answer", "counter_hate_media"),
        ("m3", "2026-07-27", "decision", council, government, "Decides to send a mediator", "done", "special_envoy"),
        ("m4", "2026-08-17", "measure", council, government, mediator, "done", "mediation"),
        ("m5", "2026-09-02", "outcome", council, government, attacks, "partly", ""),
        ("m6", "2026-09-24", "warning", families, government, "Warns that armed men mark houses in Balqar", "open", "warning_statement"),
    )
    for row in rows:
        yield {**dict(zip(columns, row, strict=True)), "basis": "", "note": "invented"}
