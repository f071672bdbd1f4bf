"""What a structured judgement says of a situation: the Framework's indicators, each with its evidence; and indices.

An indicator is present, absent or unknown. Unknown is never absent, and the profile is never a sum. An index is a
published formula with its bounds and rank intervals, never a probability.
"""

from tocsin.stages.assess.coverage import Coverage, coverage
from tocsin.stages.assess.framework import Evidence, Indicator, Subject, assess_situations
from tocsin.stages.assess.put import COMPONENTS, Component, PutScore, out_of_range, put_score
from tocsin.stages.assess.ranks import Doubt, IndexRow, RankedRow, rank_rows

__all__ = [
    "COMPONENTS",
    "Component",
    "Coverage",
    "Doubt",
    "Evidence",
    "IndexRow",
    "Indicator",
    "PutScore",
    "RankedRow",
    "Subject",
    "assess_situations",
    "coverage",
    "out_of_range",
    "put_score",
    "rank_rows",
]
