"""Measures the forecasts and the indices whole, and ends with each number beside its goal. Run: python -m bench.forecast."""

from __future__ import annotations

import os
import time

from bench import assess, forecast_counts, forecast_onset
from bench.numbers import print_numbers


def main() -> None:
    """Print every table of forecasts and indices; the last one lists each number that was asked for."""
    began = time.perf_counter()
    found = [number for bench in (forecast_onset, forecast_counts, assess) for number in bench.main()]
    seconds, load = time.perf_counter() - began, os.getloadavg()[0]
    print_numbers(f"Each number, its goal, and what was measured ({seconds / 60:.1f} min; load {load:.1f}, {os.cpu_count()} cores)", found)


if __name__ == "__main__":
    main()
