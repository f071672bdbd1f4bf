"""`tocsin forecast seal`: fix a forecast before its window opens, so that nobody can say later it was made afterwards."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tocsin.cli.common import JsonOption, out, print_json, workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def seal(as_json: JsonOption = False) -> None:
    """Seal the forecasts of the newest run whose window lies ahead; refused once it has begun."""
    from tocsin.flow import ledger
    from tocsin.model.errors import WorkspaceProblem

    place = workspace()
    snapshot = place.snapshot()
    if snapshot is None:
        raise WorkspaceProblem("nothing has been run yet", expected="a finished run", got="none", todo="Run: tocsin run")
    lines = ledger.seal_run(place, snapshot, dt.datetime.now(dt.UTC))
    count, end = ledger.end_of_ledger(place)
    if as_json:
        sealed = [{k: v for k, v in line.items() if k not in ("kind", "previous")} for line in lines]
        print_json({"sealed": sealed, "lines": count, "end_of_ledger": end})
    else:
        _print(lines, str(end))


def _print(lines: Sequence[Mapping[str, Any]], end: str) -> None:
    for line in lines:
        out.print(f"{line['id']}  window {line['window_from']} to {line['window_to']}", markup=False)
        out.print(f"  {line['rows']:,} forecasts of {line['territories']} territories, sealed {line['at']}", markup=False)
        out.print(f"  forecast {line['forecast_sha256']}", markup=False)
        out.print(f"  data     {line['data_sha256']}", markup=False)
        out.print(f"  code     {line['code']}", markup=False)
    out.print(f"\nEnd of the ledger: {end}", markup=False)
    out.print("Publish this hash, or give it to somebody outside: it proves what was said before the window opened.", markup=False)
