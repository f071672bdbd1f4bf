"""`tocsin forecast`: what may come, and how good earlier forecasts were."""

from __future__ import annotations

import typer

from tocsin.cli import forecast_backtest, forecast_fatalities, forecast_score

app = typer.Typer(help="Forecast, and score forecasts against what came.", no_args_is_help=True)
app.command("fatalities")(forecast_fatalities.fatalities)
app.command("score")(forecast_score.score)
app.command("backtest")(forecast_backtest.backtest)
