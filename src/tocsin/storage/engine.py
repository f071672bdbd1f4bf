"""The engine that joins and counts over tables: DuckDB, with every download switched off."""

from __future__ import annotations

import duckdb


def connect(threads: int | None = None, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection in memory that never fetches an extension.

    Args:
        threads: at most this many; None leaves DuckDB's own choice.
        memory: a limit such as "2GB"; None leaves DuckDB's own choice.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads is not None:
        config["threads"] = threads
    if memory is not None:
        config["memory_limit"] = memory
    return duckdb.connect(":memory:", config=config)
