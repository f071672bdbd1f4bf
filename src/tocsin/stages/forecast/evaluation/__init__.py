"""How forecasts are scored: proper scores against baselines, with intervals that know countries repeat."""

from tocsin.stages.forecast.evaluation.bootstrap import mean_interval
from tocsin.stages.forecast.evaluation.counts import crps_of_draws
from tocsin.stages.forecast.evaluation.ranking import auc, average_precision
from tocsin.stages.forecast.evaluation.scores import brier, log_losses

__all__ = ["auc", "average_precision", "brier", "crps_of_draws", "log_losses", "mean_interval"]
