"""Measures linking: quality on labelled sets against Splink's own tutorial models, speed against raw Splink and recordlinkage.

Run: `python -m bench.link [quality] [names] [speed] [million] [simulated] [FOLDER]`. Without words: quality, names and speed; `simulated`
adds 20 populations and 200 coverage runs, which take hours (`bench.link_simulated` runs fewer). FOLDER holds the labelled sets
(default: record-linkage below TOCSIN_SHARED or ../shared/data); quality is skipped with the reason where it is absent.
"""

from __future__ import annotations

import logging
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench import link_names, link_peer, link_simulated
from bench.chains import chained
from bench.population import Shape, population
from tocsin.stages import link
from tocsin.stages.link.agreement import brier_skill, pairwise
from tocsin.storage import connect

THREADS = 4
THRESHOLDS = (0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)


def _fake_model() -> tuple[SettingsCreator, list[Any], list[Any]]:
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[block_on("first_name", "city"), block_on("surname")],
    )
    deterministic = [block_on("first_name", "dob"), "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1", block_on("email")]
    return settings, deterministic, [block_on("first_name", "surname"), block_on("dob")]


def _historical_model() -> tuple[SettingsCreator, list[Any], list[Any]]:
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake,1,3)", "dob"),
            block_on("substr(postcode_fake,1,3)", "first_name"),
            block_on("substr(postcode_fake,1,3)", "surname"),
            block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
    )
    deterministic = ["l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob"]
    return settings, deterministic, [block_on("first_name", "surname"), block_on("dob")]


def _febrl_model() -> tuple[SettingsCreator, list[Any], list[Any]]:
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rec_id",
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("given_name"),
            block_on("surname"),
            block_on("date_of_birth"),
            block_on("postcode"),
        ],
    )
    deterministic = [
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name=r.surname and l.surname=r.given_name",
    ]
    return settings, deterministic, [block_on("date_of_birth"), block_on("postcode")]


def _german_model() -> tuple[SettingsCreator, list[Any], list[Any]]:
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("fname_c1"),
            cl.NameComparison("lname_c1"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
        ],
        blocking_rules_to_generate_predictions=[block_on("fname_c1"), block_on("lname_c1"), block_on("dob"), block_on("by", "bm")],
    )
    return settings, [block_on("fname_c1", "lname_c1")], [block_on("fname_c1", "lname_c1"), block_on("dob")]


#: Name -> file, truth, tutorial model.
SETS: dict[str, tuple[str, str, Callable[[], tuple[SettingsCreator, list[Any], list[Any]]]]] = {
    "fake_1000": ("fake_1000.csv", "cluster", _fake_model),
    "RLdata500": ("RLdata500.csv", "identity", _german_model),
    "febrl1": ("febrl1.csv.gz", "febrl", _febrl_model),
    "febrl2": ("febrl2.csv.gz", "febrl", _febrl_model),
    "historical half": ("historical_50k_dev_half.parquet", "cluster", _historical_model),
}


def quality(folder: Path) -> None:
    """Print F1 and Brier skill of the best single clustering beside Splink's tutorial model at every threshold."""
    if not folder.is_dir():
        print(f"Quality skipped: {folder} is not here.")
        return
    print("\nQuality on labelled sets (pairwise F1, cluster F1; best threshold of the peer is chosen after seeing the truth)")
    print(f"{'set':<16}{'records':>8} | {'ours F1':>8}{'cl. F1':>8}{'persons':>8}{'truth':>7}{'recall*':>8}{'Brier':>7}{'sec':>6} | "
          f"{'own score, best thr.':>21} | {'tutorial .5':>11}{'best':>7}{'at':>6}{'Brier':>7}{'sec':>6}")  # fmt: skip
    for name, (file, truth, model) in SETS.items():
        frame = _read(folder / file)
        real = _truth(frame, truth)
        ours, own = _ours(frame, truth, real)
        peer = _tutorial(frame, real, model)
        print(f"{name:<16}{len(frame):>8} | {ours} | {own:>21.4f} | {peer}")
    print("* estimated candidate recall")


def _read(path: Path) -> pd.DataFrame:
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype=str)
    frame.columns = [c.strip() for c in frame.columns]
    frame = frame.astype(object).where(frame.notna(), None)
    return frame.map(lambda v: v.strip() or None if isinstance(v, str) else v)


def _truth(frame: pd.DataFrame, truth: str) -> np.ndarray:
    values = link.febrl_truth(frame["rec_id"].tolist()) if truth == "febrl" else frame[truth].astype(str).tolist()
    return pd.factorize(np.array(values))[0]


def _ours(frame: pd.DataFrame, truth: str, real: np.ndarray) -> tuple[str, float]:
    source = pa.Table.from_pandas(frame, preserve_index=False)
    started = time.perf_counter()
    linked = link.link_persons(
        source, link.recognise(source.column_names, never=[truth]), connect(THREADS), link.Options(draws=30, threads=THREADS)
    )
    seconds = time.perf_counter() - started
    found = link.evaluate(linked, [str(v) for v in real])
    order = real[list(linked.persons.rows)]
    pairs = linked.scored.pairs
    joined = []
    for weight in np.arange(-2.0, 12.0, 0.5):
        strong = linked.scored.weight > weight
        joined.append(pairwise(chained(len(real), pairs.left[strong], pairs.right[strong]), order).f1 or 0.0)
    people = len(set(linked.clusterings[0].tolist()))
    text = f"{found.pairwise.f1:>8.4f}{found.cluster.f1:>8.4f}{people:>8}{len(set(real.tolist())):>7}{linked.recall.value:>8.3f}"
    return text + f"{found.brier_skill:>7.3f}{seconds:>6.1f}", max(joined)


def _tutorial(frame: pd.DataFrame, real: np.ndarray, model: Callable[[], tuple[SettingsCreator, list[Any], list[Any]]]) -> str:
    frame = frame.copy()
    if "by" in frame:
        frame["dob"] = [f"{int(y):04d}-{int(m):02d}-{int(d):02d}" for y, m, d in zip(frame["by"], frame["bm"], frame["bd"], strict=True)]
    if "first_name" in frame:
        frame["first_name_surname_concat"] = frame["first_name"].fillna("") + " " + frame["surname"].fillna("")
    settings, deterministic, sessions = model()
    if settings.unique_id_column_name not in frame:
        frame["unique_id"] = range(len(frame))
    place = {str(name): at for at, name in enumerate(frame[settings.unique_id_column_name])}
    started = time.perf_counter()
    scores = _splink(frame, settings, deterministic, sessions)
    left = np.array([place[str(v)] for v in scores[f"{settings.unique_id_column_name}_l"]], np.int64)
    right = np.array([place[str(v)] for v in scores[f"{settings.unique_id_column_name}_r"]], np.int64)
    probability = scores["match_probability"].to_numpy()
    seconds = time.perf_counter() - started
    f1 = {t: pairwise(chained(len(frame), left[probability >= t], right[probability >= t]), real).f1 or 0.0 for t in THRESHOLDS}
    best = max(f1, key=lambda t: f1[t])
    skill = brier_skill(probability, real[left] == real[right])
    return f"{f1[0.5]:>11.4f}{f1[best]:>7.4f}{best:>6}{skill if skill is not None else float('nan'):>7.3f}{seconds:>6.1f}"


def _splink(frame: pd.DataFrame, settings: Any, deterministic: list[Any], sessions: list[Any]) -> pd.DataFrame:
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=connect(THREADS))
    linker = Linker(api.register(pa.Table.from_pandas(frame, preserve_index=False)), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(deterministic, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    for session in sessions:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(session)
        except ValueError as error:
            print(f"  (Splink's EM stopped in one session: {str(error)[:90]})")
    return linker.inference.predict(threshold_match_probability=0.001, warning_mode="never").as_pandas_dataframe()


def speed(persons: int, peer: bool = True) -> None:
    """Print seconds and quality on an invented population: ours, raw Splink with the same settings, recordlinkage."""
    source = population(Shape(persons=persons), seed=20130102)
    real = pd.factorize(np.array(source.column("entity").to_pylist()))[0]
    print(f"\nSpeed: {source.num_rows:,} records of {len(set(real.tolist())):,} persons, {THREADS} threads")
    roles = link.recognise(source.column_names, never=["entity"])
    marks: dict[str, float] = {}
    started = time.perf_counter()
    watch = lambda part: marks.update({part: time.perf_counter() - started})  # noqa: E731 - a clock for the three parts
    linked = link.link_persons(source, roles, connect(THREADS), link.Options(draws=50, threads=THREADS), watch=watch)
    seconds = time.perf_counter() - started
    order = real[list(linked.persons.rows)]
    best = linked.clusterings[0].astype(np.int64)
    parts = dict(zip(marks, np.diff([0.0, *marks.values()]), strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    found = link.evaluate(linked, [str(v) for v in real])
    print(f"ours, with 50 draws      {seconds:7.1f} s, load {os.getloadavg()[0]:.0f}, peak {memory:.1f} GB, F1 {found.pairwise.f1:.4f}, "
          f"cluster F1 {found.cluster.f1:.4f}, persons {len(set(best.tolist())):,}")  # fmt: skip
    clustering, even = _one_clustering(linked, order)
    proper = parts["scored"] + clustering
    print(f"  reading names and dates {parts['prepared']:.1f} s; linking proper {proper:.1f} s, its one clustering F1 {even:.4f}; "
          f"50 draws {parts['drawn']:.1f} s{' (goal 60)' if peer else ''}; audit of candidate recall {parts['audited']:.1f} s")  # fmt: skip
    print("  linking proper is what raw Splink does too: from prepared fields by rules, model and scored pairs to one clustering")
    recall = linked.recall
    print(f"  candidate recall: estimated {recall.value:.3f} ({recall.low:.3f} to {recall.high:.3f}), true {found.block_recall:.3f}; "
          f"{linked.scored.candidates:,} candidates by {len(linked.scored.blocking.rules)} rules; Brier skill {found.brier_skill:.3f}")  # fmt: skip
    _raw(linked, order)
    if peer:
        link_peer.rows(linked, order, link_peer.Ours(proper, even), THREADS)
    else:
        print("recordlinkage: not run; it holds the comparisons of all pairs in memory at once, and was stopped by the system at this size")


def _one_clustering(linked: link.Linked, order: np.ndarray) -> tuple[float, float]:
    """Return the seconds that one clustering at even odds takes, without any draw, and its F1."""
    started = time.perf_counter()
    likely = linked.scored.weight > 0.0
    one = chained(len(order), linked.scored.pairs.left[likely], linked.scored.pairs.right[likely])
    seconds = time.perf_counter() - started
    return seconds, pairwise(one, order).f1 or 0.0


def _raw(linked: link.Linked, order: np.ndarray) -> None:
    """Run Splink alone with the same fields, comparisons and blocking rules: u, two EM sessions, predict, one clustering."""
    from tocsin.stages.link.comparisons import comparisons

    levels = []
    for comparison in comparisons(linked.persons.fields):
        plain = []
        for level in comparison["comparison_levels"]:
            given = {key: value for key, value in level.items() if key != "rarity"}
            if level["label_for_charts"] in ("equal", "same day", "same place"):
                given |= {"tf_adjustment_column": level["rarity"], "tf_adjustment_weight": 1.0} if "rarity" in level else {}
            plain.append(given)
        levels.append({**comparison, "comparison_levels": plain})
    rules = [rule.sql() for rule in linked.scored.blocking.rules]
    settings = {"link_type": "dedupe_only", "comparisons": levels, "blocking_rules_to_generate_predictions": rules,
                "retain_matching_columns": False, "retain_intermediate_calculation_columns": False}  # fmt: skip
    started = time.perf_counter()
    frame = linked.persons.table.to_pandas()
    deterministic = [block_on("given_key", "family_key", "died_text")]
    sessions = [block_on("given_key", "family_key"), block_on("died_text", "place")]
    scores = _splink(frame, settings, deterministic, sessions)
    left, right = scores["unique_id_l"].to_numpy(np.int64), scores["unique_id_r"].to_numpy(np.int64)
    probability = scores["match_probability"].to_numpy()
    one = chained(len(order), left[probability >= 0.5], right[probability >= 0.5])
    seconds = time.perf_counter() - started
    f1 = {t: pairwise(chained(len(order), left[probability >= t], right[probability >= t]), order).f1 or 0.0 for t in THRESHOLDS}
    best = max(f1, key=lambda t: f1[t])
    print(f"raw Splink, same settings{seconds:7.1f} s, F1 at .5 {pairwise(one, order).f1:.4f}, best {f1[best]:.4f} at {best}")


def main(words: list[str] | None = None) -> None:
    """Print the tables."""
    words = sys.argv[1:] if words is None else words
    folders = [Path(word) for word in words if Path(word).is_dir()]
    shared = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
    if not words or "quality" in words or folders:
        quality(folders[0] if folders else shared / "data" / "record-linkage")
    if not words or "names" in words:
        link_names.main([])
    if not words or "speed" in words:
        speed(77_500)
    if "million" in words:
        speed(480_000, peer=False)
    if "simulated" in words:
        link_simulated.calibration(20, 5_000)
        link_simulated.coverage(200, 5_000)


if __name__ == "__main__":
    main()
