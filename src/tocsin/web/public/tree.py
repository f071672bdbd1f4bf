"""The tree from a value to its files as it is drawn: long rows of steps fold, a file that stands above is named short."""

from __future__ import annotations

import json
from typing import Any

from django.utils.text import Truncator

from tocsin.web import words

#: Kinds whose value says how large the thing is; it stands behind the label.
_LABEL_FIRST = ("items", "input_sets", "clusters", "pairs", "options", "situations", "assessments", "clocks", "signals")
#: Steps under one step that stand open; the others fold away, and open without a script.
_OPEN = 3


def tree(node: Any, seen: set[str] | None = None) -> dict[str, Any]:
    """Return a step with those it rests on; `seen` holds the files named further up."""
    seen = set() if seen is None else seen
    leaf = node.kind == "items"
    again = leaf and node.id in seen
    if leaf:
        seen.add(node.id)
    children = [tree(child, seen) for child in node.children]
    shown = children if len(children) <= _OPEN + 1 else children[:_OPEN]
    return {
        "id": node.id,
        "kind": words.word(words.TABLES, node.kind),
        "label": node.label,
        "value": node.value or "",
        "method": node.method or "",
        "parameters": _parameters(node.parameters),
        "stage": node.stage or "",
        "locator": node.locator or "",
        "leaf": leaf,
        "again": again,
        "label_first": node.kind in _LABEL_FIRST,
        "sha256": node.id.removeprefix("itm-") if leaf and not again else "",
        "children": shown,
        "folded": children[len(shown) :],
        "left_out": words.num(node.left_out) if node.left_out else "",
        "end": not leaf and not node.children and not node.left_out,
    }


def depth(node: Any) -> int:
    """Return how many steps lie on the longest way down."""
    return 1 + max((depth(child) for child in node.children), default=0)


def _parameters(text: str | None) -> str:
    if not text:
        return ""
    try:
        found = json.loads(text)
    except ValueError:
        return text[:200]
    if not isinstance(found, dict):
        return str(found)[:200]
    plain = {key: value for key, value in sorted(found.items()) if value is not None and not isinstance(value, dict | list)}
    return Truncator(", ".join(f"{key} {_short(value)}" for key, value in plain.items())).chars(200)


def _short(value: object) -> str:
    """Return a setting as it is read: a fraction with four digits; the run's own file holds all of them."""
    return f"{value:.4g}" if isinstance(value, float) and not value.is_integer() else str(value)
