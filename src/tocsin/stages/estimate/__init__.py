"""Estimates how many there are in all, also those nobody recorded, from lists that overlap.

`capture_table` holds who is on which lists; `estimate_versions` puts one of `METHODS` to it, over strata, draws of
the clustering and imputations; `spread` and `warnings_between` compare the methods.
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
from tocsin.stages.estimate.judged import Quality, Stratum, quality, random_order, strata_of_pairs
from tocsin.stages.estimate.methods.loglinear import with_pairs
from tocsin.stages.estimate.pooling import Shares
from tocsin.stages.estimate.queue import Linked, Order, order_pairs
from tocsin.stages.estimate.report import report_page
from tocsin.stages.estimate.report_pdf import report_pdf
from tocsin.stages.estimate.result import BOUNDS, Estimate
from tocsin.stages.estimate.sensitivity import leave_one_out, merged_lists, prior_fan
from tocsin.stages.estimate.strata import RULE as POOLING_RULE
from tocsin.stages.estimate.strata import pool_small_strata, whole
from tocsin.stages.estimate.tabulate import capture_tables, captures_from_clusters, clusterings, strata_labels
from tocsin.stages.estimate.worth import histories, slopes, worth_of_pairs

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
    "Order",
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
    "histories",
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
    "random_order",
    "reason_to_refuse",
    "recognise_columns",
    "refuse_repeated",
    "report_page",
    "report_pdf",
    "slopes",
    "spread",
    "strata_labels",
    "strata_of_pairs",
    "warnings_about",
    "warnings_between",
    "whole",
    "with_pairs",
    "with_yes_and_no",
    "worth_of_pairs",
]
