"""Decides which documents, events and persons are the same; persons as draws of the whole answer and not as one threshold.

Persons:
- `recognise`, `ROLES`: which column says what of a person. `day_before_month`, `months_first`: how a file writes its dates.
- `link_persons`: links lists by `Options` (`Linked`): candidates, probabilities, and many clusterings.
- `pairs_table`, `clusters_table`, `pairs_file`, `clusters_file`, `likely`: what is kept of the answer.
- `evaluate`, `Evaluation`, `febrl_truth`: the answer beside known truth.

Documents and events:
- `link_documents`: finds copies of each `Text` and says why (`Likeness`, `Duplicates`).
- `link_events`: matches each `Account` of one event within `Tolerances` (`EventMatch`, `LinkedEvents`).
"""

from tocsin.model.dates import day_before_month, months_first
from tocsin.stages.link.columns import ROLES, recognise
from tocsin.stages.link.documents import Duplicates, Likeness, Text, link_documents
from tocsin.stages.link.events import Account, EventMatch, LinkedEvents, Tolerances, link_events
from tocsin.stages.link.persons import Linked, Options, link_persons
from tocsin.stages.link.quality import Evaluation, evaluate, febrl_truth
from tocsin.stages.link.tables import clusters_file, clusters_table, likely, pairs_file, pairs_table

__all__ = [
    "ROLES",
    "Account",
    "Duplicates",
    "Evaluation",
    "EventMatch",
    "Likeness",
    "Linked",
    "LinkedEvents",
    "Options",
    "Text",
    "Tolerances",
    "clusters_file",
    "clusters_table",
    "day_before_month",
    "evaluate",
    "febrl_truth",
    "likely",
    "link_documents",
    "link_events",
    "link_persons",
    "months_first",
    "pairs_file",
    "pairs_table",
    "recognise",
]
