"""Lets Splink compare: the only file that speaks to it.

Splink works on an engine that is passed in. It is told which pairs to compare (`candidates.py`) and tells the level of every comparison;
what the levels are worth is learned in `train.py`, from all of them together.
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

from tocsin.stages.link.arrays import Codes, Ints, Levels
from tocsin.stages.link.backend import Backend
from tocsin.stages.link.candidates import candidate_pairs
from tocsin.stages.link.values import Values

#: So many rows go to the database in one piece.
BATCH = 16_384


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

    def __init__(self, backend: Backend, table: pa.Table, comparisons: Sequence[dict[str, Any]], codes: Codes, threads: int) -> None:
        self._backend = backend
        self._api = backend.splink()
        self._comparisons = comparisons
        self._names = [c["output_column_name"] for c in comparisons]
        self._values = Values(table, comparisons, threads)
        logging.getLogger("splink").setLevel(logging.ERROR)
        self._comparer = Linker(self._api.register(_in_batches(self._values.rows)), self._settings(), log_level=logging.ERROR)
        self.block(codes, threads)

    def block(self, codes: Codes, threads: int) -> None:
        """Take as candidates the pairs that agree in a column of `codes`, one column a rule."""
        self._codes = np.ascontiguousarray(codes)
        self._left, self._right = candidate_pairs(self._codes, threads)
        self.candidates = len(self._left)

    def sample(self, most: int) -> tuple[Ints, Ints]:
        """Return at most so many of the candidate pairs, evenly spaced over the rules, in canonical order."""
        places = np.arange(self.candidates) if self.candidates <= most else np.arange(most) * self.candidates // most
        return in_order(self._left[places], self._right[places], len(self._codes))

    def blocked(self) -> tuple[Codes, Codes]:
        """Return all candidate pairs, in an order that is always the same."""
        return self._left, self._right

    def outside(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return which of these pairs no blocking rule catches."""
        return np.logical_not(np.any(self.caught(left, right), axis=1))

    def caught(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return, for each pair and rule, whether the rule catches the pair."""
        one = self._codes[left]
        return np.asarray((one >= 0) & (one == self._codes[right]), np.bool_)

    def compare(self, left: Ints, right: Ints) -> Pairs:
        """Return the levels of every comparison of these pairs, in the order given."""
        if len(left) == 0:
            return Pairs(left, right, np.empty((0, len(self._names)), dtype=np.int8))
        return Pairs(left, right, self._values.levels(left, right, self._ask))

    def _ask(self, left: Ints, right: Ints) -> tuple[Ints, Ints, Levels]:
        """Return Splink's answer about pairs of rows, in any order: the two rows and the level of each comparison."""
        asked = self._api.register(_pair_table(left, right))
        self._comparer.table_management.register_blocked_pairs_for_predict(asked)
        scored = self._comparer.inference.predict(warning_mode="never")
        columns = ", ".join(f"CAST(mw_{name} AS TINYINT) AS w{i}" for i, name in enumerate(self._names))
        answer = self._backend.ask(f"SELECT unique_id_l AS l, unique_id_r AS r, {columns} FROM {scored.physical_name}")  # noqa: S608
        scored.drop_table_from_database_and_remove_from_cache()
        levels = np.column_stack([answer[f"w{i}"].astype(np.int8) - np.int8(1) for i in range(len(self._names))])
        return answer["l"].astype(np.int64), answer["r"].astype(np.int64), levels

    def _settings(self) -> dict[str, Any]:
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "unique_id",
            "probability_two_random_records_match": 0.0001,
            "comparisons": [_splink_comparison(c, self._backend) for c in self._comparisons],
            "blocking_rules_to_generate_predictions": ["1 = 1"],  # Splink is told which pairs to compare
            "retain_matching_columns": False,  # writing every name of every pair takes longer than comparing them
            "retain_intermediate_calculation_columns": True,
        }


def in_order(left: npt.NDArray[Any], right: npt.NDArray[Any], records: int) -> tuple[Ints, Ints]:
    """Return pairs of so many records in canonical order: by the first, then by the second."""
    keys = np.sort(left.astype(np.int64) * records + right)
    return keys // records, keys % records


def _pair_table(left: Ints, right: Ints) -> pa.Table:
    count = len(left)
    columns = {"match_key": pa.array(["0"] * count), "join_key_l": pa.array(left), "join_key_r": pa.array(right)}
    return _in_batches(pa.table(columns))


def _in_batches(table: pa.Table) -> pa.Table:
    """Return the table cut into batches, since the database gives each batch to one thread."""
    return pa.Table.from_batches(table.combine_chunks().to_batches(max_chunksize=BATCH), table.schema)


def _splink_comparison(comparison: dict[str, Any], backend: Backend) -> dict[str, Any]:
    """Return the comparison as Splink wants it, in the words of the engine; what its levels are worth is learned elsewhere.

    Level i is given a weight of i + 1 bits, so that the weight which Splink answers with tells the level, and 0 a missing value.
    """
    given = comparison["comparison_levels"]
    highest = sum(not level.get("is_null_level", False) for level in given)
    levels = []
    for level in given:
        plain = {key: value for key, value in level.items() if key != "rarity"}
        plain["sql_condition"] = backend.expression(level["sql_condition"])
        if not level.get("is_null_level", False):
            plain |= {"m_probability": 0.5, "u_probability": 0.5 ** (highest + 1)}
            highest -= 1
        levels.append(plain)
    return {**comparison, "comparison_levels": levels}
