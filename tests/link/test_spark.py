"""Spark gives the same answer as DuckDB where it can run, and is refused with what to do where it can't."""

from __future__ import annotations

import numpy as np
import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.model.errors import WrongUse
from tocsin.stages import link
from tocsin.stages.link import blocking
from tocsin.storage import connect_engine, spark

RUN = CliRunner()
OPTIONS = link.Options(draws=4, seed=5, threads=1)
needs_spark = pytest.mark.skipif(bool(spark._missing()), reason=f"{' and '.join(spark._missing())} not found")


@pytest.fixture
def no_spark(monkeypatch):
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(spark.shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)


def _link(lists, engine):
    roles = link.recognise(lists.column_names, never=["entity"])
    return link.link_persons(lists, roles, connect_engine(engine, 2), OPTIONS)


@needs_spark
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("all_pairs_up_to", [blocking.ALL_PAIRS_UP_TO, 10], ids=["every pair", "by blocking rules"])
def test_spark_and_duckdb_give_the_same_pairs_and_probabilities(lists, monkeypatch, all_pairs_up_to):
    monkeypatch.setattr(blocking, "ALL_PAIRS_UP_TO", all_pairs_up_to)
    one, two = _link(lists, "duckdb"), _link(lists, "spark")
    assert two.scored.blocking == one.scored.blocking
    assert two.scored.candidates == one.scored.candidates
    for side in ("left", "right", "levels"):
        assert np.array_equal(getattr(two.scored.pairs, side), getattr(one.scored.pairs, side))
    assert np.allclose(two.pair_probability, one.pair_probability, rtol=0, atol=1e-9)
    assert np.array_equal(two.clusterings, one.clusterings)
    assert two.recall == one.recall


@pytest.mark.parametrize("command", [["link", "persons", "list.csv"], ["run"]])
def test_where_spark_is_absent_the_command_says_what_to_install(no_spark, tmp_path, monkeypatch, command):
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path / "home"))
    error = RUN.invoke(app, [*command, "--engine", "spark"]).exception
    assert isinstance(error, WrongUse)
    assert error.where == "--engine spark"
    assert "PySpark" in error.got
    assert "Java" in error.got
    assert error.what
    assert error.expected
    assert "tocsin[spark]" in error.todo
    assert not (tmp_path / "home").exists()


def test_an_unknown_engine_is_refused(tmp_path):
    error = RUN.invoke(app, ["link", "persons", str(tmp_path / "list.csv"), "--engine", "sparc"]).exception
    assert isinstance(error, WrongUse)
    assert (error.expected, error.got) == ("duckdb or spark", "sparc")
