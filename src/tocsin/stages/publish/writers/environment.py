"""Loads the templates of publications; every text in them goes through gettext."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from tocsin.model.text import day


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tocsin.stages.publish"),
        autoescape=select_autoescape(enabled_extensions=("html", "html.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters["day"] = day
    return environment


def template(name: str) -> Template:
    """Return the template called `name`."""
    return _environment().get_template(name)
