"""Sphinx settings; the reference pages are written from the code before each build."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import build_reference

project = "Tocsin"
author = "The Tocsin developers"
extensions = ["myst_parser", "sphinx_copybutton"]
html_theme = "furo"
html_title = "Tocsin"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]


def setup(app):
    app.connect("builder-inited", lambda _: build_reference.write(Path(__file__).parent / "reference" / "generated"))
