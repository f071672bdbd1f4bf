"""Runs the forecast stage on the yearly figures and the events of a run."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.compute as pc
from threadpoolctl import threadpool_limits

from tocsin import reference
from tocsin.flow.context import Context, StepResult
from tocsin.flow.unusual import Told, watch_run
from tocsin.model import tables
from tocsin.stages.forecast import issue_forecasts
from tocsin.stages.forecast.monthly import INDICATORS, Asked, issue_monthly

#: What every model learned, beside the tables of the stage.
MODELS_FILE = "models.json"
NOTHING_FORECAST = "No yearly deaths, or too few years of them to learn from, were known by that day: nothing was forecast by year."
#: What the monthly models read of an event.
COLUMNS = ("id", "dataset", "item", "available_at", "first_seen", "date_to", "territory", "indicator", "best", "invented")


def step(context: Context) -> StepResult:
    """Return forecasts, scores and anomalies; one thread a library, so that every computer gives the same numbers."""
    run = context.run
    events = context.earlier("events")
    with threadpool_limits(limits=1):
        issue = issue_forecasts(context.earlier("figures").to_pylist(), run.as_of, run.seed)
        spells = {one.code: (one.started, one.ended) for one in reference.territories()}
        monthly = issue_monthly(_counted(events), Asked(run.as_of, run.seed, spells))
        told = Told(events, context.earlier("documents"), context.earlier("figures"))
        unusual = watch_run(told, run.as_of, run.seed)
    notes = () if issue.forecasts.num_rows else (NOTHING_FORECAST,)
    content = json.dumps({"models": list(issue.models)}, ensure_ascii=False, indent=1).encode("utf-8")
    files = {MODELS_FILE: content} if issue.models else {}
    found = {
        "forecasts": issue.forecasts,
        "scores": tables.concat("scores", [issue.scores, monthly.scores]),
        "monthly_forecasts": monthly.monthly,
        "anomalies": unusual.anomalies,
        "input_sets": tables.concat("input_sets", [issue.input_sets, monthly.input_sets, unusual.input_sets]),
    }
    return StepResult(found, files, notes=(*notes, *monthly.notes, *unusual.notes))


def _counted(events: pa.Table) -> list[dict[str, object]]:
    """Return the events that say which kind of deaths they count."""
    return events.filter(pc.is_in(events.column("indicator"), value_set=pa.array(list(INDICATORS)))).select(list(COLUMNS)).to_pylist()
