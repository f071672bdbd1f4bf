"""The reasons behind the forecasts of the newest run, by territory or by id."""

from __future__ import annotations

from tocsin import reference
from tocsin.flow.read.forecast_why import Why, why_of, why_of_id
from tocsin.flow.read.published import Published
from tocsin.model.errors import NotFound, WorkspaceProblem
from tocsin.storage import Workspace


def reasons(workspace: Workspace, what: str) -> tuple[Why, ...]:
    """Return the reasons of one forecast (an id), or of all forecasts of a territory (a code or a name).

    Raises:
        WorkspaceProblem: nothing was run yet.
        NotFound: no forecast has this id, or no territory of the run this code or name.
    """
    snapshot = workspace.snapshot()
    if snapshot is None:
        raise WorkspaceProblem("nothing has been run yet", expected="a finished run", got="none", todo="Run: tocsin run")
    published = Published(workspace, snapshot, {})
    if what.startswith("fct-"):
        return (why_of_id(snapshot, published, what),)
    territory = reference.find_territory(what)
    found = why_of(published, territory.code if territory else what.upper())
    if not found:
        raise NotFound(
            "this run has no forecast for this territory", what[:40], "a code such as COD, a name, or an id", "none", "See: /forecasts"
        )
    return found
