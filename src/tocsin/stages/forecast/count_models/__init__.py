"""Models of monthly counts, baselines first: one file each, chosen by name from this list."""

from collections.abc import Callable, Mapping

from tocsin.stages.forecast.count_models.conflictology import conflictology
from tocsin.stages.forecast.count_models.history import CountHistory, Draws, Sampler, history_from_rows
from tocsin.stages.forecast.count_models.last_poisson import last_poisson
from tocsin.stages.forecast.count_models.memory import Memory
from tocsin.stages.forecast.count_models.mixture import CountMixture, count_mixture
from tocsin.stages.forecast.count_models.nb_moments import nb_moments
from tocsin.stages.forecast.count_models.paths import as_paths
from tocsin.stages.forecast.count_models.zero import exactly_zero

#: Name -> function that fits on a history cut at its origin and gives a sampler.
COUNT_MODELS: Mapping[str, Callable[[CountHistory], Sampler]] = {
    "exactly_zero": exactly_zero,
    "last_poisson": last_poisson,
    "conflictology_12": conflictology,
    "nb_moments": nb_moments,
    "count_mixture": count_mixture,
}
BASELINE = "conflictology_12"

__all__ = ["BASELINE", "COUNT_MODELS", "CountHistory", "CountMixture", "Draws", "Memory", "Sampler", "as_paths", "history_from_rows"]
