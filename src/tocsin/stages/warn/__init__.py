"""From numbers to signals, and from signals to draft alerts that a person may sign, change or drop.

A signal is a crossing of a stated threshold and nothing more. A draft has an addressee, one ask and a
date, and it stays a draft until two people have signed it.

- `find_signals`: reads the tables of a run (`Surroundings`) by the `Thresholds`.
- `draft_alerts`: one draft for each territory whose signals have an `Addressee`.
"""

from tocsin.stages.warn.drafts import Addressee, draft_alerts
from tocsin.stages.warn.thresholds import Thresholds
from tocsin.stages.warn.triggers import Surroundings, find_signals

__all__ = ["Addressee", "Surroundings", "Thresholds", "draft_alerts", "find_signals"]
