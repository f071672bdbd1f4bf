"""The thresholds of every trigger, stated in one place and written into each signal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Thresholds:
    """Holds the level at which each trigger fires. They are choices, not findings: change them in the open.

    Args:
        level: probability by target from which a forecast alone is a signal.
        rise: least gain in probability over the forecast of the year before.
        rise_ratio: least ratio to the forecast of the year before.
        deaths: counts whose crossing from below is a signal.
        deaths_ratio: least ratio of the last year to the mean of the three years before.
        answer_days: days after which a warning without any answer is a signal.
        memory_days: days after which an old warning is history and no signal.
        unusual_days: days after which an unusual count, or a silence, is history and no signal.
        drafts: most drafts about real territories in one run.
    """

    level: Mapping[str, float] = field(default_factory=lambda: {"one_sided_25": 0.80, "one_sided_100": 0.50, "one_sided_1000": 0.10})
    rise: float = 0.10
    rise_ratio: float = 1.5
    deaths: tuple[int, ...] = (25, 100, 1000)
    deaths_ratio: float = 2.0
    answer_days: int = 14
    memory_days: int = 365
    unusual_days: int = 91
    drafts: int = 8
