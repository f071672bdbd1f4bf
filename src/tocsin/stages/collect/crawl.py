"""What a crawler is given: the files of one collection, and the only ways to emit a row or to leave one out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.errors import BadInput
from tocsin.model.ids import PREFIXES, stable_id
from tocsin.stages.collect.checks import check_row, check_tables, check_territory
from tocsin.stages.collect.manifest import EMITTED, Manifest
from tocsin.stages.collect.parquet import SUFFIX, read_parquet
from tocsin.stages.collect.reading import Record, read_csv
from tocsin.stages.collect.source import SourceFile

_PREFIX = {table: prefix for prefix, table in PREFIXES.items()}


class Crawl:
    """Holds one reading of a dataset: files in, checked rows out."""

    def __init__(
        self, dataset: str, manifest: Manifest, items: Sequence[SourceFile], day: dt.date, territories: frozenset[str] = frozenset()
    ) -> None:
        """Prepare a reading.

        Args:
            dataset: name of the dataset.
            manifest: what it says about itself.
            items: its files.
            day: the day of the collection; what is said to have happened later is wrong.
            territories: the codes that are known; empty means that none is checked.
        """
        self.dataset = dataset
        self.manifest = manifest
        self.items = tuple(items)
        self.day = day
        self.skipped: Counter[str] = Counter()
        self._territories = territories
        self._rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in EMITTED}

    def rows(self, item: SourceFile, required: Sequence[str], delimiter: str | None = ",") -> Iterator[Record]:
        """Yield the rows of a CSV or Parquet file; each must be read whole, or `record.audit` stops the collection."""
        found = read_parquet(item, required) if item.name.endswith(SUFFIX) else read_csv(item, required, delimiter)
        for record in found:
            record.file = f"{self.dataset}/{item.name}"
            yield record

    def emit(
        self,
        table: str,
        *,
        item: SourceFile,
        locator: str,
        key: Sequence[object],
        available_at: dt.date | None = None,
        **columns: Any,
    ) -> str:
        """Add one row to `table` and return its id, which depends on the dataset and `key` alone.

        Args:
            table: one of the tables that crawlers may emit.
            item: the file it was read from.
            locator: where in that file: line, page, character span.
            key: what tells this row from every other of its table in this dataset.
            available_at: when the world could know it; by default, when the file became available.
            columns: the columns of the table.

        Raises:
            BadInput: the key was used before, or a value can't be right.
        """
        identifier = stable_id(_PREFIX[table], self.dataset, *key)
        where = f"{self.dataset}/{item.name}, {locator}"
        before = self._rows[table].get(identifier)
        if before is not None:
            raise BadInput(
                "two records have the same id",
                where,
                "each id once",
                f"the id also stands at {before['locator']}",
                "Remove the repeated record, or give it an id of its own.",
            )
        row = {"invented": self.manifest.invented, **columns}
        check_row(table, row, where, self.day, self._territories)
        self._rows[table][identifier] = {
            **row,
            "id": identifier,
            "dataset": self.dataset,
            "item": item.sha256,
            "locator": locator,
            "available_at": available_at or item.available_at,
            "first_seen": item.received_at,
        }
        return identifier

    def check_territory(self, code: str | None, where: str) -> None:
        """Check a territory that stands in a column which its table does not have.

        Raises:
            BadInput: nothing has this code.
        """
        check_territory(code, where, self._territories)

    def skip(self, reason: str, count: int = 1) -> None:
        """Count something that was left out on purpose; `reason` is shown to the user."""
        self.skipped[reason] += count

    def known_by(self, period_end: dt.date) -> dt.date | None:
        """Return when the world could know about a period: its end and the publisher's usual delay."""
        if self.manifest.lag_days is None:
            return None
        return period_end + dt.timedelta(days=self.manifest.lag_days)

    def tables(self) -> Mapping[str, pa.Table]:
        """Return the emitted rows as tables, in the order of their emission, checked against the manifest."""
        content = {name: tables.from_rows(name, rows.values()) for name, rows in self._rows.items() if rows}
        check_tables(self.dataset, content, self.manifest)
        return content
