"""Stable identifiers: the same thing has the same id in every run and on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from tocsin.model.errors import NotFound

#: Prefix -> table. The prefix lets `tocsin explain` find a row without a search through every table.
PREFIXES: Mapping[str, str] = {
    "itm": "items",
    "doc": "documents",
    "evt": "events",
    "per": "persons",
    "fig": "figures",
    "mea": "measures",
    "sit": "situations",
    "par": "pairs",
    "clu": "clusters",
    "est": "estimates",
    "sen": "sensitivities",
    "asm": "assessments",
    "idx": "indices",
    "fct": "forecasts",
    "mon": "monthly_forecasts",
    "ano": "anomalies",
    "sco": "scores",
    "sig": "signals",
    "dra": "drafts",
    "opt": "options",
    "clk": "clocks",
    "pub": "publications",
    "set": "input_sets",
}

#: Prefixes of what people write (records); these live in the records store, not in tables.
RECORD_PREFIXES: Mapping[str, str] = {
    "alr": "alert",
    "jud": "judgement",
    "dec": "decision",
    "rat": "rating",
    "lev": "level change",
    "aud": "audit entry",
    "sgn": "signature",
    "ask": "ask",
    "ack": "acknowledgement",
    "dsp": "dispatch",
    "rel": "release",
    "wat": "situation under watch",
    "sea": "sealed forecast",
}


def stable_id(prefix: str, *parts: object) -> str:
    """Return `prefix-` and 16 hexadecimal digits that depend only on `parts`.

    Args:
        prefix: one of `PREFIXES` or `RECORD_PREFIXES`.
        parts: anything JSON can write; dates and numbers through `str`.

    >>> stable_id("fig", "SF001") == stable_id("fig", "SF001")
    True
    >>> stable_id("fig", "a", "b") == stable_id("fig", "ab")
    False
    """
    if prefix not in PREFIXES and prefix not in RECORD_PREFIXES:
        raise KeyError(prefix)
    payload = json.dumps([str(part) for part in parts], ensure_ascii=False, separators=(",", ":"))
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8')).hexdigest()[:16]}"


def table_of(identifier: str) -> str:
    """Return the table, or `record`, that holds `identifier`.

    Raises:
        NotFound: the prefix is none that this version knows.
    """
    prefix = identifier.split("-", 1)[0]
    if prefix in PREFIXES:
        return PREFIXES[prefix]
    if prefix in RECORD_PREFIXES:
        return "record"
    raise NotFound(
        what="no table uses this kind of id",
        where=identifier[:40],
        expected="an id such as fig-0123456789abcdef",
        got=prefix[:12],
        todo="Copy the id from a page, a JSON output or a CSV column named id.",
    )


def item_id(sha256: str) -> str:
    """Return the id of a preserved file: `itm-` and its SHA-256, whole."""
    return f"itm-{sha256}"
