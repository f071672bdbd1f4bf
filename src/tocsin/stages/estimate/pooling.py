"""Puts estimates together: strata are summed by draws, clusterings and imputations are mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.stages.estimate.replicates import t_rule
from tocsin.stages.estimate.result import DRAWS, Estimate, refusal

#: A mixture is refused when more than this share of its clusterings is.
REFUSED_ALLOWED = 0.05
#: Name of the detail that a method gives which averages over models.
AVERAGED = "share_between_graphs"
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """Says what share of the variance of log N comes from linkage, imputation, the model and sampling.

    The logarithm, because the total itself can have no finite variance. `model` is what lies between the graphs
    that were averaged over; it is None where a method does not average over models, whose doubt is then in no share.
    """

    linkage: float
    imputation: float
    model: float | None
    sampling: float


def sum_strata(parts: Mapping[str, Estimate], seed: int) -> Estimate:
    """Add up strata that are independent given the lists: draws in a random order, one from each stratum.

    Adding the ends of the intervals would give an interval that is too wide; adding draws does not.
    """
    estimates = list(parts.values())
    if len(estimates) == 1:
        return estimates[0]
    documented = sum(e.documented for e in estimates)
    refused = [name for name, e in parts.items() if e.refused]
    first = estimates[0]
    if refused:
        why = f"{len(refused)} of {len(parts)} strata can't be estimated, so their sum can't: {parts[refused[0]].refused}"
        return refusal(first.method, first.settings, documented, why, {"refused_strata": refused})
    rng = np.random.default_rng(seed)
    total = np.zeros(DRAWS)
    for estimate in estimates:
        total += rng.permutation(estimate.draws) if len(estimate.draws) == DRAWS else rng.choice(estimate.draws, DRAWS)
    total.sort()
    low, median, high = np.quantile(total, (0.025, 0.5, 0.975))
    notes = tuple(dict.fromkeys(note for e in estimates for note in e.notes))
    details: dict[str, object] = {"strata": len(parts)}
    if all(AVERAGED in e.details for e in estimates):
        details[AVERAGED] = _weighted_share(estimates)
    return Estimate(
        first.method, first.settings, documented, float(median), float(low), float(high), 0.95, True, None, total, notes, details
    )


def _weighted_share(estimates: Sequence[Estimate]) -> float:
    """Return the share of variance between models in a sum: the parts' shares weighted by their variances."""
    variances = np.array([float(np.var(np.log(e.draws))) * float(np.median(e.draws)) ** 2 for e in estimates])
    shares = np.array([_between_graphs(e) for e in estimates])
    return float(variances @ shares / variances.sum()) if variances.sum() > 0 else 0.0


def _between_graphs(estimate: Estimate) -> float:
    value = estimate.details.get(AVERAGED, 0.0)
    return float(value) if isinstance(value, float) else 0.0


def mix(parts: Mapping[tuple[int, int], Estimate]) -> tuple[Estimate, Shares | None]:
    """Mix estimates of several clusterings and imputations into one, and say where its variance comes from.

    Args:
        parts: (draw of the clustering, imputation) -> the estimate it gives. Each counts equally.

    The mixture of the posteriors carries both what each says and how they differ: var(log N) = mean of the
    variances within + variance of the means between, split over the two causes and, for graph averaging, the
    part within that lies between graphs.
    """
    estimates = list(parts.values())
    if len(estimates) == 1:
        only = estimates[0]
        if only.refused:
            return only, None
        model = _between_graphs(only)
        return only, Shares(0.0, 0.0, model if AVERAGED in only.details else None, 1 - model)
    kept = {key: e for key, e in parts.items() if not e.refused}
    first = estimates[0]
    documented = round(float(np.median([e.documented for e in estimates])))
    if len(kept) < (1 - REFUSED_ALLOWED) * len(parts):
        reason = Counter(str(e.refused) for e in estimates if e.refused).most_common(1)[0][0]
        same = len(kept) == 0 and len({e.refused for e in estimates}) == 1
        why = reason if same else f"{len(parts) - len(kept)} of {len(parts)} {_versions(parts)} can't be estimated: {reason}"
        return refusal(first.method, first.settings, documented, why), None
    draws = np.sort(np.concatenate([e.draws for e in kept.values()]))
    low, median, high = (float(q) for q in np.quantile(draws, (0.025, 0.5, 0.975)))
    thinned = draws[((np.arange(DRAWS) + 0.5) / DRAWS * len(draws)).astype(np.int64)]
    notes = list(dict.fromkeys(note for e in kept.values() for note in e.notes))[:3]
    if len(kept) < len(parts):
        notes.append(f"{len(parts) - len(kept)} of {len(parts)} {_versions(parts)} could not be estimated and are left out.")
    shares = _shares(kept)
    details = {**next(iter(kept.values())).details, **_combined(parts)}
    pooled = replace(
        next(iter(kept.values())),
        documented=documented, median=median, low=low, high=high, draws=thinned, notes=tuple(notes), details=details,
    )  # fmt: skip
    return pooled, shares


def _versions(parts: Mapping[tuple[int, int], Estimate]) -> str:
    """Return what the parts are, in a reader's word."""
    return "clusterings" if len({draw for draw, _ in parts}) > 1 else "imputations"


def _combined(parts: Mapping[tuple[int, int], Estimate]) -> dict[str, object]:
    """Return what the t rule gives for several imputations of one clustering, as a second opinion on the mixture."""
    if len({draw for draw, _ in parts}) > 1:
        return {}
    found = t_rule(list(parts.values()))
    return {"t_rule": asdict(found)} if found else {}


def _shares(parts: Mapping[tuple[int, int], Estimate]) -> Shares:
    logs = {key: np.log(e.draws) for key, e in parts.items()}
    means = {key: float(values.mean()) for key, values in logs.items()}
    within = {key: float(values.var()) for key, values in logs.items()}
    inside = float(np.mean(list(within.values())))
    model = float(np.mean([within[key] * _between_graphs(parts[key]) for key in parts]))
    linkage, imputation = _between(means, 0), _between(means, 1)
    between = float(np.var(list(means.values())))
    if linkage + imputation > 0:
        scale = between / (linkage + imputation)
        linkage, imputation = linkage * scale, imputation * scale
    total = inside + between
    averaged = any(AVERAGED in e.details for e in parts.values())
    if total <= 0:
        return Shares(0.0, 0.0, 0.0 if averaged else None, 1.0)
    return Shares(linkage / total, imputation / total, model / total if averaged else None, (inside - model) / total)


def _between(means: Mapping[tuple[int, int], float], position: int) -> float:
    """Return the variance of the means of the groups that share a clustering (0) or an imputation (1)."""
    groups: dict[int, list[float]] = {}
    for key, value in means.items():
        groups.setdefault(key[position], []).append(value)
    return float(np.var([np.mean(values) for values in groups.values()])) if len(groups) > 1 else 0.0
