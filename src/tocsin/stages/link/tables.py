"""Writes what was linked as tables: for people and other programs, and as the contract between stages wants it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.model.ids import stable_id
from tocsin.model.tables import from_rows
from tocsin.stages.link.persons import Linked, reasons

METHOD = "link.persons"


def parameters(linked: Linked) -> str:
    """Return as JSON what the result depends on besides the records."""
    options = linked.options
    recall = {"candidate_recall": linked.recall.value, "persons_too_many": linked.recall.too_many}
    return json.dumps({"draws": len(linked.clusterings) - 1, "seed": options.seed, **recall}, sort_keys=True)


def pairs_file(linked: Linked) -> pa.Table:
    """Return the likely pairs with ids, lists, weight, probability and reasons."""
    chosen = likely(linked)
    persons, scored = linked.persons, linked.scored
    left, right = scored.pairs.left[chosen].tolist(), scored.pairs.right[chosen].tolist()
    verdicts = _verdicts(linked)
    return pa.table(
        {
            "id_l": pa.array([persons.record_ids[i] for i in left], pa.string()),
            "id_r": pa.array([persons.record_ids[i] for i in right], pa.string()),
            "list_l": pa.array([persons.lists[i] for i in left], pa.string()),
            "list_r": pa.array([persons.lists[i] for i in right], pa.string()),
            "weight": pa.array(scored.weight[chosen], pa.float64()),
            "probability": pa.array(linked.pair_probability[chosen], pa.float64()),
            "comparisons": pa.array([reasons(linked, int(at)) for at in chosen], pa.string()),
            "judgement": pa.array([verdicts.get(pair) for pair in zip(left, right, strict=True)], pa.string()),
        }
    )


def clusters_file(linked: Linked) -> pa.Table:
    """Return record_id, cluster_id and draw (0 the best single answer), and the list of each record."""
    draws, count = linked.clusterings.shape
    ids = pa.array(linked.persons.record_ids, pa.string())
    every = np.tile(np.arange(count, dtype=np.int32), draws)
    return pa.table(
        {
            "record_id": pa.DictionaryArray.from_arrays(pa.array(every), ids),
            "cluster_id": pa.DictionaryArray.from_arrays(pa.array(linked.clusterings.ravel().astype(np.int32)), ids),
            "draw": pa.array(np.repeat(np.arange(draws, dtype=np.int32), count)),
            "list": pa.DictionaryArray.from_arrays(pa.array(every), pa.array(linked.persons.lists, pa.string())),
        }
    )


def pairs_table(linked: Linked, entity: str = "persons") -> pa.Table:
    """Return table `pairs` of the contract; the records are ids of table `persons`."""
    persons, scored = linked.persons, linked.scored
    about, verdicts = parameters(linked), _verdicts(linked)
    rows = []
    for at in likely(linked).tolist():
        i, j = int(scored.pairs.left[at]), int(scored.pairs.right[at])
        left, right = sorted((persons.record_ids[i], persons.record_ids[j]))
        row: dict[str, Any] = {"id": stable_id("par", entity, left, right), "inputs": [left, right], "method": METHOD, "parameters": about}
        row |= {"entity": entity, "left": left, "right": right, "weight": float(scored.weight[at])}
        row |= {"probability": float(linked.pair_probability[at]), "comparisons": reasons(linked, at), "judgement": verdicts.get((i, j))}
        rows.append(row)
    return from_rows("pairs", sorted(rows, key=lambda r: (r["left"], r["right"])))


def clusters_table(linked: Linked, entity: str = "persons") -> pa.Table:
    """Return table `clusters` of the contract: one row a record and draw."""
    names, about = linked.persons.record_ids, parameters(linked)
    rows = []
    for draw, labels in enumerate(linked.clusterings.tolist()):
        for record, first in zip(names, labels, strict=True):
            row = {"id": stable_id("clu", entity, record, draw), "inputs": [record], "method": METHOD, "parameters": about}
            rows.append({**row, "entity": entity, "record_id": record, "cluster_id": names[first], "draw": draw})
    return from_rows("clusters", rows)


def likely(linked: Linked) -> npt.NDArray[np.int64]:
    """Return the places of the pairs to keep: likely enough, or judged."""
    judged = {(min(a, b), max(a, b)) for a, b in zip(linked.judged.left.tolist(), linked.judged.right.tolist(), strict=True)}
    keep = linked.pair_probability >= linked.options.least_probability
    if judged:
        pairs = zip(linked.scored.pairs.left.tolist(), linked.scored.pairs.right.tolist(), strict=True)
        keep |= np.array([pair in judged for pair in pairs], np.bool_)
    return np.flatnonzero(keep)


def _verdicts(linked: Linked) -> Mapping[tuple[int, int], str]:
    judged = linked.judged
    return {
        (a, b): "positive" if same else "negative"
        for a, b, same in zip(judged.left.tolist(), judged.right.tolist(), judged.same.tolist(), strict=True)
    }
