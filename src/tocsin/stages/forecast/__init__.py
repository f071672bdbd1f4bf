"""What may come: for every territory the chance of mass one-sided deaths, with its interval, its baselines and its scores.

Models are compared at rolling origins; the one shown first is chosen on years before those that score it.

- `issue_forecasts`: the forecasts and scores of one day of issue (`Issue`).
- `build_panel`, `Panel`: inputs by territory and year, as known on a day.
- `TARGETS`, `Target`, `labels`: what is asked, and what came.
- `MODELS`: the baselines and what must beat them.
- `rolling`, `Round`: every model fitted at one origin after the other.

Monthly counts, onset of mass killing, ledger and anomalies have modules and faces of their own.
"""

from tocsin.stages.forecast.backtest import Round, rolling
from tocsin.stages.forecast.issue import Issue, issue_forecasts
from tocsin.stages.forecast.methods import MODELS
from tocsin.stages.forecast.panel import Panel, build_panel
from tocsin.stages.forecast.targets import TARGETS, Target, labels

__all__ = ["MODELS", "TARGETS", "Issue", "Panel", "Round", "Target", "build_panel", "issue_forecasts", "labels", "rolling"]
