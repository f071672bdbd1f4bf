"""Writes the answer as one page that opens anywhere: no script, no request to any other place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

#: Plain names of the methods.
METHOD_NAMES = {
    "dga": "Graph averaging",
    "lcm": "Latent classes",
    "loglinear": "Log-linear model",
    "chao": "Lower bound (Chao)",
    "coverage": "Sample coverage",
}


def report_page(answer: Mapping[str, Any], title: str) -> str:
    """Return the page for an answer in the shape of `tocsin estimate --json`.

    The documented number and the estimates are drawn unlike each other, and never added without a label.
    """
    environment = Environment(loader=PackageLoader("tocsin.stages.estimate"), autoescape=True, undefined=StrictUndefined)
    environment.filters["people"] = _people
    environment.filters["percent"] = _percent
    return environment.get_template("report.html.j2").render(answer=answer, title=title, names=METHOD_NAMES, scale=_Scale(answer))


def _people(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"  # noqa: RUF001 an en dash stands for no number


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"  # noqa: RUF001


class _Scale:
    """Places numbers on a line of 1,000 units that begins at zero."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        ends = [e["high"] for e in answer["estimates"] if e["high"] is not None]
        self.most = max([float(answer["documented"]), *ends, 1.0]) * 1.02

    def __call__(self, value: float) -> str:
        return f"{1000 * value / self.most:.1f}"
