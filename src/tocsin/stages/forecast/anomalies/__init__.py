"""What is unusual this week: EARS and Farrington, with outages told from calm and false alarms kept in check."""

from tocsin.stages.forecast.anomalies.calm import calm_rate
from tocsin.stages.forecast.anomalies.discovery import PROCEDURES, adjusted, expected_false
from tocsin.stages.forecast.anomalies.ears import EarsSettings, EarsWeek, ears, expected_rate
from tocsin.stages.forecast.anomalies.farrington import IMPROVED, ORIGINAL, FarringtonSettings, FarringtonWeek, farrington
from tocsin.stages.forecast.anomalies.outages import Outage, OutageSettings, outages, without_suspected
from tocsin.stages.forecast.anomalies.watch import METHODS, UNCONTROLLED, Rate, Watched, WatchRow, WatchSettings, watch

__all__ = [
    "IMPROVED",
    "METHODS",
    "ORIGINAL",
    "PROCEDURES",
    "UNCONTROLLED",
    "EarsSettings",
    "EarsWeek",
    "FarringtonSettings",
    "FarringtonWeek",
    "Outage",
    "OutageSettings",
    "Rate",
    "WatchRow",
    "WatchSettings",
    "Watched",
    "adjusted",
    "calm_rate",
    "ears",
    "expected_false",
    "expected_rate",
    "farrington",
    "outages",
    "watch",
    "without_suspected",
]
