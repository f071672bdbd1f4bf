"""Lets Splink block and compare: the only file that speaks to it.

Splink works on an engine that is passed in. It finds candidate pairs and tells the level of every comparison; what the levels
are worth is learned in `train.py`, from all of them together.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from splink import Linker

from tocsin.stages.link.backend import Backend
from tocsin.stages.link.blocking import Rule

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Pairs:
    """Holds pairs of records by their place in the canonical order (left < right) and the level of each comparison, -1 for missing."""

    left: Ints
    right: Ints
    levels: Levels

    def __len__(self) -> int:
        return len(self.left)

    def take(self, chosen: npt.NDArray[Any]) -> Pairs:
        """Return the pairs that `chosen` (a mask or places) selects."""
        return Pairs(self.left[chosen], self.right[chosen], self.levels[chosen])


class Engine:
    """Gives one prepared table to Splink and answers in NumPy arrays."""

    def __init__(self, backend: Backend, table: pa.Table, comparisons: Sequence[dict[str, Any]], rules: Sequence[Rule]) -> None:
        self._backend = backend
        self._api = backend.splink()
        self._records = self._api.register(table)
        self._comparisons = comparisons
        self._rules = [backend.expression(rule.sql()) for rule in rules]
        self._names = [c["output_column_name"] for c in comparisons]
        logging.getLogger("splink").setLevel(logging.ERROR)
        self._comparer = Linker(self._records, self._settings(), log_level=logging.ERROR)
        self._blocked = self._comparer.inference.compute_blocked_pairs_for_predict()
        self.candidates = int(self._backend.ask(f"SELECT count(*) AS n FROM {self._blocked.physical_name}")["n"][0])  # noqa: S608 - a table Splink named

    def sample(self, share: float) -> tuple[Ints, Ints]:
        """Return about `share` of the candidate pairs, chosen by a hash of the two records, in canonical order."""
        bound = int(min(share, 1.0) * 2**32)
        chosen = self._backend.ask(
            f"SELECT join_key_l AS l, join_key_r AS r FROM {self._blocked.physical_name} "  # noqa: S608
            f"WHERE {self._backend.hashed('join_key_l * 1000003 + join_key_r')} < {bound} ORDER BY 1, 2"
        )
        return chosen["l"].astype(np.int64), chosen["r"].astype(np.int64)

    def blocked(self) -> tuple[Ints, Ints]:
        """Return all candidate pairs, in any order."""
        pairs = "CAST(join_key_l AS BIGINT) AS l, CAST(join_key_r AS BIGINT) AS r"
        every = self._backend.ask(f"SELECT {pairs} FROM {self._blocked.physical_name}")  # noqa: S608
        return every["l"], every["r"]

    def outside(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return which of these pairs no blocking rule catches."""
        return np.logical_not(np.any(self.caught(left, right), axis=1))

    def caught(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return, for each pair and rule, whether the rule catches the pair."""
        if self._rules == ["1 = 1"]:
            return np.ones((len(left), 1), dtype=np.bool_)
        return self._asked(left, right, [f"coalesce({rule}, false)" for rule in self._rules]).astype(np.bool_)

    def agreements(self, left: Ints, right: Ints, keys: Sequence[str]) -> Levels:
        """Return, for each pair and key of a rule, 1 where the two agree, 0 where not, and -1 where one of them is missing."""
        sides = [(key.replace("{t}", "l"), key.replace("{t}", "r")) for key in keys]
        return self._asked(left, right, [f"coalesce(CAST(({one} = {two}) AS INTEGER), -1)" for one, two in sides]).astype(np.int8)

    def _asked(self, left: Ints, right: Ints, expressions: Sequence[str]) -> npt.NDArray[Any]:
        """Return what each SQL expression over the records `l` and `r` says of each pair, in the order given."""
        self._backend.put("tocsin_asked", _pair_table(left, right))
        columns = ", ".join(f"{expression} AS r{i}" for i, expression in enumerate(expressions))
        name = self._records.physical_name
        answer = self._backend.ask(
            f"SELECT p.place, {columns} FROM tocsin_asked p JOIN {name} l ON l.unique_id = p.join_key_l "  # noqa: S608
            f"JOIN {name} r ON r.unique_id = p.join_key_r ORDER BY p.place"
        )
        self._backend.drop("tocsin_asked")
        return np.column_stack([answer[f"r{i}"] for i in range(len(expressions))])

    def compare(self, left: Ints, right: Ints) -> Pairs:
        """Return the levels of every comparison of these pairs, in the order given."""
        if len(left) == 0:
            return Pairs(left, right, np.empty((0, len(self._names)), dtype=np.int8))
        asked = self._api.register(_pair_table(left, right))
        self._comparer.table_management.register_blocked_pairs_for_predict(asked)
        scored = self._comparer.inference.predict(warning_mode="never")
        columns = ", ".join(f"CAST(gamma_{name} AS TINYINT) AS g{i}" for i, name in enumerate(self._names))
        answer = self._backend.ask(f"SELECT unique_id_l AS l, unique_id_r AS r, {columns} FROM {scored.physical_name}")  # noqa: S608
        scored.drop_table_from_database_and_remove_from_cache()
        return _aligned(left, right, answer, len(self._names))

    def _settings(self) -> dict[str, Any]:
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "unique_id",
            "probability_two_random_records_match": 0.0001,
            "comparisons": [_splink_comparison(c, self._backend) for c in self._comparisons],
            "blocking_rules_to_generate_predictions": self._rules,
            "retain_matching_columns": True,
            "retain_intermediate_calculation_columns": False,
        }


def _pair_table(left: Ints, right: Ints) -> pa.Table:
    count = len(left)
    columns = {"match_key": pa.array(["0"] * count), "join_key_l": pa.array(left), "join_key_r": pa.array(right)}
    return pa.table({**columns, "place": pa.array(np.arange(count))})


def _aligned(left: Ints, right: Ints, answer: dict[str, npt.NDArray[Any]], count: int) -> Pairs:
    """Bring Splink's answer, which comes in any order, into the order asked."""
    size = int(max(left.max(), right.max())) + 1
    asked, got = left * size + right, answer["l"].astype(np.int64) * size + answer["r"].astype(np.int64)
    levels = np.column_stack([answer[f"g{i}"].astype(np.int8) for i in range(count)])
    order = np.argsort(got, kind="stable")
    places = order[np.searchsorted(got[order], asked)]
    return Pairs(left, right, np.ascontiguousarray(levels[places]))


def _splink_comparison(comparison: dict[str, Any], backend: Backend) -> dict[str, Any]:
    """Return the comparison as Splink wants it: levels alone, in the words of the engine, since what they are worth is learned elsewhere."""
    levels = [
        {key: value for key, value in level.items() if key != "rarity"} | {"sql_condition": backend.expression(level["sql_condition"])}
        for level in comparison["comparison_levels"]
    ]
    return {**comparison, "comparison_levels": levels}
