"""Sealed forecasts among what people wrote: a seal leads back to the rows and files that it covers, and a forecast on to its seals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from tocsin.flow import ledger
from tocsin.flow.people_shapes import People, Use, Written
from tocsin.model.errors import WorkspaceProblem
from tocsin.model.text import day
from tocsin.storage import Workspace


class WithSeals:
    """Knows the forecast ledger of a workspace beside what people wrote."""

    def __init__(self, people: People, workspace: Workspace) -> None:
        self.people = people
        self.workspace = workspace

    def record(self, identifier: str) -> Written | None:
        """Return the seal or the record with this id; None where there is none that the reader may see."""
        if not identifier.startswith("sea-"):
            return self.people.record(identifier)
        line = next((line for line in self._seals if line["id"] == identifier), None)
        if line is None:
            return None
        window = f"{_day(line['window_from'])} to {_day(line['window_to'])}"
        label = f"forecast sealed on {_day(line['at'][:10])}, before its window of {window} began"
        items = tuple(f"itm-{sha256}" for name in sorted(line["files"]) for sha256 in line["files"][name])
        return Written(identifier, label, f"{line['rows']:,} rows, SHA-256 {line['seal_sha256']}", line.get("run"), items, ())

    def citing(self, identifier: str) -> Sequence[Use]:
        """Return the seals and records that rest on `identifier`."""
        seals: list[Use] = []
        if identifier.startswith("fct-"):
            seals = [
                Use(line["id"], "record", f"sealed on {_day(line['at'][:10])}") for line in self._seals if self._covers(line, identifier)
            ]
        return [*seals, *self.people.citing(identifier)]

    def _covers(self, line: ledger.Line, identifier: str) -> bool:
        try:
            return any(row.get("id") == identifier for row in ledger.rows_of(self.workspace, line))
        except WorkspaceProblem:  # what was sealed is gone or changed: `tocsin verify` says so
            return False

    @cached_property
    def _seals(self) -> list[ledger.Line]:
        try:
            return [line for line in ledger.chain(self.workspace).lines() if line["kind"] == "seal"]
        except WorkspaceProblem:
            return []


def _day(text: str) -> str:
    return day(dt.date.fromisoformat(text))
