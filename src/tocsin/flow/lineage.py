"""Lineage rows: from each output to what it rests on, made the same way for every stage."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyarrow as pa

from tocsin.flow.context import RunInfo
from tocsin.model import tables
from tocsin.model.ids import item_id


def lineage_of(stage: str, content: Mapping[str, pa.Table], run: RunInfo) -> pa.Table:
    """Return one row for each output and input: files for collected rows, ids for computed ones."""
    parts = []
    for name, table in content.items():
        if name in ("items", "lineage") or table.num_rows == 0:
            continue
        parts.append(_computed(name, table) if tables.is_computed(name) else _collected(name, table))
    if not parts:
        return tables.empty("lineage")
    rows = pa.concat_tables(parts)
    constant = {"run": run.run, "stage": stage, "code": run.code}
    columns = {**{k: rows.column(k) for k in rows.column_names}, "seed": pa.array([run.seed] * rows.num_rows, pa.int64())}
    for key, value in constant.items():
        columns[key] = pa.array([value] * rows.num_rows, pa.string())
    return tables.check("lineage", pa.table({k: columns[k] for k in tables.TABLES["lineage"].names}, schema=tables.TABLES["lineage"]))


def _collected(name: str, table: pa.Table) -> pa.Table:
    count = table.num_rows
    locators = [json.dumps({"locator": locator}, ensure_ascii=False) for locator in table.column("locator").to_pylist()]
    return pa.table(
        {
            "output": table.column("id"),
            "output_table": pa.array([name] * count, pa.string()),
            "input": pa.array([item_id(sha) for sha in table.column("item").to_pylist()], pa.string()),
            "method": pa.array(["read"] * count, pa.string()),
            "parameters": pa.array(locators, pa.string()),
        }
    )


def _computed(name: str, table: pa.Table) -> pa.Table:
    outputs, inputs, methods, parameters = [], [], [], []
    columns = (table.column(c).to_pylist() for c in ("id", "inputs", "method", "parameters"))
    for output, many, method, parameter in zip(*columns, strict=True):
        for one in dict.fromkeys(many):
            outputs.append(output)
            inputs.append(one)
            methods.append(method)
            parameters.append(parameter)
    return pa.table(
        {
            "output": pa.array(outputs, pa.string()),
            "output_table": pa.array([name] * len(outputs), pa.string()),
            "input": pa.array(inputs, pa.string()),
            "method": pa.array(methods, pa.string()),
            "parameters": pa.array(parameters, pa.string()),
        }
    )
