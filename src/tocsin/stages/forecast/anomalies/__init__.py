"""What is unusual this week: EARS and Farrington, with outages told from calm and false alarms kept in check.

- `watch`: judges many series (`WatchSettings`, `Watched`, `WatchRow`) by one of `METHODS`, with the false alarms to expect (`Rate`).
- `ears`, `EarsSettings`, `EarsWeek`, `expected_rate`: C1, C2 and C3, and how often they alarm on calm series.
- `farrington`, `FarringtonSettings`, `FarringtonWeek`: the `ORIGINAL` and the `IMPROVED` algorithm.
- `outages`, `OutageSettings`, `Outage`: silence of the reporters.
- `adjusted`, `expected_false`, `PROCEDURES`: many series judged at once.
"""

from tocsin.stages.forecast.anomalies.discovery import PROCEDURES, adjusted, expected_false
from tocsin.stages.forecast.anomalies.ears import EarsSettings, EarsWeek, ears, expected_rate
from tocsin.stages.forecast.anomalies.farrington import IMPROVED, ORIGINAL, FarringtonSettings, FarringtonWeek, farrington
from tocsin.stages.forecast.anomalies.outages import Outage, OutageSettings, outages
from tocsin.stages.forecast.anomalies.watch import METHODS, Rate, Watched, WatchRow, WatchSettings, watch

__all__ = [
    "IMPROVED",
    "METHODS",
    "ORIGINAL",
    "PROCEDURES",
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
    "ears",
    "expected_false",
    "expected_rate",
    "farrington",
    "outages",
    "watch",
]
