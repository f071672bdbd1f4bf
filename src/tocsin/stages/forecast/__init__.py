"""What may come: for every territory the chance of mass one-sided deaths, with its interval, its baselines and its scores.

Models are compared at rolling origins; the one shown first is chosen on years before those that score it.
"""

from tocsin.stages.forecast.backtest import Round, rolling
from tocsin.stages.forecast.issue import Issue, issue_forecasts
from tocsin.stages.forecast.methods import MODELS
from tocsin.stages.forecast.panel import Panel, build_panel
from tocsin.stages.forecast.targets import TARGETS, Target, labels

__all__ = ["MODELS", "TARGETS", "Issue", "Panel", "Round", "Target", "build_panel", "issue_forecasts", "labels", "rolling"]
