"""Lets linking ask the engine that was passed in, DuckDB or Spark: the few things in which the two differ."""

from __future__ import annotations

import re
from typing import Any, Protocol

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import JaroWinkler
from splink import DuckDBAPI

Columns = dict[str, npt.NDArray[Any]]

#: Functions of DuckDB that comparisons use, under the name that Spark, or the functions Splink brings to it, gives them.
SPARK_NAMES = {
    "len": "length",
    "list_has_any": "arrays_overlap",
    "string_split": "split",
    "starts_with": "startswith",
    "jaro_winkler_similarity": "tocsin_jaro_winkler",
}
_CALL = re.compile(rf"\b({'|'.join(SPARK_NAMES)})\(")
_LETTERS = re.compile(r"\b(damerau_levenshtein)\((\w+), (\w+)\)")
_WHOLE_MATCH = re.compile(r"(regexp_extract\([^,()]+, '[^']*')\)")


class Backend(Protocol):
    """Says what linking asks of an engine."""

    def splink(self) -> Any:
        """Return Splink's own way to this engine."""

    def ask(self, sql: str) -> Columns:
        """Return the answer to `sql` by column; no column may hold missing values."""

    def expression(self, sql: str) -> str:
        """Return an SQL expression, written for DuckDB, in the words of this engine."""


class DuckDBBackend:
    """Asks a DuckDB connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute("SET enable_progress_bar = false")  # it would be printed into what programs read
        connection.execute("SET preserve_insertion_order = false")  # every answer names its pairs, and threads need not wait in line

    def splink(self) -> Any:
        """Return Splink's own way to this connection."""
        return DuckDBAPI(connection=self._connection)

    def ask(self, sql: str) -> Columns:
        """Return the answer to `sql` by column."""
        return {name: np.asarray(column) for name, column in self._connection.execute(sql).fetchnumpy().items()}

    def expression(self, sql: str) -> str:
        """Return `sql` as it is."""
        return sql


class SparkBackend:
    """Asks a Spark session; it needs the functions for letters that Splink ships (`storage.connect_spark` loads them)."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def splink(self) -> Any:
        """Return Splink's own way to this session."""
        from pyspark.sql.functions import pandas_udf
        from splink.backends.spark import SparkAPI

        self._session.udf.register("tocsin_jaro_winkler", pandas_udf(_alike, "double"))  # Splink's own gives other values than DuckDB
        return SparkAPI(spark_session=self._session, break_lineage_method="persist", num_partitions_on_repartition=self._partitions())

    def ask(self, sql: str) -> Columns:
        """Return the answer to `sql` by column."""
        answer = self._session.sql(sql).toArrow()
        return {name: answer.column(name).to_numpy() for name in answer.column_names}

    def expression(self, sql: str) -> str:
        """Return `sql` with Spark's names of functions.

        >>> SparkBackend(None).expression("abs(len(given_l) - len(given_r)) <= 1")
        'abs(length(given_l) - length(given_r)) <= 1'
        >>> SparkBackend(None).expression("regexp_extract(postcode_l, '^[a-z]{1,2}[0-9]') <> ''")
        "regexp_extract(postcode_l, '^[a-z]{1,2}[0-9]', 0) <> ''"
        """
        sql = _LETTERS.sub(lambda call: f"{call.group(1)}({_bytes(call.group(2))}, {_bytes(call.group(3))})", sql)
        return _WHOLE_MATCH.sub(r"\1, 0)", _CALL.sub(lambda call: f"{SPARK_NAMES[call.group(1)]}(", sql))

    def _partitions(self) -> int:
        return int(self._session.conf.get("spark.sql.shuffle.partitions"))


def _bytes(column: str) -> str:
    """Return SQL for a text with one sign a byte, because DuckDB compares bytes: a letter outside of ASCII counts as two or three."""
    return f"decode(encode({column}, 'UTF-8'), 'ISO-8859-1')"


def _alike(left: pd.Series, right: pd.Series) -> pd.Series:
    """Return how alike two columns of texts are (Jaro and Winkler), by bytes as DuckDB does it; 0 where one is missing."""
    both = zip(left, right, strict=True)
    values = [JaroWinkler.similarity(a.encode(), b.encode()) if isinstance(a, str) and isinstance(b, str) else 0.0 for a, b in both]
    return pd.Series(values, dtype="float64")


def backend(engine: Any) -> Backend:
    """Return how to ask `engine`, a DuckDB connection or a Spark session."""
    if isinstance(engine, duckdb.DuckDBPyConnection):
        return DuckDBBackend(engine)
    return SparkBackend(engine)
