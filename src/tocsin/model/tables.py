"""The contract of every table that passes between stages: one Arrow schema each.

Two families. A *collected* row was read from a preserved file, so it names the `item` (the
file's SHA-256) and the `locator` inside it. A *computed* row names its `inputs`: ids of rows,
of input sets, or of items. No row may have neither: that is how every number opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tocsin.model.errors import TableMismatch

STRING, FLOAT, INT, BOOL, DATE = pa.string(), pa.float64(), pa.int64(), pa.bool_(), pa.date32()
TIME = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())


def _schema(*columns: tuple[str, pa.DataType] | str) -> pa.Schema:
    """Build a schema; a bare name is a column that may not be null."""
    fields = []
    for column in columns:
        if isinstance(column, str):
            fields.append(pa.field(column, STRING, nullable=False))
        else:
            fields.append(pa.field(column[0], column[1]))
    return pa.schema(fields)


#: Common columns of rows read from a preserved file. `available_at`: when the world could know it.
COLLECTED: tuple[tuple[str, pa.DataType] | str, ...] = (
    "id",
    "dataset",
    "item",
    "locator",
    ("available_at", DATE),
    ("first_seen", TIME),
)
#: Common columns of rows that a stage computed. `parameters` is JSON; `inputs` are ids.
COMPUTED: tuple[tuple[str, pa.DataType] | str, ...] = ("id", ("inputs", STRINGS), "method", ("parameters", STRING))

ITEMS = _schema(
    "id",
    "sha256",
    "name",
    "dataset",
    ("size", INT),
    ("media_type", STRING),
    ("received_at", TIME),
    ("available_at", DATE),
    "key_id",
    ("origin", STRING),
)
SITUATIONS = _schema(
    *COLLECTED,
    "slug",
    "title",
    ("territory", STRING),
    ("group", STRING),
    ("started", DATE),
    ("started_precision", STRING),
    ("ended", DATE),
    ("ended_precision", STRING),
    ("level", STRING),
    ("summary", STRING),
    ("outcome", STRING),
    ("invented", BOOL),
)
DOCUMENTS = _schema(
    *COLLECTED,
    "kind",
    ("parent", STRING),
    ("section", STRING),
    ("number", INT),
    ("title", STRING),
    ("author", STRING),
    ("outlet", STRING),
    ("date", DATE),
    ("date_precision", STRING),
    ("language", STRING),
    ("link_kind", STRING),
    ("link", STRING),
    ("territory", STRING),
    ("span_start", INT),
    ("span_end", INT),
    ("text_hash", STRING),
    ("duplicate_group", STRING),
    ("excerpt", STRING),
    ("invented", BOOL),
)
EVENTS = _schema(
    *COLLECTED,
    ("situation", STRING),
    ("title", STRING),
    ("date_from", DATE),
    ("date_to", DATE),
    ("date_precision", STRING),
    ("territory", STRING),
    ("place", STRING),
    ("admin_code", STRING),
    ("longitude", FLOAT),
    ("latitude", FLOAT),
    ("place_precision", STRING),
    ("actors", STRINGS),
    ("acts", STRINGS),
    ("indicator", STRING),
    ("best", INT),
    ("low", INT),
    ("high", INT),
    ("confidence", STRING),
    ("invented", BOOL),
)
PERSONS = _schema(
    *COLLECTED,
    "list",
    "record",
    ("name", STRING),
    ("given", STRING),
    ("father", STRING),
    ("family", STRING),
    ("script", STRING),
    ("date", DATE),
    ("date_precision", STRING),
    ("place", STRING),
    ("admin_code", STRING),
    ("sex", STRING),
    ("age", INT),
    ("status", STRING),
    ("invented", BOOL),
)
FIGURES = _schema(
    *COLLECTED,
    "indicator",
    ("definition", STRING),
    ("value", FLOAT),
    ("low", FLOAT),
    ("high", FLOAT),
    ("qualifier", STRING),
    ("unit", STRING),
    ("situation", STRING),
    ("place", STRING),
    ("territory", STRING),
    ("period_from", DATE),
    ("period_to", DATE),
    ("date_precision", STRING),
    ("as_of", DATE),
    ("said_by", STRING),
    ("conflict_group", STRING),
    ("relation", STRING),
    ("related", STRING),
    ("document", STRING),
    ("span_start", INT),
    ("span_end", INT),
    ("confidence", STRING),
    ("note", STRING),
    ("invented", BOOL),
)
MEASURES = _schema(
    *COLLECTED,
    ("kind", STRING),
    ("role", STRING),
    ("actor", STRING),
    ("target", STRING),
    ("situation", STRING),
    ("territory", STRING),
    ("date", DATE),
    ("date_to", DATE),
    ("date_precision", STRING),
    ("basis", STRING),
    ("status", STRING),
    ("title", STRING),
    ("note", STRING),
    ("span_start", INT),
    ("span_end", INT),
    ("invented", BOOL),
)
INPUT_SETS = _schema(*COMPUTED, "label", ("size", INT))

PAIRS = _schema(
    *COMPUTED,
    "entity",
    "left",
    "right",
    ("weight", FLOAT),
    ("probability", FLOAT),
    ("comparisons", STRING),
    ("judgement", STRING),
)
CLUSTERS = _schema(*COMPUTED, "entity", "record_id", "cluster_id", ("draw", INT))

ESTIMATES = _schema(
    *COMPUTED,
    "quantity",
    ("territory", STRING),
    ("period_from", DATE),
    ("period_to", DATE),
    ("stratum", STRING),
    ("settings", STRING),
    ("documented", INT),
    ("low", FLOAT),
    ("median", FLOAT),
    ("high", FLOAT),
    ("level", FLOAT),
    ("converged", BOOL),
    ("refused", STRING),
    ("share_linkage", FLOAT),
    ("share_imputation", FLOAT),
    ("share_model", FLOAT),
    ("share_sampling", FLOAT),
    ("note", STRING),
    ("invented", BOOL),
)
ASSESSMENTS = _schema(
    *COMPUTED,
    "framework",
    "indicator",
    ("factor", STRING),
    ("situation", STRING),
    ("territory", STRING),
    ("period_from", DATE),
    ("period_to", DATE),
    "answer",
    ("confidence", STRING),
    ("evidence", STRINGS),
    ("rationale", STRING),
    ("rater", STRING),
    ("machine", BOOL),
    ("invented", BOOL),
)
INDICES = _schema(
    *COMPUTED,
    "index",
    "territory",
    ("year", INT),
    ("score", FLOAT),
    ("low", FLOAT),
    ("high", FLOAT),
    ("rank", INT),
    ("rank_low", INT),
    ("rank_high", INT),
    ("components", STRING),
    ("missing", STRINGS),
)
FORECASTS = _schema(
    *COMPUTED,
    "target",
    "territory",
    ("origin", DATE),
    ("horizon_months", INT),
    ("window_from", DATE),
    ("window_to", DATE),
    ("issued_at", DATE),
    ("stale", BOOL),
    ("renew", STRING),
    "model",
    ("chosen", BOOL),
    ("probability", FLOAT),
    ("low", FLOAT),
    ("high", FLOAT),
    ("climatology", FLOAT),
    ("previous", FLOAT),
    ("rank", INT),
    ("draws", pa.list_(pa.int32())),
    ("why", STRING),
    ("missing", STRINGS),
    ("vintage", STRING),
)
SCORES = _schema(
    *COMPUTED,
    "model",
    "target",
    ("window_from", DATE),
    ("window_to", DATE),
    "metric",
    ("value", FLOAT),
    ("low", FLOAT),
    ("high", FLOAT),
    ("baseline", STRING),
    ("skill", FLOAT),
    ("rows", INT),
    ("events", INT),
    ("vintage", STRING),
)
SIGNALS = _schema(
    *COMPUTED,
    "trigger",
    ("situation", STRING),
    ("territory", STRING),
    ("date", DATE),
    ("value", FLOAT),
    ("threshold", FLOAT),
    ("baseline", FLOAT),
    ("changed", STRING),
    ("why", STRING),
    ("rank", INT),
    ("stale", BOOL),
    ("invented", BOOL),
)
DRAFTS = _schema(
    *COMPUTED,
    ("situation", STRING),
    ("territory", STRING),
    "headline",
    ("description", STRING),
    "addressee",
    "ask",
    ("due", DATE),
    ("trigger_date", DATE),
    ("signals", STRINGS),
    ("options", STRINGS),
    ("standard_of_proof", STRING),
    ("urgency", STRING),
    ("severity", STRING),
    ("certainty", STRING),
    ("why", STRING),
    ("unknown", STRINGS),
    ("stale", BOOL),
    ("invented", BOOL),
)
OPTIONS = _schema(
    *COMPUTED,
    ("situation", STRING),
    ("territory", STRING),
    "measure",
    ("title", STRING),
    ("lead_time", STRING),
    ("lead_days_low", INT),
    ("lead_days_high", INT),
    ("days_left", INT),
    ("fits", STRING),
    ("decided_by", STRING),
    ("basis", STRING),
    ("pillar", STRING),
    ("coercive", BOOL),
    ("precedents", STRING),
    ("studies", INT),
    ("studies_less_harm", INT),
    ("studies_mixed", INT),
    ("studies_more_harm", INT),
    ("harm_check", STRING),
    ("rank", INT),
    ("invented", BOOL),
)
CLOCKS = _schema(
    *COMPUTED,
    "subject",
    ("situation", STRING),
    "point",
    ("date", DATE),
    ("date_precision", STRING),
    "state",
    ("days", INT),
    ("note", STRING),
    ("invented", BOOL),
)
PUBLICATIONS = _schema(
    *COMPUTED,
    "kind",
    "title",
    ("edition", DATE),
    "path",
    "media_type",
    "sha256",
    "state",
    ("invented", BOOL),
)
LINEAGE = _schema(
    "output",
    "output_table",
    "input",
    "run",
    "stage",
    ("method", STRING),
    ("parameters", STRING),
    ("seed", INT),
    "code",
)

TABLES: Mapping[str, pa.Schema] = {
    "items": ITEMS,
    "situations": SITUATIONS,
    "documents": DOCUMENTS,
    "events": EVENTS,
    "persons": PERSONS,
    "figures": FIGURES,
    "measures": MEASURES,
    "input_sets": INPUT_SETS,
    "pairs": PAIRS,
    "clusters": CLUSTERS,
    "estimates": ESTIMATES,
    "assessments": ASSESSMENTS,
    "indices": INDICES,
    "forecasts": FORECASTS,
    "scores": SCORES,
    "signals": SIGNALS,
    "drafts": DRAFTS,
    "options": OPTIONS,
    "clocks": CLOCKS,
    "publications": PUBLICATIONS,
    "lineage": LINEAGE,
}


def is_computed(name: str) -> bool:
    """Return True where the rows of table `name` carry `inputs` instead of `item` and `locator`."""
    return "inputs" in TABLES[name].names


def empty(name: str) -> pa.Table:
    """Return table `name` with no rows."""
    return TABLES[name].empty_table()


def from_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Build table `name` from dictionaries; columns left out become null.

    Raises:
        TableMismatch: a row has a column the contract does not name, or lacks an obligatory value.
    """
    schema = TABLES[name]
    rows = list(rows)
    known = set(schema.names)
    for number, row in enumerate(rows):
        extra = set(row) - known
        if extra:
            raise TableMismatch(
                what="a row has a column that the contract does not name",
                where=f"table {name}, row {number}",
                expected=", ".join(schema.names),
                got=", ".join(sorted(extra)),
                todo="Correct the stage, or add the column in tocsin/model/tables.py.",
            )
    columns = [pa.array([row.get(field.name) for row in rows], type=field.type) for field in schema]
    return check(name, pa.Table.from_arrays(columns, schema=schema))


def check(name: str, table: pa.Table) -> pa.Table:
    """Return `table` if it keeps the contract of `name`: columns, types, obligatory values, one row an id.

    Raises:
        TableMismatch: it does not; the message names the first column at fault.
    """
    schema = TABLES[name]
    if table.schema.names != schema.names:
        raise TableMismatch(
            what="the columns differ from the contract",
            where=f"table {name}",
            expected=", ".join(schema.names),
            got=", ".join(table.schema.names),
            todo="Build the table with tables.from_rows, or select its columns in order.",
        )
    for field in schema:
        column = table.column(field.name)
        if column.type != field.type:
            raise TableMismatch(f"column {field.name} has another type", f"table {name}", str(field.type), str(column.type))
        if not field.nullable and column.null_count:
            raise TableMismatch(f"column {field.name} has {column.null_count} empty values", f"table {name}", "none", "null")
    if "id" in schema.names:
        _check_ids(name, table)
    return table


def _check_ids(name: str, table: pa.Table) -> None:
    ids: Sequence[str] = table.column("id").to_pylist()
    if len(set(ids)) != len(ids):
        seen: set[str] = set()
        twice = next(i for i in ids if i in seen or seen.add(i))  # type: ignore[func-returns-value]
        raise TableMismatch("two rows have the same id", f"table {name}", "each id once", twice)
    if is_computed(name):
        for identifier, inputs in zip(ids, table.column("inputs").to_pylist(), strict=True):
            if not inputs:
                raise TableMismatch("a computed row names no input", f"table {name}, {identifier}", "at least one id", "none")


def concat(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of all `parts` of table `name` in order."""
    return pa.concat_tables(parts) if parts else empty(name)
