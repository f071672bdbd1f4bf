"""The explicit list of estimators, and how one is put to strata, clusterings and imputations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from tocsin.stages.estimate.capture import CaptureTable, canonical_seed
from tocsin.stages.estimate.methods import chao, coverage, dga
from tocsin.stages.estimate.pooling import Shares, mix, sum_strata
from tocsin.stages.estimate.result import Estimate

#: (draw of the clustering, imputation) -> stratum -> who was on which lists.
Versions = Mapping[tuple[int, int], Mapping[str, CaptureTable]]


@dataclass(frozen=True)
class Pooled:
    """Holds an estimate over strata, clusterings and imputations, and where its variance comes from.

    `by_stratum` holds the same for each stratum alone; it is empty where there is only one.
    """

    estimate: Estimate
    shares: Shares | None
    by_stratum: Mapping[str, Estimate] = field(default_factory=dict)


def _dga(table: CaptureTable, seed: int) -> list[Estimate]:
    return [dga.estimate(table)]


def _chao(table: CaptureTable, seed: int) -> list[Estimate]:
    return chao.bounds(table)


def _coverage(table: CaptureTable, seed: int) -> list[Estimate]:
    return [coverage.estimate(table, seed)]


#: Method -> estimator. Each takes a table and a seed, and returns one estimate for each of its settings.
METHODS: Mapping[str, Callable[[CaptureTable, int], list[Estimate]]] = {
    "dga": _dga,
    "chao": _chao,
    "coverage": _coverage,
}


def estimate_versions(versions: Versions, method: str, seed: int, workers: int = 1) -> list[Pooled]:
    """Estimate every stratum of every clustering and imputation, sum strata by draws and mix the versions.

    Equal tables are estimated once. The answer does not depend on `workers`.
    """
    unique = {t.digest(): t for strata in versions.values() for t in strata.values()}
    found = dict(zip(unique, _map(METHODS[method], list(unique.values()), seed, workers), strict=True))
    settings = len(next(iter(found.values())))
    pooled = []
    for number in range(settings):
        parts = {
            key: sum_strata({name: found[t.digest()][number] for name, t in strata.items()}, seed + i)
            for i, (key, strata) in enumerate(sorted(versions.items()))
        }
        estimate, shares = mix(parts)
        by_stratum = _by_stratum(versions, {digest: many[number] for digest, many in found.items()})
        pooled.append(Pooled(replace(estimate, documented=_documented(versions)), shares, by_stratum))
    return pooled


def _by_stratum(versions: Versions, found: Mapping[str, Estimate]) -> dict[str, Estimate]:
    names = sorted({name for strata in versions.values() for name in strata})
    if len(names) < 2:
        return {}
    return {name: mix({key: found[t[name].digest()] for key, t in versions.items() if name in t})[0] for name in names}


def _documented(versions: Versions) -> int:
    """Return the documented number of the first version: draw 0 is the best single clustering."""
    return sum(t.documented for t in versions[min(versions)].values())


def _map(
    estimator: Callable[[CaptureTable, int], list[Estimate]], tables: Sequence[CaptureTable], seed: int, workers: int
) -> list[list[Estimate]]:
    def one(table: CaptureTable) -> list[Estimate]:
        return estimator(table, canonical_seed(table, seed))

    if workers == 1 or len(tables) == 1:
        return [one(table) for table in tables]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, tables))
