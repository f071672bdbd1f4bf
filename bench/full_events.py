"""Measures the path on a file of events as large as UCDP's whole list: collect, run and forecast, each in a memory of its own.

The file is invented: 350,000 events of 1989 to 2024 in all countries, in UCDP's layout, with wars that flare up and die down.
`python -m bench.full_events FILE` writes it and stops.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from tocsin import reference
from tocsin.model.errors import NotFound

EVENTS, FIRST, LAST, SEED = 350_000, 1989, 2024, 20130111
COMMANDS = (
    "collect ucdp_ged --from FILE --as-of 2025-07-01",
    "run",
    "forecast fatalities --data FILE --kind state-based",
    "forecast fatalities --data FILE --level grid --draws 100",
    "forecast anomalies --data FILE --every month --last 12",
)


def write_events(path: Path, events: int = EVENTS, seed: int = SEED) -> Path:
    """Write `events` invented events in UCDP's layout; few countries hold most of them, as in the real list."""
    random = np.random.default_rng(seed)
    states = [(one.gw, one.name) for one in reference.territories() if one.gw is not None and not one.invented]
    years = np.arange(FIRST, LAST + 1)
    known = np.array([[_stands(number, int(year)) for year in years] for number, _ in states])
    level = random.gamma(0.15, 1.0, len(states))[:, None] * np.exp(np.cumsum(random.normal(0, 0.6, known.shape), axis=1))
    share = np.where(known, level, 0.0).ravel() / np.where(known, level, 0.0).sum()
    state, year = np.divmod(random.choice(share.size, size=events, p=share), len(years))
    day = np.array([f"{y}-01-01" for y in years], dtype="datetime64[D]")[year] + random.integers(0, 365, events)
    spread = np.where(random.random(events) < 0.1, random.integers(1, 40, events), 0)
    end = np.minimum(day + spread, np.array([f"{y}-12-31" for y in years], dtype="datetime64[D]")[year])
    best = np.minimum(random.pareto(1.3, events) * 2, 5000).astype(np.int64)
    numbers = np.array([number for number, _ in states])
    longitude, latitude = (state * 37) % 340 - 170 + random.normal(0, 2, events), (state * 17) % 120 - 55 + random.normal(0, 2, events)
    dyad = random.integers(0, 6, events)
    columns = {
        "id": np.arange(1, events + 1),
        "year": years[year],
        "type_of_violence": random.choice([1, 2, 3], size=events, p=[0.72, 0.13, 0.15]),
        "dyad_name": [f"Government of {states[s][1]} - Group {d}" for s, d in zip(state.tolist(), dyad.tolist(), strict=True)],
        "side_a": [f"Government of {states[s][1]}" for s in state.tolist()],
        "side_b": [f"Group {d}" for d in dyad.tolist()],
        "source_article": ["An invented paper, an invented headline"] * events,
        "where_prec": random.choice([1, 2, 3, 4, 5, 6], size=events, p=[0.45, 0.2, 0.12, 0.13, 0.04, 0.06]),
        "where_coordinates": [f"Town {n}" for n in random.integers(0, 4000, events).tolist()],
        "latitude": latitude.round(6),
        "longitude": longitude.round(6),
        "country": [states[s][1] for s in state.tolist()],
        "country_id": numbers[state],
        "date_prec": random.choice([1, 2, 3, 4, 5], size=events, p=[0.75, 0.12, 0.05, 0.06, 0.02]),
        "date_start": day.astype(str),
        "date_end": end.astype(str),
        "best": best,
        "high": best + random.integers(0, 5, events),
        "low": best,
    }
    pa_csv.write_csv(pa.table(columns), path)
    return path


def _stands(number: int, year: int) -> bool:
    try:
        reference.territory_by_number("gw", number, year)
    except NotFound:
        return False
    return True


def main() -> None:
    """Print time and memory of each command."""
    with tempfile.TemporaryDirectory() as folder:
        home, file = Path(folder) / "home", write_events(Path(folder) / "GEDEvent_v25_1.csv")
        print(f"{EVENTS:,} events, {file.stat().st_size / 1e6:.0f} MB")
        for command in COMMANDS:
            words = [str(file) if word == "FILE" else word for word in command.split()]
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
                seconds, memory = alone.submit(measured, words, str(home)).result()
            print(f"tocsin {command:62} {seconds:7.1f} s, most memory {memory:.2f} GB (load {os.getloadavg()[0]:.1f})")


def measured(words: list[str], home: str) -> tuple[float, float]:
    """Run one command as a user does, and return its seconds and the most memory it held, in GB."""
    from typer.testing import CliRunner

    from tocsin.cli.main import app

    os.environ["TOCSIN_HOME"] = home
    started = time.perf_counter()
    result = CliRunner().invoke(app, words)
    if result.exit_code:
        raise RuntimeError(result.output[-2000:])
    return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_events(Path(sys.argv[1]))
    else:
        main()
