"""The scorecard of the newest run, for machines and as a page that stands alone."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from tocsin.flow import ledger
from tocsin.flow.read.published import Published
from tocsin.flow.read.scorecard_windows import as_dict
from tocsin.model.errors import WorkspaceProblem
from tocsin.storage import Workspace
from tocsin.storage.atomic import write_bytes


def scorecard(workspace: Workspace, today: dt.date) -> dict[str, Any]:
    """Return every score of the newest run, window by window, and the ledger of sealed forecasts.

    Raises:
        WorkspaceProblem: nothing was run yet, or the ledger can't be read.
    """
    snapshot = workspace.snapshot()
    if snapshot is None:
        raise WorkspaceProblem("nothing has been run yet", expected="a finished run", got="none", todo="Run: tocsin run")
    return scorecard_of(Published(workspace, snapshot, {}), today)


def scorecard_of(published: Published, today: dt.date) -> dict[str, Any]:
    """Return the scorecard of a published run."""
    sealed = [entry.as_dict() for entry in ledger.entries(published.workspace, today)]
    return {**as_dict(published), "ledger": sealed, "end_of_ledger": ledger.end_of_ledger(published.workspace)[1]}


def page_of(card: dict[str, Any]) -> str:
    """Return the scorecard as one page that opens anywhere."""
    from tocsin.stages.forecast.report import scorecard_page  # the stage brings its models with it

    return scorecard_page(card)


def write_scorecard(card: dict[str, Any], folder: Path) -> list[Path]:
    """Write scorecard.json and scorecard.html into a folder and return the two files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "scorecard.json": json.dumps(card, ensure_ascii=False, indent=1) + "\n",
        "scorecard.html": page_of(card),
    }
    for name, text in files.items():
        write_bytes(folder / name, text.encode("utf-8"), mode=0o644)
    return [folder / name for name in files]
