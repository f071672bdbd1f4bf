"""Measures recordlinkage on the lists that `bench.link` links, with rules of its own and with the very rules that Tocsin chose.

All rows get the fields that Tocsin prepared (one skeleton for a name in two scripts), so reading names is not counted for either side.
A missing value is a disagreement, as the package has it by default; in the third row it is half an agreement. In its favour, what
counts as a match is chosen after seeing the truth: the classes of its own classifier, or the best of many thresholds on its
probabilities or on the plain sum of the comparisons; pairs are joined to clusters by chains, or left as pairs, whichever is better.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bench.chains import chained
from tocsin.stages import link
from tocsin.stages.link.agreement import pairwise, true_pairs
from tocsin.stages.link.blocking import Rule

#: What the first row blocks on: rules that a careful user would write down for lists of the dead.
OWN_RULES = (
    ("given_key", "family_key"), ("family_key", "died_text"), ("given_key", "died_text"), ("only_key", "place"), ("died_text", "place"),
)  # fmt: skip
THRESHOLDS = (0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.999999, 0.99999999)


@dataclass(frozen=True)
class Ours:
    """Holds what Tocsin needed for the same work: seconds from prepared fields to one clustering, and the F1 of that clustering."""

    seconds: float
    f1: float


def rows(linked: link.Linked, order: np.ndarray, ours: Ours, threads: int) -> None:
    """Print one row for the package's usual way and one with Tocsin's rules, each beside Tocsin's figures."""
    try:
        import recordlinkage  # noqa: F401 - only asked whether it is there
    except ImportError:
        print("recordlinkage is not installed (dependency group bench); skipped.")
        return
    frame = linked.persons.table.to_pandas().set_index("unique_id")
    print("recordlinkage 0.16 (F1: by its own classifier, its classes chained; best of its classifier and many thresholds, seen the truth)")
    usual = [list(columns) for columns in OWN_RULES]
    _row("five rules, yes or no", frame, usual, _yes_or_no(threads), order, ours)
    _row("our rules, yes or no", frame, _columns(frame, linked.scored.blocking.rules), _yes_or_no(threads), order, ours)
    _row("our rules, degrees", frame, _columns(frame, linked.scored.blocking.rules), _degrees(threads), order, ours)


def _columns(frame: pd.DataFrame, rules: Sequence[Rule]) -> list[list[str]]:
    """Return each rule as columns to block on; openings of names become columns of `frame`, before the clock starts."""
    columns = []
    for rule in rules:
        names = []
        for key in rule.keys:
            if key.startswith("left("):
                column, size = key.removeprefix("left({t}.").removesuffix(")").split(", ")
                key = f"{column}_{size}"
                frame[key] = frame[column].str[: int(size)]
            names.append(key.removeprefix("{t}."))
        columns.append(names)
    return columns


def _yes_or_no(threads: int) -> Any:
    """Return the comparisons as the package's guide has them: names by Jaro and Winkler above .85, all else equal or not."""
    import recordlinkage

    compare = recordlinkage.Compare(n_jobs=threads)
    for column in ("given", "father", "family"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("died_text", "place", "sex", "age"):
        compare.exact(column, column, label=column)
    return compare


def _degrees(threads: int) -> Any:
    """Return comparisons that see what Tocsin sees: skeletons of names besides their spelling, days and years apart, the region; missing is half."""
    import recordlinkage

    compare = recordlinkage.Compare(n_jobs=threads)
    for column in ("given", "father", "family"):
        compare.string(f"{column}_key", f"{column}_key", method="jarowinkler", missing_value=0.5, label=column)
    compare.numeric("died_day", "died_day", method="exp", offset=1, scale=7, missing_value=0.5, label="died")
    compare.numeric("age", "age", method="exp", offset=1, scale=2, missing_value=0.5, label="age")
    for column in ("place", "region", "sex"):
        compare.exact(column, column, agree_value=1.0, disagree_value=0.0, missing_value=0.5, label=column)
    return compare


def _row(name: str, frame: pd.DataFrame, blocks: list[list[str]], compare: Any, order: np.ndarray, ours: Ours) -> None:
    import recordlinkage

    started = time.perf_counter()
    indexer = recordlinkage.Index()
    for columns in blocks:
        indexer.block(columns)
    pairs = indexer.index(frame)
    indexed = time.perf_counter()
    features = compare.compute(pairs, frame)
    compared = time.perf_counter()
    classifier = recordlinkage.ECMClassifier(binarize=0.8)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # logarithms of zero inside the package
        matches = classifier.fit_predict(features)
        label = chained(len(order), *_ends(matches))
        seconds = time.perf_counter() - started
        chance = classifier.prob(features)
    left, right = _ends(pairs)
    by_class = pairwise(label, order).f1 or 0.0
    best, how = max([(by_class, "its classes, chained"), *_chosen(left, right, features, np.asarray(chance), order)])
    print(f"  {name:<22}{seconds:7.1f} s (rules {indexed - started:.1f}, comparing {compared - indexed:.1f}, classifier "
          f"{seconds - compared + started:.1f}), {len(pairs):,} pairs, F1 {by_class:.4f}, best {best:.4f} ({how})")  # fmt: skip
    print(
        f"  {'':<22}beside ours: {seconds / ours.seconds:.1f} times our {ours.seconds:.1f} s; our F1 {ours.f1:.4f}, {ours.f1 - best:+.4f}"
    )


def _ends(pairs: pd.MultiIndex) -> tuple[np.ndarray, np.ndarray]:
    return pairs.get_level_values(0).to_numpy(np.int64), pairs.get_level_values(1).to_numpy(np.int64)


def _chosen(
    left: np.ndarray, right: np.ndarray, features: pd.DataFrame, chance: np.ndarray, order: np.ndarray
) -> Iterator[tuple[float, str]]:
    """Yield the F1 of every threshold, on pairs chained to clusters and on pairs alone."""
    total = features.to_numpy(float).sum(axis=1)
    right_pairs, real = order[left] == order[right], true_pairs(order)
    steps = np.linspace(total.max() * 0.4, total.max(), 25)
    for said, values, what in ((chance, THRESHOLDS, "probability"), (total, steps, "sum")):
        for threshold in values:
            taken = said >= threshold
            found = int(right_pairs[taken].sum())
            together = chained(len(order), left[taken], right[taken])
            yield pairwise(together, order).f1 or 0.0, f"{what} from {threshold:.3g}, chained"
            yield 2 * found / max(1, int(taken.sum()) + real), f"{what} from {threshold:.3g}, pairs alone"
