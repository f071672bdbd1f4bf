"""Measures the matching of events against known truth: `python -m bench.link_events`.

Two settings. The invented country: two observers tell of the same incidents, each with its own errors in day, place and
count; the truth is who told of which incident. And real places and days: a sample of UCDP GED events (where the
folder of test data is there) against a copy of it in which a share is missing and dates, places, actors and counts
are disturbed by a seeded generator: as dense as a real war, with known truth.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tocsin.datasets.selmora.accounts import accounts as told
from tocsin.datasets.selmora.generator import SEED, world
from tocsin.datasets.selmora.incidents import Incident
from tocsin.stages.link.events import Account, LinkedEvents, Tolerances, link_events

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
SEEDS = (SEED, *range(1, 6))


def selmora(seed: int) -> tuple[list[Account], dict[str, int]]:
    """Return the accounts of the invented country of `seed`, and which incident each tells of."""
    truth: dict[str, int] = {}
    current: list[Incident] = []

    def watched(found: Sequence[Incident]) -> Iterator[Incident]:
        for incident in found:
            current[:] = [incident]
            yield incident

    rows = []
    for row in told(seed, watched(world(seed).incidents)):
        truth[str(row["account"])] = current[0].number
        rows.append(_account(row))
    return rows, truth


def ged(path: Path, limit: int, seed: int) -> tuple[list[Account], dict[str, int]]:
    """Return events of a GED file and their disturbed copies, and the event behind each."""
    import pyarrow.parquet as pq

    columns = ("id", "date_start", "date_end", "latitude", "longitude", "side_a", "side_b", "best", "low", "high", "country_id", "adm_1")
    rows = pq.read_table(path, columns=list(columns)).slice(0, limit).to_pylist()
    dice = random.Random(seed)  # noqa: S311  a benchmark draws the same sample each time
    found: list[Account] = []
    truth: dict[str, int] = {}
    for row in rows:
        start, end = (dt.date.fromisoformat(str(row[name])[:10]) for name in ("date_start", "date_end"))
        both = tuple(filter(None, (row["side_a"], row["side_b"])))
        harm = tuple(float(row[name] or 0) for name in ("low", "best", "high"))
        common = {"territory": str(row["country_id"]), "actors": both}
        one = Account(f"A{row['id']}", "A", start, end, longitude=row["longitude"], latitude=row["latitude"], **common,
                      low=harm[0], best=harm[1], high=harm[2])  # fmt: skip
        found.append(one)
        truth[one.id] = row["id"]
        if dice.random() < 0.5:
            shift = dt.timedelta(days=dice.choice((0, 0, 0, 0, 1, -1, 2)))
            factor = dice.uniform(0.7, 1.5)
            blurred = dice.random() < 0.3
            best = float(round(harm[1] * factor))
            copy = Account(f"B{row['id']}", "B", start + shift, end + shift, territory=common["territory"],
                           longitude=row["longitude"] + (dice.uniform(-0.1, 0.1) if blurred else 0),
                           latitude=row["latitude"] + (dice.uniform(-0.1, 0.1) if blurred else 0),
                           actors=() if dice.random() < 0.2 else both, low=min(harm[0], best), best=best, high=max(best, harm[2]))  # fmt: skip
            found.append(copy)
            truth[copy.id] = row["id"]
    return found, truth


def measured(linked: LinkedEvents, truth: dict[str, int]) -> tuple[int, float, float, float]:
    """Return true pairs, precision, recall and F1 of the pairs that stand in one group."""
    by_event: dict[int, list[str]] = {}
    for account, event in truth.items():
        by_event.setdefault(event, []).append(account)
    true = {tuple(sorted((a, b))) for told_by in by_event.values() for a in told_by for b in told_by if a < b}
    joined = linked.joined
    right = len(true & joined)
    precision = right / len(joined) if joined else 0.0
    recall = right / len(true) if true else 0.0
    return len(true), precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def main() -> None:
    """Print the table."""
    print("events matched across two datasets: invented country (two observers), and GED against a disturbed copy of itself")
    print(f"{'setting':<22}{'accounts':>9}{'pairs':>7}{'precision':>11}{'recall':>8}{'F1':>7}{'conflicts':>11}{'s':>7}")
    for seed in SEEDS:
        _print(f"Selmora, seed {seed}", *selmora(seed))
    folder = SHARED / "data" / "ucdp"
    for name, limit in (("ged231_central_african_republic", 5_000), ("ged_syria_191", 5_000)):
        path = folder / f"{name}.parquet"
        if path.is_file():
            _print(name[:20], *ged(path, limit, 7))
        else:
            print(f"{name}: not run, no such file")


def _print(name: str, found: list[Account], truth: dict[str, int]) -> None:
    started = time.perf_counter()
    linked = link_events(found, Tolerances())
    seconds = time.perf_counter() - started
    pairs, precision, recall, f1 = measured(linked, truth)
    conflicts = sum(m.conflict is not None for m in linked.matches if (m.left, m.right) in linked.joined)
    print(f"{name:<22}{len(found):>9,}{pairs:>7,}{precision:>11.3f}{recall:>8.3f}{f1:>7.3f}{conflicts:>11,}{seconds:>7.1f}")


def _account(row: dict[str, object]) -> Account:
    number = {name: None if row[name] is None else float(str(row[name])) for name in ("longitude", "latitude", "low", "best", "high")}
    return Account(
        id=str(row["account"]),
        dataset=str(row["observer"]),
        first=dt.date.fromisoformat(str(row["date_from"])),
        last=dt.date.fromisoformat(str(row["date_to"])),
        territory="XSE",
        admin=str(row["admin_code"]),
        place=str(row["place"]),
        place_precision=str(row["place_precision"]),
        actors=(str(row["actor"]),) if row["actor"] else (),
        acts=tuple(str(row["acts"]).split(";")),
        **number,
    )


if __name__ == "__main__":
    main()
