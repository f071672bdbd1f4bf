"""What machines may rely on: the keys and types of each `--json`, and how to hold an answer against them."""

from __future__ import annotations

import json
from numbers import Real
from typing import Any, NoReturn

#: A shape is a type, None for null, a tuple of shapes of which one must fit, a list [shape of each part],
#: or a dict of the keys that must be there; "*" stands for whatever other keys there are.
Shape = Any

NUMBER, TEXT = (float, None), (str, None)
ERROR = {"error": str, "what": str, "where": str, "expected": str, "got": str, "todo": str}
RUN = {
    "run": str,
    "seconds": float,
    "rows": {"*": int},
    "top_risk": [{"territory": str, "target": str, "probability": float, "low": NUMBER, "high": NUMBER, "id": str}],
    "window": ([str], None),
    "issued_at": TEXT,
    "stale": bool,
    "alerts": int,
    "drafts": int,
    "estimates": [{"id": str, "method": str, "median": NUMBER, "low": NUMBER, "high": NUMBER, "refused": TEXT}],
    "digest": {"items": int, "sections": int},
    "published": [{"kind": str, "path": str, "id": str, "state": str}],
}
ITEM = {
    **dict.fromkeys(("section", "title", "author", "outlet", "date", "precision", "link_kind"), TEXT),
    "span": [int],
}
EXTRACT = {
    "documents": [{"id": str, "title": TEXT, "kind": str, "date": TEXT, "precision": str, "language": TEXT, "items": [ITEM]}],
    "figures": [
        {
            **dict.fromkeys(("place", "territory", "date", "precision", "said_by"), TEXT),
            **{"id": str, "value": float, "low": NUMBER, "high": NUMBER, "qualifier": str, "counts": str, "span": [int]},
        }
    ],
    "measures": [{"kind": TEXT, "actor": TEXT, "target": TEXT, "date": TEXT, "span": [int]}],
}
ESTIMATE = {
    "documented": int,
    "estimates": [
        {
            **dict.fromkeys(("median", "low", "high"), NUMBER),
            **{"id": str, "method": str, "settings": TEXT, "level": float, "converged": (bool, None), "refused": TEXT, "seconds": float},
        }
    ],
    "spread": {"low": NUMBER, "high": NUMBER},
}
_THREE = dict.fromkeys(("precision", "recall", "f1"), NUMBER)
LINK = {
    **dict.fromkeys(("records", "pairs", "clusters"), int),
    **{"pairwise": _THREE, "cluster": _THREE, "block_recall": NUMBER, "brier_skill": NUMBER, "seconds": float},
}
_MODEL = {
    **dict.fromkeys(("auc", "average_precision", "brier", "log_loss", "log_loss_skill", "log_loss_skill_expanding"), NUMBER),
    "recall_at": dict.fromkeys(("10", "20", "30"), NUMBER),
    "expected_observed": NUMBER,
    "paired_log_score": {"against": str, "mean": NUMBER, "low": NUMBER, "high": NUMBER},
}
_TARGET = {"rows": int, "events": int, "models": {"*": _MODEL}}
BACKTEST = {**_TARGET, "targets": {"onset_1or2": _TARGET, "onset_max2": _TARGET}}
_SCORES = {"crps": float, "ignorance": NUMBER, "interval_score": NUMBER, "coverage90": NUMBER, "units": int}
SCORE = {**_SCORES, "by_window": {"*": _SCORES}}
PUT = [{"territory": str, "year": int, "score": NUMBER, "low": NUMBER, "high": NUMBER, "rank": (int, None), "missing": [str]}]
EXPLAIN = {
    **{"id": str, "kind": str, "value": TEXT, "from": [dict]},
    "files": [{"sha256": str, "name": str, "locator": TEXT}],
    "used_by": [dict],
}


def read(text: str) -> Any:
    """Return what a command printed, read as strictly as a machine does: nothing but JSON, and no NaN."""
    return json.loads(text, parse_constant=_no_number)


def faults(shape: Shape, value: Any, at: str = "$") -> list[str]:
    """Return where `value` is not of `shape`."""
    if isinstance(shape, tuple):
        found = [faults(one, value, at) for one in shape]
        return [] if any(not one for one in found) else found[0]
    if isinstance(shape, dict):
        return _of_keys(shape, value, at)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{at} is no list"]
        return [fault for number, part in enumerate(value) for fault in faults(shape[0], part, f"{at}[{number}]")]
    if shape is None:
        return [] if value is None else [f"{at} is not null"]
    wanted = Real if shape is float else shape
    fits = isinstance(value, wanted) and (shape is bool or not isinstance(value, bool))
    return [] if fits else [f"{at} is {type(value).__name__}, not {shape.__name__}"]


def _of_keys(shape: dict[str, Shape], value: Any, at: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at} is no object"]
    named = [key for key in shape if key != "*"]
    missing = [f"{at}.{key} is missing" for key in named if key not in value]
    others = [key for key in value if key not in named] if "*" in shape else []
    pairs = [(key, shape[key]) for key in named if key in value] + [(key, shape["*"]) for key in others]
    return missing + [fault for key, part in pairs for fault in faults(part, value[key], f"{at}.{key}")]


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")
