"""Writes the monitor: one page with the risk table of every territory, and the situations under watch."""

from __future__ import annotations

import json
from dataclasses import asdict

from tocsin.stages.publish.monitor import Monitor
from tocsin.stages.publish.writers.environment import template


def html(monitor: Monitor) -> bytes:
    """Return one HTML file that needs nothing from outside."""
    return template("monitor.html.j2").render(monitor=monitor).encode("utf-8")


def as_json(monitor: Monitor) -> bytes:
    """Return JSON in which every number keeps the id that opens it."""
    return (json.dumps({**asdict(monitor), "edition": monitor.edition.isoformat()}, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
