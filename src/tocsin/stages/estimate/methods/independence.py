"""Asks whether lists overlap as they would if they were independent and everyone were equally visible to them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from scipy.stats import chi2

from tocsin.stages.estimate.capture import CaptureTable
from tocsin.stages.estimate.methods.poisson import fit_poisson

#: Above this many lists nothing is asked: 2^J cells.
MOST_LISTS = 12
#: Overlaps that independent lists show more seldom than this are no chance.
CHANCE = 0.05


def chance_if_independent(table: CaptureTable) -> float | None:
    """Return the chance of overlaps of two lists that depart as far from independence; None where that can't be said.

    Rao's score test of all effects of two lists against the model without any: with the means m of the model with a rate for each
    list only, X its design, Z the columns of the pairs and M = diag(m),
    S = (y - m)' Z [Z'MZ - Z'MX (X'MX)^-1 X'MZ]^-1 Z'(y - m), chi-square with J (J - 1) / 2 degrees of freedom.

    Reference: Agresti (2013), Categorical Data Analysis, 3rd edition, section 4.5. Of three lists the effects of two are all that the
    seven counts leave over, so that S is Pearson's chi-square of the model without them.

    >>> from tocsin.stages.estimate.capture import from_mapping
    >>> alike = {"111": 24, "110": 56, "101": 36, "100": 84, "011": 36, "010": 84, "001": 54}  # 40%, 30% ... without a remainder
    >>> copied = {"111": 24, "110": 156, "101": 36, "100": 84, "011": 36, "010": 84, "001": 54}
    >>> chance_if_independent(from_mapping("ABC", alike)) > 0.99, chance_if_independent(from_mapping("ABC", copied)) < 0.001
    (True, True)
    """
    lists = len(table.lists)
    if not 3 <= lists <= MOST_LISTS:
        return None
    histories = np.arange(1, 1 << lists)
    patterns = ((histories[:, None] >> np.arange(lists)) & 1).astype(np.float64)
    counts = table.dense()[1:].astype(np.float64)
    design = np.hstack([np.ones((len(histories), 1)), patterns])
    fitted = fit_poisson(design, counts)
    if fitted is None:
        return None
    pairs = np.stack([patterns[:, a] * patterns[:, b] for a, b in combinations(range(lists), 2)], axis=1)
    weighted = pairs * fitted.means[:, None]
    score = pairs.T @ (counts - fitted.means)
    cross = design.T @ weighted
    information = pairs.T @ weighted - cross.T @ fitted.covariance @ cross
    statistic = float(score @ np.linalg.pinv(information, hermitian=True) @ score)
    return float(chi2.sf(max(statistic, 0.0), pairs.shape[1]))
