"""`tocsin forecast`: what may come, and how good earlier forecasts were."""

from __future__ import annotations

import typer

from tocsin.cli import (
    forecast_actuals,
    forecast_anomalies,
    forecast_backtest,
    forecast_fatalities,
    forecast_ledger,
    forecast_onset,
    forecast_score,
    forecast_scorecard,
    forecast_seal,
    forecast_why,
)

app = typer.Typer(help="Forecast, and score forecasts against what came.", no_args_is_help=True)
app.command("onset")(forecast_onset.onset)
app.command("fatalities")(forecast_fatalities.fatalities)
app.command("actuals")(forecast_actuals.actuals)
app.command("score")(forecast_score.score)
app.command("seal")(forecast_seal.seal)
app.command("ledger")(forecast_ledger.ledger)
app.command("scorecard")(forecast_scorecard.scorecard)
app.command("why")(forecast_why.why)
app.command("backtest")(forecast_backtest.backtest)
app.command("anomalies")(forecast_anomalies.anomalies)
