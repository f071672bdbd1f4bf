"""Forests of probability trees: each leaf says the share of its cases that came true."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

from tocsin.stages.forecast.methods.logit import Scale
from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array

#: Fixed by judgement and on early origins: large leaves, because events are few and a leaf of five says nothing about one in fifty.
TREES, LEAF = 500, 20
#: Trees with random cuts blur by themselves and may have smaller leaves.
RANDOM_CUT_LEAF = 10
#: The first forest gives a row of so many years before the origin half the weight of a new one; the second weighs all alike.
HALF_LIFE = 20.0
#: Share of the inputs that a tree with random cuts may weigh at each split: without choosing the cut it can afford more.
RANDOM_CUT_SHARE = 0.4


def forest(training: Training, inputs: Array) -> Array:
    """Return the mean of a random forest and of extremely randomized trees; the training rate where one class was seen.

    The first chooses the best cut of each input and looks more at recent years, the second draws its cuts and looks at all
    years alike: their errors differ, so the mean is steadier than either. Gaps take the training median.
    References: Breiman 2001, Machine Learning 45; Geurts, Ernst and Wehenkel 2006, Machine Learning 63; leaves as
    probabilities: Malley et al. 2012, Methods of Information in Medicine 51.
    """
    if len(np.unique(training.labels)) < 2:
        return bounded(np.full(len(inputs), training.rate))
    scale = Scale.of(training.inputs)
    common = {"n_estimators": TREES, "random_state": training.seed, "n_jobs": 1}
    seen, now = scale.apply(training.inputs), scale.apply(inputs)
    recent = None if training.ages is None else 0.5 ** (training.ages / HALF_LIFE)
    chosen = RandomForestClassifier(min_samples_leaf=LEAF, max_features="sqrt", **common).fit(seen, training.labels, recent)
    drawn = ExtraTreesClassifier(min_samples_leaf=RANDOM_CUT_LEAF, max_features=RANDOM_CUT_SHARE, **common).fit(seen, training.labels)
    return bounded((chosen.predict_proba(now)[:, 1] + drawn.predict_proba(now)[:, 1]) / 2)
