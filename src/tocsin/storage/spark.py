"""The engine for lists too large for one computer's DuckDB: a Spark session, where PySpark and Java are there."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from tocsin.model.errors import WrongUse
from tocsin.storage.engine import connect

ENGINES = ("duckdb", "spark")


def check_engine(engine: str) -> None:
    """Refuse an engine that has no such name or can't run here.

    Raises:
        WrongUse: the name is neither duckdb nor spark, or PySpark or Java is missing.
    """
    if engine not in ENGINES:
        raise WrongUse("no engine has this name", "--engine", " or ".join(ENGINES), engine[:40], "Leave --engine out to use duckdb.")
    missing = [] if engine == "duckdb" else _missing()
    if missing:
        raise WrongUse(
            "Spark can't run here",
            "--engine spark",
            "PySpark 4.0 and Java 17 on this computer",
            f"{' and '.join(missing)} not found",
            "Install both (pip install 'tocsin[spark]', and Java from your system), or leave --engine out to use duckdb.",
        )


def connect_engine(engine: str, threads: int) -> Any:
    """Return a DuckDB connection or a Spark session, by its name.

    Raises:
        WrongUse: the name is unknown, or PySpark or Java is missing.
    """
    check_engine(engine)
    return connect(threads=threads) if engine == "duckdb" else connect_spark(threads)


def connect_spark(threads: int) -> Any:
    """Return the Spark session of this program, on this computer and reachable from nowhere else, with Splink's functions loaded."""
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # its workers need the packages that this program has
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # or it warns with this computer's name and address
    warehouse = tempfile.mkdtemp(prefix="tocsin-spark-")
    atexit.register(shutil.rmtree, warehouse, ignore_errors=True)
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",  # warnings about this computer's libraries help nobody who links lists
        "spark.jars": similarity_jar_location(),
        "spark.sql.shuffle.partitions": str(threads),
        "spark.default.parallelism": str(threads),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.warehouse.dir": warehouse,  # or a folder of that name appears where the command was given
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("tocsin")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _missing() -> list[str]:
    missing = [] if importlib.util.find_spec("pyspark") else ["PySpark"]
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java").exists() if home else shutil.which("java") is not None
    return missing if java else [*missing, "Java"]
