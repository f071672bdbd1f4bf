"""Says for each place that was below a level for two years how likely its deaths of twelve months reach it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tocsin.stages.forecast.count_models import CountHistory, Draws
from tocsin.stages.forecast.count_models.history import Ints
from tocsin.stages.forecast.count_targets import CountTarget
from tocsin.stages.forecast.escalation import CHOSEN, Escalations, escalation_targets

SHOWN = 5


@dataclass
class Rises:
    """Gathers the chances block by block; empty where the forecast does not begin with the first month ahead.

    Args:
        learned: what may be learned up to the origin.
        targets: the questions whose window the draws cover.
        found: for each question, place and chance by every method.
    """

    learned: Escalations
    targets: tuple[CountTarget, ...]
    found: dict[CountTarget, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, history: CountHistory, kind: str, steps: list[int]) -> Rises:
        """Return the questions about one kind of violence that draws of these steps can answer."""
        targets = tuple(t for t in escalation_targets(kind.replace("-", "_")) if steps[0] == 1 and steps[-1] >= t.last)
        return cls(Escalations.of(history), targets, {target: [] for target in targets})

    def of_block(self, rows: Ints, draws: Draws) -> list[dict[str, dict[str, float]]]:
        """Return for each place the chance by level and months; a level that is not asked is missing."""
        result: list[dict[str, dict[str, float]]] = [{} for _ in rows]
        for target in self.targets:
            chances = self.learned.chances(rows, draws, target)
            places = self.learned.history.places[rows]
            for row in np.flatnonzero(~np.isnan(chances[CHOSEN])):
                said = {name: round(float(values[row]), 4) for name, values in chances.items()}
                self.found[target].append({"place": int(places[row]), **said})
                result[row].setdefault(str(target.level), {})[f"in_{target.last}"] = said[CHOSEN]
        return result

    def summary(self) -> list[dict[str, Any]]:
        """Return for each question how many places it is asked of, how many are expected to rise, and the likeliest."""
        return [
            {
                "level": target.level,
                "months": target.last,
                "asked": len(rows),
                "expected": round(sum(row[CHOSEN] for row in rows), 2),
                "climatology": rows[0]["climatology"] if rows else None,
                "top": sorted(rows, key=lambda row: (-row[CHOSEN], row["place"]))[:SHOWN],
            }
            for target, rows in self.found.items()
        ]
