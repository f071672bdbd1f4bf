"""Watches series of counts for what is unusual, and says what false alarms to expect."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from tocsin.flow.watch_files import SeriesSet
from tocsin.model.errors import WrongUse
from tocsin.stages.forecast.anomalies import METHODS, PROCEDURES, Watched, WatchRow, WatchSettings, watch

__all__ = ["Answer", "WatchRow", "answer", "as_json", "settings_of"]


@dataclass(frozen=True)
class Answer:
    """Holds what was watched, how, and what was found."""

    read: SeriesSet
    settings: WatchSettings
    found: Watched

    @property
    def alarms(self) -> list[WatchRow]:
        """Return the alarms, newest first."""
        return sorted((row for row in self.found.rows if row.alarm), key=lambda r: (-r.t, r.series, METHODS.index(r.method)))


def settings_of(methods: str, last: int | None, q: float, control: str) -> WatchSettings:
    """Return the settings that the options name.

    Raises:
        WrongUse: an option names nothing that exists.
    """
    chosen = METHODS if methods == "all" else tuple(name.strip() for name in methods.split(",") if name.strip())
    unknown = [name for name in chosen if name not in METHODS]
    if unknown or not chosen:
        raise WrongUse("no such method", "--method", ", ".join((*METHODS, "all")), ", ".join(unknown)[:60])
    if control not in PROCEDURES:
        raise WrongUse("no such control of false discoveries", "--control", ", ".join(PROCEDURES), control[:20])
    if not 0 < q < 1:
        raise WrongUse("not a share of false alarms", "--fdr", "above 0 and under 1", f"{q:g}")
    return WatchSettings(methods=chosen, last=last, q=q, procedure=control)


def answer(read: SeriesSet, settings: WatchSettings) -> Answer:
    """Return the verdicts on every series that was read."""
    return Answer(read, settings, watch(read.series, replace(settings, said=settings.said | read.said)))


def as_json(found: Answer) -> dict[str, Any]:
    """Return the answer as the command line and the API print it; what does not apply is null."""
    labels, settings = found.read.labels, found.settings
    states = Counter((row.method, row.state) for row in found.found.rows)
    return {
        "series": len(found.read.series),
        "periods": len(labels),
        "season": found.read.season,
        "control": settings.procedure,
        "fdr": settings.q,
        "methods": {
            method: {
                **{state: states[method, state] for state in ("alarm", "calm", "not_judged", "not_reported", "suspected_outage")},
                "kept": sum(row.method == method and bool(row.kept) for row in found.found.rows),
                "judged_in_newest_period": rate.judged,
                "false_alarm_rate": rate.rate,
                "expected_false_alarms_per_period": rate.expected,
                "expected_false_alarms_per_period_after_control": rate.after,
            }
            for method, rate in found.found.rates.items()
        },
        "outages": [
            {"series": name, "from": labels[gap.start], "to": labels[gap.end], "kind": gap.kind, "probability": gap.probability}
            for name, gaps in found.found.outages.items()
            for gap in gaps
        ],
        "rows": [_row(row, labels) for row in found.found.rows],
        "notes": list(found.read.notes),
    }


def _row(row: WatchRow, labels: tuple[str, ...]) -> dict[str, Any]:
    names = ("series", "method", "observed", "expected", "upperbound", "p", "adjusted", "alarm", "kept", "state")
    label = labels[row.t]
    return {"t": int(label) if label.isdecimal() else label, **{name: getattr(row, name) for name in names}}
