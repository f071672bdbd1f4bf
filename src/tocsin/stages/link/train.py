"""Learns the model without labels, from a weighted sample of all pairs; judged pairs count as what they were judged.

Expectation maximisation on two strata at once: candidate pairs, where matches are, and pairs taken at random outside the
candidates, where almost all non-matches are (Fellegi and Sunter 1969; Winkler 1988). All comparisons are trained together, m and u,
so a level that one blocking rule never shows is still learned. Dirichlet counts keep every level above zero. Only pairs
more likely than not count as matches (a form of classification EM, Celeux and Govaert 1992): millions of pairs with a small chance each,
alike because two lists share a script, would otherwise become the class that is called "match".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Floats
from tocsin.stages.link.model import Field, Model

#: Prior counts: how many imagined matches say that agreement is usual, and how many sampled pairs, each standing for as many as the one
#: that stands for most, spread u over the levels: a level that no sampled stranger shows must not count as almost impossible for strangers.
M_COUNT, U_COUNT = 2.0, 1.0
#: No list is free of slips: this share of matches is spread evenly over all levels.
SLIPS = 0.01
#: A level seen in fewer sampled pairs than this is taken to weigh what its neighbours weigh.
SEEN = 10
#: The prior probability of a match stays inside these bounds.
LOWEST_PRIOR, HIGHEST_PRIOR = 1e-9, 0.4


@dataclass(frozen=True)
class Evidence:
    """Holds pairs to learn from: levels, what rarity adds, how many pairs each stands for, and 1, 0 or nan where judged."""

    levels: npt.NDArray[np.int8]
    added: npt.NDArray[np.float32]
    counts: Floats
    judged: Floats


def train(fields: tuple[Field, ...], evidence: Evidence, prior: float, rounds: int = 60) -> Model:
    """Return the model that expectation maximisation reaches from `fields` and `prior`."""
    imagined = U_COUNT * float(evidence.counts.max(initial=1.0))
    u_start = _shares_by_level(fields, evidence.levels, evidence.counts, imagined, None)
    model = Model(tuple(replace(f, u=u) for f, u in zip(fields, u_start, strict=True)), prior)
    start = fields
    for _ in range(rounds):
        chance = posterior(model, evidence)
        sure = np.where(chance > 0.5, chance, 0.0)
        matches, others = sure * evidence.counts, (1.0 - sure) * evidence.counts
        m = [(1 - SLIPS) * share + SLIPS / len(share) for share in _shares_by_level(fields, evidence.levels, matches, M_COUNT, start)]
        u = _shares_by_level(fields, evidence.levels, others, imagined, None)
        share = float(np.clip(matches.sum() / evidence.counts.sum(), LOWEST_PRIOR, HIGHEST_PRIOR))
        learned = tuple(replace(f, m=mf, u=uf) for f, mf, uf in zip(fields, m, u, strict=True))
        moved = max(float(np.abs(new.m - old.m).max()) for new, old in zip(learned, model.fields, strict=True))
        still = abs(np.log(share / model.prior)) < 1e-4
        model = Model(learned, share)
        if moved < 1e-5 and still:
            break
    return replace(model, fields=tuple(_steadied(f, evidence.levels[:, place]) for place, f in enumerate(model.fields)))


def _steadied(field: Field, levels: npt.NDArray[np.int8]) -> Field:
    """Give levels that were hardly ever seen the weight between those of their neighbours."""
    seen = np.bincount(levels[levels >= 0], minlength=len(field.m)) >= SEEN
    if seen.all() or not seen.any():
        return field
    weight = np.log(field.m / field.u)
    places = np.arange(len(weight))
    between = np.interp(places, places[seen], weight[seen])
    return replace(field, m=np.where(seen, field.m, np.clip(field.u * np.exp(between), 1e-12, None)))


def posterior(model: Model, evidence: Evidence) -> Floats:
    """Return the probability that each pair is a match; a judged pair is what it was judged."""
    total = np.full(len(evidence.counts), model.prior_weight)
    for place, weights in enumerate(model.weights()):
        total += np.append(weights, 0.0)[evidence.levels[:, place]] + evidence.added[:, place]
    chance = 1.0 / (1.0 + np.exp(-np.clip(total, -500, 500)))
    return np.where(np.isnan(evidence.judged), chance, evidence.judged)


def _shares_by_level(
    fields: tuple[Field, ...], levels: npt.NDArray[np.int8], counts: Floats, imagined: float, start: tuple[Field, ...] | None
) -> list[Floats]:
    """Return the share of each level among pairs where the field is not missing, with imagined counts spread as `start` says."""
    shares = []
    for place, known in enumerate(fields):
        size = len(known.m)
        seen = np.bincount(levels[:, place] + np.int8(1), weights=counts, minlength=size + 1)[1:]
        spread = start[place].m if start is not None else np.full(size, 1.0 / size)
        smoothed = seen + imagined * spread
        shares.append(np.round(smoothed / smoothed.sum(), 12).clip(1e-12))
    return shares
