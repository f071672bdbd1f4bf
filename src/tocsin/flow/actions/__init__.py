"""What people do: one verb a file, each permission -> check -> change -> audit (`acting.py` shows the pattern)."""

from collections.abc import Callable
from typing import Any

from tocsin.flow.actions.issue_alert import issue_alert
from tocsin.flow.actions.judge_pair import judge_pair
from tocsin.flow.actions.rate_indicator import rate_indicator
from tocsin.flow.actions.record_decision import record_decision
from tocsin.flow.actions.sign_alert import sign_alert
from tocsin.flow.actions.sign_edition import sign_edition
from tocsin.flow.actions.undo_judgement import undo_judgement

#: Every verb there is. Its name is its permission, the name of its file, and the verb in the audit.
ACTIONS: tuple[Callable[..., Any], ...] = (
    judge_pair,
    undo_judgement,
    sign_alert,
    issue_alert,
    record_decision,
    sign_edition,
    rate_indicator,
)

__all__ = ["ACTIONS", "issue_alert", "judge_pair", "rate_indicator", "record_decision", "sign_alert", "sign_edition", "undo_judgement"]
