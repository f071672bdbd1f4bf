"""The explicit list of estimators, and how one is put to strata, clusterings and imputations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from threadpoolctl import threadpool_limits

from tocsin.stages.estimate.capture import CaptureTable, canonical_seed
from tocsin.stages.estimate.methods import chao, coverage, dga, loglinear
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


def _dga(table: CaptureTable, seed: int, alone: bool) -> list[Estimate]:
    return [dga.estimate(table)]


def _latent_class(table: CaptureTable, seed: int, alone: bool) -> list[Estimate]:
    from tocsin.stages.estimate.methods import latent_class  # compiles on first use, so only when asked for

    return [latent_class.estimate(table, seed)]


def _loglinear(table: CaptureTable, seed: int, alone: bool) -> list[Estimate]:
    return loglinear.estimates(table, seed, loglinear.RESAMPLES if alone else 0)


def _chao(table: CaptureTable, seed: int, alone: bool) -> list[Estimate]:
    return chao.bounds(table)


def _coverage(table: CaptureTable, seed: int, alone: bool) -> list[Estimate]:
    return [coverage.estimate(table, seed)]


#: Up to this many tables each gets a bootstrap of its own; with more, the doubt between them says enough.
FEW = 5
#: Takes a table, a seed, and whether the table stands alone or is one of many to be pooled; gives an estimate a setting.
Estimator = Callable[[CaptureTable, int, bool], list[Estimate]]
METHODS: Mapping[str, Estimator] = {
    "dga": _dga,
    "lcm": _latent_class,
    "loglinear": _loglinear,
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


def _map(estimator: Estimator, tables: Sequence[CaptureTable], seed: int, workers: int) -> list[list[Estimate]]:
    def one(table: CaptureTable) -> list[Estimate]:
        return estimator(table, canonical_seed(table, seed), len(tables) <= FEW)

    if workers == 1 or len(tables) == 1:
        return [one(table) for table in tables]
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(workers) as pool:  # one thread a table, not each with all cores
        return list(pool.map(one, tables))
