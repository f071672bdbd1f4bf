"""Decides which documents and which persons are the same, as draws of the whole answer and not as one threshold."""

from tocsin.stages.link.columns import ROLES, recognise
from tocsin.stages.link.persons import Linked, Options, link_persons
from tocsin.stages.link.quality import Evaluation, evaluate, febrl_truth
from tocsin.stages.link.tables import clusters_file, clusters_table, likely, pairs_file, pairs_table

__all__ = [
    "ROLES",
    "Evaluation",
    "Linked",
    "Options",
    "clusters_file",
    "clusters_table",
    "evaluate",
    "febrl_truth",
    "likely",
    "link_persons",
    "pairs_file",
    "pairs_table",
    "recognise",
]
