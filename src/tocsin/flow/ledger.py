"""The forecast ledger of a workspace: sealed forecasts, and their scores once the answer is known, in one hash chain.

`ledger/chain.jsonl` holds one line an act, each bound to the one before; `ledger/sealed/` holds the rows or the file
behind each seal under their own hash. Lines are only ever added. The forecast stage is imported where it is needed,
so that a reader of the ledger does not wait for the models.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.model.errors import NotFound, Refused, WorkspaceProblem
from tocsin.storage import Snapshot, Workspace
from tocsin.storage.atomic import write_bytes
from tocsin.storage.custody import CustodyLog

if TYPE_CHECKING:
    from tocsin.stages.forecast.ledger import Made, State

FOLDER = "ledger"
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """Holds one sealed forecast with every score it was given, the first one first."""

    line: Line
    scores: tuple[Line, ...]
    state: State

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as JSON: the seal, its state, its scores."""
        shown = {k: v for k, v in self.line.items() if k not in ("kind", "previous")}
        scores = [{k: v for k, v in score.items() if k not in ("kind", "previous", "seal")} for score in self.scores]
        return {**shown, "state": self.state, "scores": scores}


def chain(workspace: Workspace) -> CustodyLog:
    """Return the hash chain of the ledger."""
    return CustodyLog(workspace.root / FOLDER / "chain.jsonl", "ledger")


def entries(workspace: Workspace, today: dt.date) -> tuple[Entry, ...]:
    """Return every sealed forecast, the newest first.

    Raises:
        WorkspaceProblem: a line of the chain can't be read.
    """
    from tocsin.stages.forecast.ledger import state_of

    lines = chain(workspace).lines()
    scores: dict[str, list[Line]] = {}
    for line in lines:
        if line["kind"] == "score":
            scores.setdefault(line["seal"], []).append(line)
    found = [line for line in lines if line["kind"] == "seal"]
    return tuple(Entry(line, tuple(scores.get(line["id"], ())), state_of(line, line["id"] in scores, today)) for line in found[::-1])


def end_of_ledger(workspace: Workspace) -> tuple[int, str | None]:
    """Return how many lines the chain has and the hash of its last one; None where it is empty."""
    lines = chain(workspace).lines()
    return len(lines), str(lines[-1]["hash"]) if lines else None


def holds(workspace: Workspace, noted: str) -> bool:
    """Return True where a line of the chain has the hash that somebody noted earlier."""
    return any(line["hash"] == noted for line in chain(workspace).lines())


def seal_run(workspace: Workspace, snapshot: Snapshot, now: dt.datetime) -> list[Line]:
    """Seal the forecasts of a finished run whose window lies ahead: one line a window; what is sealed already is returned.

    Raises:
        Refused: every window of the run has begun.
        NotFound: the run holds no forecast.
    """
    from tocsin.stages.forecast.ledger import Made

    rows = snapshot.rows("forecasts")
    if not rows:
        raise NotFound("this run holds no forecast", f"run {snapshot.run}", "at least one forecast", "none", "Run: tocsin run")
    made = Made(snapshot.run, str(snapshot.manifest["code"]), int(snapshot.manifest["seed"]), snapshot.manifest["inputs"])
    windows = sorted({(row["window_from"], row["window_to"]) for row in rows if row["window_from"] > now.astimezone(dt.UTC).date()})
    if not windows:
        first = max(row["window_from"] for row in rows)
        raise Refused(
            "every window of this run has begun, so none of its forecasts can be sealed any more",
            f"run {snapshot.run}",
            f"a window that begins after {now.astimezone(dt.UTC).date()}",
            f"the last one begins {first}",
            "Run again with today's date: tocsin run, then tocsin forecast seal.",
        )
    return [_keep(workspace, [r for r in rows if (r["window_from"], r["window_to"]) == window], made, now) for window in windows]


def _keep(workspace: Workspace, rows: Sequence[Line], made: Made, now: dt.datetime) -> Line:
    from tocsin.stages.forecast.ledger import seal, sealed_rows

    body = seal(rows, made, now)
    log = chain(workspace)
    with workspace.lock():
        same = next((line for line in log.lines() if line.get("id") == body["id"]), None)
        if same is not None:
            return same
        path = _rows_path(workspace, body["forecast_sha256"])
        write_bytes(path, (json.dumps(sealed_rows(rows), ensure_ascii=False) + "\n").encode("utf-8"))
        log.append([body])
    return log.lines()[-1]


def settle(workspace: Workspace, snapshot: Snapshot) -> int:
    """Score every sealed forecast whose window is over by the day of the run; return how many lines were added.

    The first score stays for ever; figures that are revised later add a line beside it. A seal or a chain that
    does not hold is not scored: `tocsin verify` names it.
    """
    log = chain(workspace)
    as_of = str(snapshot.manifest["as_of"])[:10]
    try:
        due = [line for line in log.lines() if line["kind"] == "seal" and line["window_to"] < as_of]
    except WorkspaceProblem:
        return 0
    if not due:
        return 0
    deaths = {
        (row["territory"], row["period_to"].year): (float(row["value"]), row["id"])
        for row in snapshot.rows("figures")
        if row["indicator"] == "deaths_one_sided" and not row["invented"] and row["value"] is not None and row["period_to"]
    }
    known = {(line["seal"], line["labels_sha256"]) for line in log.lines() if line["kind"] == "score"}
    added = [score for line in due if (score := _score(workspace, line, deaths, snapshot)) is not None]
    added = [score for score in added if (score["seal"], score["labels_sha256"]) not in known]
    if added:
        log.append(added)
    return len(added)


def _score(workspace: Workspace, line: Line, deaths: Mapping[tuple[str, int], tuple[float, str]], snapshot: Snapshot) -> Line | None:
    from tocsin.stages.forecast.ledger import fingerprint, score_sealed

    try:
        rows = rows_of(workspace, line)
    except WorkspaceProblem:
        return None
    scores = score_sealed(line, rows, {key: value for key, (value, _) in deaths.items()})
    if not scores:
        return None
    years = range(int(line["window_from"][:4]), int(line["window_to"][:4]) + 1)
    used = {f"{t} {y}": deaths[(t, y)][0] for t in sorted({r["territory"] for r in rows}) for y in years if (t, y) in deaths}
    return {
        "kind": "score",
        "seal": line["id"],
        "at": snapshot.manifest["as_of"],
        "run": snapshot.run,
        "labels_sha256": fingerprint(used),
        "labels": len(used),
        "scores": scores,
    }


def rows_of(workspace: Workspace, line: Line) -> list[dict[str, Any]]:
    """Return the rows sealed under a line of the ledger.

    Raises:
        WorkspaceProblem: they are missing, or are not the ones that were sealed.
    """
    from tocsin.stages.forecast.ledger import wrong_in

    path = _rows_path(workspace, line["forecast_sha256"])
    where = f"seal {line['id']}"
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WorkspaceProblem(
            "the sealed forecast is missing or can't be read", where, "its rows", "nothing", "Restore a backup."
        ) from error
    wrong = wrong_in(line, rows)
    if wrong:
        raise WorkspaceProblem(wrong, where, "what was sealed", "something else", "Restore a backup; do not rely on this forecast.")
    return rows


def broken_ledger(workspace: Workspace) -> list[str]:
    """Return one message for each broken link of the chain, each changed or missing sealed forecast, and each that no line names."""
    log = chain(workspace)
    problems = log.broken()
    folder = workspace.root / FOLDER / "sealed"
    held = {path.stem: path for path in folder.glob("*.json")} if folder.exists() else {}
    try:
        lines = log.lines()
    except WorkspaceProblem:
        return problems
    for line in lines:
        if line.get("kind") != "seal":
            continue
        held.pop(str(line.get("forecast_sha256")), None)
        try:
            rows_of(workspace, line)
        except WorkspaceProblem as error:
            problems.append(f"{error.where}: {error.what}")
        except KeyError as error:
            problems.append(f"seal {line.get('id')}: the line has no {error}")
    problems += [f"ledger: a sealed forecast of hash {name[:16]} is in no line; the chain was cut" for name in sorted(held)]
    return problems


def _rows_path(workspace: Workspace, sha256: str) -> Path:
    return workspace.root / FOLDER / "sealed" / f"{sha256}.json"
