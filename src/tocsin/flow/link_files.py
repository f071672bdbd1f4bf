"""Links lists of persons that a user hands in as files, and measures the result where truth is known."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.flow.given_files import read_table
from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages import link
from tocsin.storage import check_engine, connect_engine

FEBRL = "febrl"
#: By how many the number of persons is too high because of pairs that never became candidates, with the ends of the 95% interval.
TOO_MANY = ("persons_too_many", "persons_too_many_low", "persons_too_many_high")
NO_PAIR = (
    "no two records are alike enough to be one person; only the columns named above are compared, and only where two lists have them "
    "(--columns ROLE=NAME names another)"
)


@dataclass(frozen=True)
class Request:
    """Holds what a user asked: files, the truth column, the roles they named, judgements, draws, seed and threads."""

    files: Sequence[Path]
    truth: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    judgements: Path | None = None
    duplicate_free: frozenset[str] = frozenset()
    draws: int = 20
    seed: int = 20130111
    threads: int = 2
    engine: str = "duckdb"


@dataclass(frozen=True)
class Answer:
    """Holds the linkage, its evaluation where truth was given, which column was taken for what, and the seconds it took."""

    linked: link.Linked
    evaluation: link.Evaluation | None
    roles: Mapping[str, str]
    seconds: float
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the stable JSON of `tocsin link persons`."""
        linked, evaluation = self.linked, self.evaluation
        nothing = {"precision": None, "recall": None, "f1": None}
        low, high = self.clusters_interval()
        return {
            "records": len(linked.persons.record_ids),
            "pairs": link.likely(linked).size,
            "clusters": len(set(linked.clusterings[0].tolist())),
            "clusters_low": low,
            "clusters_high": high,
            "pairwise": evaluation.pairwise.as_dict() if evaluation else nothing,
            "cluster": evaluation.cluster.as_dict() if evaluation else nothing,
            "block_recall": evaluation.block_recall if evaluation else None,
            "brier_skill": evaluation.brier_skill if evaluation else None,
            "candidate_recall": linked.recall.value,
            "candidate_recall_low": linked.recall.low,
            "candidate_recall_high": linked.recall.high,
            **dict(zip(TOO_MANY, linked.recall.too_many or (None, None, None), strict=True)),
            "candidate_recall_method": linked.recall.method,
            "warning": linked.recall.warning,
            "columns": {role: column.strip() for role, column in self.roles.items()},
            "blocking": [rule.name for rule in linked.scored.blocking.rules],
            "lists": sorted(set(linked.persons.lists)),
            "notes": [*self.notes, *linked.notes, *([] if link.likely(linked).size else [NO_PAIR])],
            "skipped": dict(linked.skipped),
            "seconds": round(self.seconds, 2),
        }

    def clusters_interval(self) -> tuple[int, int]:
        """Return the 95% interval of the number of clusters over the draws."""
        people = sorted(len(set(row.tolist())) for row in self.linked.clusterings[1:]) or [len(set(self.linked.clusterings[0].tolist()))]
        cut = int(0.025 * len(people))
        return people[cut], people[len(people) - 1 - cut]


def link_files(request: Request) -> Answer:
    """Return which records of the files are the same person.

    Raises:
        WrongUse: the truth column or a named column is not there, or the engine can't run here.
        BadInput: a file can't be read, or the lists can't be linked.
    """
    started = time.perf_counter()
    check_engine(request.engine)
    source, roles, named, empty = _stacked(request)
    options = link.Options(
        draws=request.draws,
        seed=request.seed,
        threads=request.threads,
        duplicate_free=request.duplicate_free,
        names_as_said={"given", "family"} <= set(request.columns),
    )
    engine = connect_engine(request.engine, request.threads)
    linked = link.link_persons(source, roles, engine, options, read_judgements(request.judgements))
    seconds = time.perf_counter() - started
    evaluation = None
    if request.truth is not None:
        evaluation = link.evaluate(linked, _truth(source, request.truth, roles))
    return Answer(linked, evaluation, named, seconds, empty)


def write_linkage(answer: Answer, folder: Path) -> None:
    """Write pairs.parquet and clusters.parquet into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(link.pairs_file(answer.linked), folder / "pairs.parquet")
    clusters = link.clusters_file(answer.linked)
    found = answer.linked.recall  # `tocsin estimate --clusters` prints both beside the interval
    recall = {"candidate_recall": str(found.value), "persons_too_many": json.dumps(found.too_many)}
    pq.write_table(clusters.replace_schema_metadata({**(clusters.schema.metadata or {}), **recall}), folder / "clusters.parquet")


def read_judgements(path: Path | None) -> list[tuple[str, str, str]]:
    """Return (left, right, judgement) from a file with the columns id_l, id_r, judgement (who and when may stand beside).

    Raises:
        BadInput: a column is missing or a judgement is none of positive, negative, unsure.
    """
    if path is None:
        return []
    rows = _read(path).to_pylist()
    judgements = []
    for number, row in enumerate(rows, start=2):
        if not {"id_l", "id_r", "judgement"} <= set(row):
            raise BadInput("a judgements file lacks a column", path.name, "id_l, id_r, judgement, who, when", ", ".join(row))
        verdict = str(row["judgement"]).strip().lower()
        if verdict not in ("positive", "negative", "unsure"):
            raise BadInput("a judgement has an unknown value", f"{path.name}, row {number}", "positive, negative or unsure", verdict[:20])
        judgements.append((str(row["id_l"]).strip(), str(row["id_r"]).strip(), verdict))
    return judgements


def _truth(source: pa.Table, truth: str, roles: Mapping[str, str]) -> list[str | None]:
    if truth != FEBRL:
        return [None if value is None else str(value) for value in source.column(truth).to_pylist()]
    if "record" not in roles:
        raise WrongUse("febrl truth needs the column of record ids", "--truth febrl", "a column rec_id", "none")
    return link.febrl_truth(source.column(roles["record"]).to_pylist())


def _stacked(request: Request) -> tuple[pa.Table, dict[str, str], dict[str, str], tuple[str, ...]]:
    """Return the rows of all files, role -> column of them, role -> the names the columns had in the files, and what to note.

    Each file's columns are recognised by themselves, since lists name them in their own ways; where there are several files, the
    file's name is the list unless a column says it.

    Raises:
        WrongUse: a named column is in none of the files.
    """
    tables: list[pa.Table] = []
    missing = dict(request.columns)
    named: dict[str, list[str]] = {}
    unused: list[str] = []
    several = len(request.files) > 1
    truth = [request.truth] if request.truth and request.truth != FEBRL else []
    for path in request.files:
        table = _read(path)
        if truth and truth[0] not in table.column_names:
            raise WrongUse("the truth column is not in the file", f"--truth {truth[0]}", ", ".join(table.column_names), path.name)
        here = set(table.column_names)
        missing = {role: column for role, column in missing.items() if column and column not in here}
        overrides = {role: column for role, column in request.columns.items() if not several or column in here or not column}
        roles = link.recognise(table.column_names, overrides, truth)
        unused.extend(_unused(path.name, table.column_names, {*roles.values(), *truth}))
        table = _day_first(table, roles)
        for role, column in roles.items():
            named.setdefault(role, []).append(column)
        if several:
            columns = {f"as {role}": table.column(column) for role, column in roles.items()} | {name: table.column(name) for name in truth}
            if "list" not in roles:
                columns["as list"] = pa.array([path.name.split(".")[0]] * table.num_rows, pa.string())
            table = pa.table(columns)
        tables.append(table)
    if not several:
        return tables[0], roles, dict(roles), tuple(unused)
    for role, column in missing.items():
        files = ", ".join(path.name for path in request.files)
        raise WrongUse("a column named in --columns is in none of the files", f"--columns {role}={column}", f"a column of {files}", column)
    empty = tuple(f"{path.name} holds no record" for path, table in zip(request.files, tables, strict=True) if table.num_rows == 0)
    source = pa.concat_tables(tables, promote_options="default")
    return (
        source,
        {name[3:]: name for name in source.column_names if name.startswith("as ")},
        {r: " / ".join(dict.fromkeys(c)) for r, c in named.items()},
        (*empty, *unused),
    )


def _unused(name: str, header: Sequence[str], used: Collection[str]) -> list[str]:
    """Say which columns of a file are compared with nothing."""
    left = [column for column in header if column not in used]
    return [f"{name}: not used: {', '.join(left)[:300]}"] if left else []


def _day_first(table: pa.Table, roles: Mapping[str, str]) -> pa.Table:
    """Return the table with the day first in columns whose dates put the month first: 05/24/1971."""
    for column in (roles[role] for role in ("born", "died") if role in roles):
        written = table.column(column).to_pylist()
        if link.months_first(written):
            turned = pa.array([link.day_before_month(text) for text in written], pa.string())
            table = table.set_column(table.column_names.index(column), column, turned)
    return table


def _read(path: Path) -> pa.Table:
    """Return a csv, csv.gz or parquet file with every value as text."""
    table = read_table(path, None)
    columns = [column if pa.types.is_string(column.type) else _text(column) for column in table.columns]
    return pa.table(dict(zip(table.column_names, columns, strict=True)))


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())])
