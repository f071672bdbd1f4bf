"""What a structured judgement says of a situation: the Framework's indicators, each with its evidence; and indices.

An indicator is present, absent or unknown. Unknown is never absent, and the profile is never a sum. An index is a
published formula with its bounds and rank intervals, never a probability.

- `assess_situations`: lays `Evidence` under the `Indicator`s of `Questions` for each `Subject`.
- `join_ratings`, `GivenRating`, `Joined`, `LEAST_RATERS`: what people answered, dissent kept.
- `factor_profiles`, `crime_profiles`, `Answer`, `FactorProfile`, `CrimeProfile`: by factor and by crime, never added up.
- `coverage`, `Coverage`; `trend`, `Trend`, `TRENDS`: how much was answered, and where it is going.
- `put_score`, `PutScore`, `COMPONENTS`, `Component`, `out_of_range`: Peoples under Threat.
- `rank_rows`, `IndexRow`, `RankedRow`, `Doubt`: ranks with intervals.
"""

from tocsin.stages.assess.coverage import Coverage, coverage
from tocsin.stages.assess.framework import Evidence, Indicator, Questions, Subject, assess_situations
from tocsin.stages.assess.profile import Answer, CrimeProfile, FactorProfile, crime_profiles, factor_profiles
from tocsin.stages.assess.put import COMPONENTS, Component, PutScore, out_of_range, put_score
from tocsin.stages.assess.ranks import Doubt, IndexRow, RankedRow, rank_rows
from tocsin.stages.assess.raters import LEAST_RATERS, GivenRating, Joined, join_ratings
from tocsin.stages.assess.trend import TRENDS, Trend, trend

__all__ = [
    "COMPONENTS",
    "LEAST_RATERS",
    "TRENDS",
    "Answer",
    "Component",
    "Coverage",
    "CrimeProfile",
    "Doubt",
    "Evidence",
    "FactorProfile",
    "GivenRating",
    "IndexRow",
    "Indicator",
    "Joined",
    "PutScore",
    "Questions",
    "RankedRow",
    "Subject",
    "Trend",
    "assess_situations",
    "coverage",
    "crime_profiles",
    "factor_profiles",
    "join_ratings",
    "out_of_range",
    "put_score",
    "rank_rows",
    "trend",
]
