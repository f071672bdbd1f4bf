"""Runs the warn stage: signals from forecasts, figures and measures, and draft alerts from signals."""

from __future__ import annotations

from tocsin import reference
from tocsin.flow.context import Context, StepResult
from tocsin.stages.warn import Addressee, Surroundings, Thresholds, draft_alerts, find_signals


def step(context: Context) -> StepResult:
    """Return signals and drafts; a territory without a regional body is addressed to the United Nations."""
    thresholds = Thresholds()
    around = Surroundings(
        forecasts=context.earlier("forecasts").drop_columns(["draws"]).to_pylist(),
        figures=context.earlier("figures").to_pylist(),
        measures=context.earlier("measures").to_pylist(),
        today=context.run.as_of,
        thresholds=thresholds,
    )
    signals = find_signals(around)
    addressees = {t.code: Addressee(t.code, t.name, reference.regional_body(t.code)) for t in reference.territories()}
    drafts = draft_alerts(signals, addressees, context.run.as_of, thresholds)
    return StepResult({"signals": signals, "drafts": drafts})
