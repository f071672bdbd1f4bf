"""Links events that a user hands in as files, and measures the result where truth is known."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tocsin.flow.event_files import EventFiles, read_events
from tocsin.flow.link_files import read_judgements
from tocsin.model.errors import WrongUse
from tocsin.stages.link.events import EventMatch, LinkedEvents, Tolerances, link_events

__all__ = ["Answer", "Request", "Tolerances", "link_event_files", "write_events"]


@dataclass(frozen=True)
class Request:
    """Holds what a user asked: files, tolerances, the truth column, judgements."""

    files: Sequence[Path]
    tolerances: Tolerances = field(default_factory=Tolerances)
    truth: str | None = None
    judgements: Path | None = None


@dataclass(frozen=True)
class Answer:
    """Holds what was read, the linkage, and the seconds it took."""

    read: EventFiles
    linked: LinkedEvents
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return the stable JSON of `tocsin link events`."""
        joined, linked = self.linked.joined, self.linked
        return {
            "accounts": len(self.read.accounts),
            "datasets": dict(sorted(Counter(one.dataset for one in self.read.accounts).items())),
            "events": len(self.read.accounts) - sum(len(group) - 1 for group in linked.groups),
            "pairs": [_pair(match, joined) for match in linked.shown()],
            "groups": [list(group) for group in linked.groups],
            "conflicts": sum(match.conflict is not None and (match.left, match.right) in joined for match in linked.matches),
            "expected_share": round(linked.weights.expected, 4),
            "pairwise": self.quality(),
            "columns": self.read.columns,
            "columns_ignored": list(self.read.ignored),
            "seconds": round(self.seconds, 2),
        }

    def quality(self) -> dict[str, float | None]:
        """Return precision, recall and F1 of the pairs, where the truth of both records is known."""
        truth = self.read.truth
        if not truth:
            return {"precision": None, "recall": None, "f1": None}
        events: dict[str, list[str]] = defaultdict(list)
        for account, event in truth.items():
            events[event].append(account)
        true = {tuple(sorted(pair)) for told in events.values() for pair in combinations(told, 2)}
        said = {pair for pair in self.linked.joined if pair[0] in truth and pair[1] in truth}
        right = len(true & said)
        return {
            "precision": right / len(said) if said else None,
            "recall": right / len(true) if true else None,
            "f1": 2 * right / (len(said) + len(true)) if said or true else None,
        }


def link_event_files(request: Request) -> Answer:
    """Return which accounts in the files tell of the same event.

    Raises:
        WrongUse: the files hold one dataset only and it is not to be compared with itself, or a tolerance is out of range.
        BadInput: a file can't be read.
    """
    started = time.perf_counter()
    _check(request.tolerances)
    read = read_events(request.files, request.truth)
    datasets = {one.dataset for one in read.accounts}
    if request.tolerances.one_to_one and len(datasets) < 2:
        raise WrongUse(
            "there is one dataset only",
            request.files[0].name,
            "two datasets: two files, or a column `dataset`",
            ", ".join(sorted(datasets))[:60],
            "Add a file, or compare the dataset with itself: --within.",
        )
    linked = link_events(read.accounts, request.tolerances, read_judgements(request.judgements))
    return Answer(read, linked, time.perf_counter() - started)


def write_events(answer: Answer, folder: Path) -> None:
    """Write pairs.parquet and clusters.parquet into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(answer.linked.pairs(), folder / "pairs.parquet")
    pq.write_table(answer.linked.clusters(), folder / "clusters.parquet")


def _check(tolerances: Tolerances) -> None:
    for option, value, low, high in (
        ("--days", tolerances.days, 0, 31),
        ("--km", tolerances.kilometers, 0, 100),
        ("--share", tolerances.share, 0, 1),
        ("--count", tolerances.count, 0, 1e9),
        ("--least", tolerances.least, 0, 1),
    ):
        if not low <= value <= high:
            raise WrongUse("a tolerance is out of range", option, f"{low:g} to {high:g}", f"{value:g}")


def _pair(match: EventMatch, joined: frozenset[tuple[str, str]]) -> Mapping[str, Any]:
    conflict = None if match.conflict is None else {"left": list(match.conflict[0]), "right": list(match.conflict[1])}
    return {
        "left": match.left,
        "right": match.right,
        "joined": (match.left, match.right) in joined,
        "probability": round(match.probability, 4),
        "weight": round(match.weight, 2),
        "reasons": dict(match.levels),
        "days": match.days,
        "kilometers": None if match.kilometers is None else round(match.kilometers, 1),
        "harm_conflict": conflict,
        "rivals": match.rivals,
    }
