"""What can still be done, by whom, on what basis, and where the time went.

Options come from the toolbox, least coercive first; clocks draw the time from signal to outcome, silence included.
"""

from tocsin.stages.respond.clocks import Step, clock
from tocsin.stages.respond.gap import Gap, gap
from tocsin.stages.respond.lead_times import LEAD_DAYS, fits
from tocsin.stages.respond.options import Need, Study, Tool, options_for

__all__ = ["LEAD_DAYS", "Gap", "Need", "Step", "Study", "Tool", "clock", "fits", "gap", "options_for"]
