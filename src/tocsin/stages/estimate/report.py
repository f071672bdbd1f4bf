"""Writes the answer as one page that opens anywhere: no script, no request to any other place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tocsin.model.text import METHOD_NAMES

NO_NUMBER = "–"  # noqa: RUF001 an en dash stands for no number


def report_page(answer: Mapping[str, Any], title: str) -> str:
    """Return the page for an answer in the shape of `tocsin estimate --json`.

    The documented number and the estimates are drawn unlike each other, and never added without a label.
    """
    environment = Environment(loader=PackageLoader("tocsin.stages.estimate"), autoescape=True, undefined=StrictUndefined)
    environment.filters["people"] = people
    environment.filters["percent"] = percent
    return environment.get_template("report.html.j2").render(answer=answer, title=title, names=METHOD_NAMES, scale=Scale(answer))


def people(value: float | None) -> str:
    """Return a number of people; a dash where there is none."""
    return NO_NUMBER if value is None else f"{value:,.0f}"


def percent(value: float | None) -> str:
    """Return a share as per cent; a dash where there is none."""
    return NO_NUMBER if value is None else f"{value:.0%}"


class Scale:
    """Places numbers on a line that begins at zero and ends past the highest interval; what goes on is cut."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        ends = [e["high"] for e in answer["estimates"] if e["high"] is not None]
        self.most = max([float(answer["documented"]), *ends, 1.0]) * 1.02

    def __call__(self, value: float) -> str:
        """Return the place in thousandths of the line."""
        return f"{10 * self.percent(value):.1f}"

    def percent(self, value: float) -> float:
        """Return the place in per cent of the line."""
        return round(100 * min(value / self.most, 1.0), 2)
