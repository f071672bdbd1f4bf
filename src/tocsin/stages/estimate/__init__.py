"""Estimates how many there are in all, also those nobody recorded, from lists that overlap.

Lists in:
- `recognise_columns`, `with_yes_and_no`, `on_no_list`, `refuse_repeated`, `key_column`, `LIST_COLUMNS`, `RECORD_COLUMNS`: which column of a
  table is what (`Columns`).
- `capture_table`, `capture_tables`: who is on which lists, as counts by pattern (`CaptureTable`), one for each stratum.
- `clusterings`, `captures_from_clusters`, `strata_labels`: the same from linked records, once for each draw of the clustering.
- `pool_small_strata`, `whole`, `POOLING_RULE`: strata too small to stand alone, and the table without strata.

A number out, or why there is none:
- `estimate_versions`: puts one of `METHODS` to every stratum, draw and imputation (`Versions`) and pools the answers (`Pooled`).
- `Estimate`, `Shares`: one answer with its interval, and the parts of its variance. `BOUNDS` are methods that give a lower bound only.
- `reason_to_refuse`, `warnings_about`: what the lists alone forbid or call into doubt.
- `spread` (`Spread`), `main_estimate`, `warnings_between`, `probably_too_low`, `MAIN_ORDER`: all methods beside each other.
- `about_recall`, `about_too_many`: what linking could not find, in words.
- `probably_too_low`: estimates that a lower bound clearly exceeds.
- `leave_one_out`, `merged_lists`, `prior_fan`, `with_pairs`: what an estimate hangs on.
- `break_down`, `Kind`, `BREAKDOWN_RULE`: the documented by cause or status.
- `report_page`, `report_pdf`: one page for people.

Which pair to judge next: `order_pairs` of `Linked` records; `quality` (`Quality`) over each `Stratum` of pairs judged at random.
"""

from tocsin.stages.estimate.answer import (
    MAIN_ORDER,
    Spread,
    about_recall,
    about_too_many,
    main_estimate,
    probably_too_low,
    spread,
    warnings_between,
)
from tocsin.stages.estimate.breakdown import RULE as BREAKDOWN_RULE
from tocsin.stages.estimate.breakdown import Kind, break_down
from tocsin.stages.estimate.capture import CaptureTable, capture_table
from tocsin.stages.estimate.checks import reason_to_refuse, warnings_about
from tocsin.stages.estimate.columns import (
    LIST_COLUMNS,
    RECORD_COLUMNS,
    Columns,
    key_column,
    on_no_list,
    recognise_columns,
    refuse_repeated,
    with_yes_and_no,
)
from tocsin.stages.estimate.estimators import METHODS, Pooled, Versions, estimate_versions
from tocsin.stages.estimate.judged import Quality, Stratum, quality
from tocsin.stages.estimate.methods.loglinear import with_pairs
from tocsin.stages.estimate.pooling import Shares
from tocsin.stages.estimate.queue import Linked, order_pairs
from tocsin.stages.estimate.report import report_page
from tocsin.stages.estimate.report_pdf import report_pdf
from tocsin.stages.estimate.result import BOUNDS, Estimate
from tocsin.stages.estimate.sensitivity import leave_one_out, merged_lists, prior_fan
from tocsin.stages.estimate.strata import RULE as POOLING_RULE
from tocsin.stages.estimate.strata import pool_small_strata, whole
from tocsin.stages.estimate.tabulate import capture_tables, captures_from_clusters, clusterings, strata_labels

__all__ = [
    "BOUNDS",
    "BREAKDOWN_RULE",
    "LIST_COLUMNS",
    "MAIN_ORDER",
    "METHODS",
    "POOLING_RULE",
    "RECORD_COLUMNS",
    "CaptureTable",
    "Columns",
    "Estimate",
    "Kind",
    "Linked",
    "Pooled",
    "Quality",
    "Shares",
    "Spread",
    "Stratum",
    "Versions",
    "about_recall",
    "about_too_many",
    "break_down",
    "capture_table",
    "capture_tables",
    "captures_from_clusters",
    "clusterings",
    "estimate_versions",
    "key_column",
    "leave_one_out",
    "main_estimate",
    "merged_lists",
    "on_no_list",
    "order_pairs",
    "pool_small_strata",
    "prior_fan",
    "probably_too_low",
    "quality",
    "reason_to_refuse",
    "recognise_columns",
    "refuse_repeated",
    "report_page",
    "report_pdf",
    "spread",
    "strata_labels",
    "warnings_about",
    "warnings_between",
    "whole",
    "with_pairs",
    "with_yes_and_no",
]
