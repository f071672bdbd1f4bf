"""What can still be done, by whom, on what basis, and where the time went.

Options come from the toolbox, least coercive first; clocks draw the time from signal to outcome, silence included.

- `options_for`: the measures (`Tool`) that fit a `Need`, with what each `Study` found.
- `fits`, `LEAD_DAYS`: whether a measure of this lead time still comes in time.
- `clock`, `Step`, `ANSWER_POINTS`: the points from signal to outcome.
- `gap`, `Gap`: the days between warning and response.
"""

from tocsin.stages.respond.clocks import ANSWER_POINTS, Step, clock
from tocsin.stages.respond.gap import Gap, gap
from tocsin.stages.respond.lead_times import LEAD_DAYS, fits
from tocsin.stages.respond.options import Need, Study, Tool, options_for

__all__ = ["ANSWER_POINTS", "LEAD_DAYS", "Gap", "Need", "Step", "Study", "Tool", "clock", "fits", "gap", "options_for"]
