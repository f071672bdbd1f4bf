"""The names of what is forecast, as tables, stages and pages share them.

A target is a question about a territory and a window. `one_sided_25` asks whether at least 25 people are killed in one-sided
violence, `one_sided_count` how many. A name that ends in `_ahead` asks the same of the first whole year after the day of issue.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Ends the name of a target whose window had not begun on the day of issue.
YEAR_AHEAD = "_ahead"
#: The deaths that a target of yes or no asks for, smallest first.
DEATHS: Mapping[str, int] = {"one_sided_25": 25, "one_sided_100": 100, "one_sided_1000": 1000}
#: The simple models that every other must beat: the base rate, and the same as last year.
BASELINES = ("climatology", "persistence")
#: The quantiles that `monthly_forecasts` holds of each count.
QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


def usual_name(target: str) -> str:
    """Return the name of the target without the ending that moves its window to the year ahead.

    >>> usual_name("one_sided_100_ahead"), usual_name("one_sided_100")
    ('one_sided_100', 'one_sided_100')
    """
    return target.removesuffix(YEAR_AHEAD)


def deaths_of(target: str) -> int:
    """Return the deaths that a target asks for; 0 where it asks how many.

    >>> deaths_of("one_sided_100_ahead"), deaths_of("one_sided_count")
    (100, 0)
    """
    return DEATHS.get(usual_name(target), 0)
