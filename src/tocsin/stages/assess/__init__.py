"""What a structured judgement says of a situation: the Framework's indicators, each with its evidence.

An indicator is present, absent or unknown. Unknown is never absent, and the profile is never a sum.
"""

from tocsin.stages.assess.coverage import Coverage, coverage
from tocsin.stages.assess.framework import Evidence, Indicator, Subject, assess_situations

__all__ = ["Coverage", "Evidence", "Indicator", "Subject", "assess_situations", "coverage"]
