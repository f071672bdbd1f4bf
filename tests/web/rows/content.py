"""What the subjects add their rows to."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import defaultdict
from typing import Any

from tocsin.model.ids import PREFIXES, stable_id

AS_OF = dt.date(2026, 11, 20)
ORIGIN = dt.date(2024, 12, 31)
TERRITORIES = """
    SYR COD SDN SSD CAF NGA MLI BFA NER SOM ETH KEN LBY YEM MMR AFG PAK IRQ PRK COL MEX HTI CMR
    TCD BDI RWA UGA MOZ UKR ISR PSE LBN IND PHL BRA VEN EGY DZA IRN TUR FRA DEU USA CAN NOR XSE
""".split()  # noqa: SIM905 - forty-six short codes are read faster in rows


class Content:
    """Collects the rows of every table, and the files of publications."""

    def __init__(self, chance: random.Random, items: dict[str, str]) -> None:
        self.chance = chance
        self.items = items
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.files: dict[str, bytes] = {}

    def collected(self, table: str, dataset: str, key: str, **columns: Any) -> str:
        """Add a row that was read from a file."""
        identifier = stable_id(_prefix(table), dataset, key)
        base = {"id": identifier, "dataset": dataset, "item": self.items[dataset], "locator": f"row {len(self.rows[table]) + 1}"}
        self.rows[table].append({**base, "available_at": dt.date(2025, 6, 15), **columns})
        return identifier

    def computed(self, table: str, key: str, inputs: list[str], method: str, **columns: Any) -> str:
        """Add a row that a stage computed."""
        identifier = stable_id(_prefix(table), key)
        base = {"id": identifier, "inputs": inputs, "method": method, "parameters": json.dumps({"seed": 7})}
        self.rows[table].append({**base, **columns})
        return identifier


def _prefix(table: str) -> str:
    return next(prefix for prefix, name in PREFIXES.items() if name == table)
