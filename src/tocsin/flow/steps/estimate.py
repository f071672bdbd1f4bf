"""Runs the estimate stage on a workspace."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.flow.context import Context, StepResult
from tocsin.model import tables
from tocsin.model.casualties import REJECTED
from tocsin.model.ids import item_id, stable_id
from tocsin.stages import estimate as stage
from tocsin.stages.publish import SMALL_CELL

#: What a run estimates with; latent classes take minutes and are asked for with `tocsin estimate --method lcm`.
METHODS = ("dga", "loglinear", "chao", "coverage")
#: From this age on SDG 16.1.2 counts a person as an adult.
ADULT = 18
INVENTED_COUNTRY = "XSE"
RULE = "Different people in the best single clustering of the records; a minimum."


@dataclass(frozen=True)
class _Victims:
    """Holds the records of the dead of one territory, and what was made of them."""

    label: str
    territory: str | None
    invented: bool
    records: pa.Table
    clusters: pa.Table
    draws: Mapping[int, stage.CaptureTable]

    @property
    def recall(self) -> float | None:
        """Return the share of true pairs that linking could find, as the clusters' parameters say; None where they do not."""
        said = json.loads(self.clusters.column("parameters")[0].as_py() or "{}")
        value = said.get("candidate_recall")
        return float(value) if value is not None else None

    @property
    def too_many(self) -> list[int] | None:
        """Return by how many the number of persons is too high for pairs that linking could not find, with its interval."""
        said = [json.loads(text or "{}").get("persons_too_many") for text in self.clusters.column("parameters").unique().to_pylist()]
        return None if None in said else [sum(parts) for parts in zip(*said, strict=True)]

    @property
    def best(self) -> stage.CaptureTable:
        return self.draws[min(self.draws)]

    @property
    def versions(self) -> stage.Versions:
        """Return the posterior draws of the clustering; the best single one where there are no draws."""
        sampled = [draw for draw in self.draws if draw > 0] or list(self.draws)
        return {(draw, 0): {"": self.draws[draw]} for draw in sampled}


def step(context: Context) -> StepResult:
    """Estimate how many were killed, from the lists of victims and the draws of who is who."""
    persons, clusters = context.earlier("persons"), context.earlier("clusters")
    clusters = clusters.filter(pc.equal(clusters.column("entity"), "persons"))
    counted, skipped = _without_rejected(persons)
    notes: list[str] = []
    rows: list[dict[str, Any]] = []
    sets: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    victims = list(_by_territory(counted, clusters, notes))
    for number, one in enumerate(victims):
        context.progress(number, len(victims), one.label)
        inputs = _input_set(one)
        sets.append(inputs)
        found, why = _estimates(one, inputs["id"], context.run.seed)
        rows += found
        notes += why
        others += _sensitivities(one, inputs["id"])
    context.progress(len(victims), len(victims))
    found_rows = {"estimates": rows, "sensitivities": others, "input_sets": sets}
    return StepResult({name: tables.from_rows(name, content) for name, content in found_rows.items()}, skipped=skipped, notes=tuple(notes))


def _without_rejected(persons: pa.Table) -> tuple[pa.Table, dict[str, int]]:
    rejected = pc.fill_null(pc.equal(persons.column("status"), REJECTED), False)
    count = int(pc.sum(rejected).as_py() or 0)
    return persons.filter(pc.invert(rejected)), {"person records that were rejected": count} if count else {}


def _by_territory(persons: pa.Table, clusters: pa.Table, notes: list[str]) -> Sequence[_Victims]:
    """Split the records into the invented country's and each dataset's, with their clusterings."""
    found = []
    invented = pc.fill_null(persons.column("invented"), False)
    groups: list[tuple[str, str | None, bool, pa.Table]] = [("Selmora", INVENTED_COUNTRY, True, persons.filter(invented))]
    real = persons.filter(pc.invert(invented))
    for dataset in sorted(set(real.column("dataset").to_pylist())):
        groups.append((dataset, None, False, real.filter(pc.equal(real.column("dataset"), dataset))))
    for label, territory, is_invented, records in groups:
        if records.num_rows == 0:
            continue
        own = clusters.filter(pc.is_in(clusters.column("record_id"), value_set=records.column("id").combine_chunks()))
        if own.num_rows == 0:
            notes.append(f"{label}: {records.num_rows} records of people are not linked, so nobody is counted.")
            continue
        ids = records.column("id").to_pylist()
        lists = records.column("list").to_pylist()
        draws = {draw: stage.captures_from_clusters(lists, labels)[""] for draw, labels in stage.clusterings(own, ids).items()}
        found.append(_Victims(label, territory, is_invented, records, own, draws))
    return found


def _input_set(one: _Victims) -> dict[str, Any]:
    """Name what the estimates rest on: the best clustering's rows, and the files the records were read from."""
    first = min(one.draws)
    rows = one.clusters.filter(pc.equal(one.clusters.column("draw"), first)).column("id").to_pylist()
    items = [item_id(sha) for sha in sorted(set(one.records.column("item").to_pylist()))]
    about = {"lists": list(one.best.lists), "records": one.records.num_rows, "clusterings": len(one.draws), "rows of draw": first}
    return {
        "id": stable_id("set", "estimate", one.label, *rows, *items),
        "inputs": [*items, *rows],
        "method": "collect",
        "parameters": json.dumps(about),
        "label": f"{one.records.num_rows:,} records of {len(one.best.lists)} lists, and who is who among them",
        "size": one.records.num_rows,
    }


def _estimates(one: _Victims, inputs: str, seed: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the documented row and one row for each method and setting, and what readers should know."""
    rows: list[dict[str, Any]] = []
    estimates = []
    for method in METHODS:
        for pooled in stage.estimate_versions(one.versions, method, seed, os.cpu_count() or 1):
            estimates.append(pooled.estimate)
            rows.append(_row(one, inputs, pooled))
    recall = filter(None, [stage.about_recall(one.recall)])
    warnings = [*recall, *stage.warnings_about(one.best), *stage.warnings_between(estimates)]
    rows.insert(0, _documented_row(one, inputs, warnings, stage.spread(estimates)))
    return rows, [f"{one.label}: {warning}" for warning in warnings]


def _documented_row(one: _Victims, inputs: str, warnings: Sequence[str], spread: stage.Spread) -> dict[str, Any]:
    """Return the row of the documented number; its parameters hold what is said of all estimates together."""
    counts = np.array([table.documented for table in one.draws.values()])
    common = _common(one, inputs, "documented", "")
    if one.best.documented < SMALL_CELL:
        return {**common, "note": f"{RULE} So few people that no more is said of them."}
    note = f"{RULE} Over {len(counts)} clusterings between {counts.min():,} and {counts.max():,}."
    sizes = {
        name: size if size == 0 or size >= SMALL_CELL else None
        for name, size in zip(one.best.lists, one.best.list_sizes.tolist(), strict=True)
    }
    about = {"minimum": int(counts.min()), "maximum": int(counts.max()), "lists": sizes, "records": one.records.num_rows}
    about |= {"too_many": one.too_many}
    kinds = {"kinds": _kinds(one), "kinds_rule": stage.BREAKDOWN_RULE}
    together = {"warnings": list(warnings), "between_methods": spread.between_methods, "clusterings": len(one.versions)}
    parameters = json.dumps({**about, **kinds, **together}, ensure_ascii=False)
    return {**common, "parameters": parameters, "note": note}


def _kinds(one: _Victims) -> dict[str, list[dict[str, Any]]]:
    """Return how many people are of each kind in the best single clustering, with ranges and small numbers withheld."""
    best = one.clusters.filter(pc.equal(one.clusters.column("draw"), min(one.draws)))
    of = dict(zip(best.column("record_id").to_pylist(), best.column("cluster_id").to_pylist(), strict=True))
    persons = [of.get(record, record) for record in one.records.column("id").to_pylist()]
    said = {name: one.records.column(name).to_pylist() for name in ("status", "cause", "civilian_status", "sex")}
    said["age"] = [None if age is None else "adult" if age >= ADULT else "child" for age in one.records.column("age").to_pylist()]
    return {
        name: [asdict(kind) for kind in stage.break_down(persons, values, SMALL_CELL)]
        for name, values in said.items()
        if any(value is not None for value in values)
    }


def _sensitivities(one: _Victims, inputs: str) -> list[dict[str, Any]]:
    """Return the estimates under other assumptions, all from the best single clustering."""
    if stage.reason_to_refuse(one.best):
        return []
    kinds: dict[str, Mapping[str, stage.Estimate]] = {
        "left_out": stage.leave_one_out(one.best),
        "joined": stage.merged_lists(one.best),
        "prior": {e.settings: e for e in stage.prior_fan(one.best)},
    }
    return [_sensitivity(one, inputs, (kind, what), e) for kind, found in kinds.items() for what, e in found.items()]


def _sensitivity(one: _Victims, inputs: str, changed: tuple[str, str], e: stage.Estimate) -> dict[str, Any]:
    kind, what = changed
    parameters = json.dumps({"settings": e.settings, "clustering": "the best single one"})
    return {
        "id": stable_id("sen", inputs, kind, what, e.method, e.settings),
        "inputs": [inputs],
        "method": e.method,
        "parameters": parameters,
        "kind": kind,
        "what": what,
        "quantity": "killed",
        "territory": one.territory,
        "settings": e.settings,
        "documented": e.documented,
        "low": e.low,
        "median": e.median,
        "high": e.high,
        "level": e.level if e.refused is None else None,
        "refused": e.refused,
        "note": " ".join(e.notes) or None,
        "invented": one.invented,
    }


def _row(one: _Victims, inputs: str, pooled: stage.Pooled) -> dict[str, Any]:
    e, shares = pooled.estimate, pooled.shares
    return {
        **_common(one, inputs, e.method, e.settings),
        "low": e.low,
        "median": e.median,
        "high": e.high,
        "level": e.level,
        "converged": e.converged,
        "refused": e.refused,
        "share_linkage": shares.linkage if shares else None,
        "share_imputation": shares.imputation if shares else None,
        "share_model": shares.model if shares else None,
        "share_sampling": shares.sampling if shares else None,
        "note": " ".join(e.notes) or None,
    }


def _common(one: _Victims, inputs: str, method: str, settings: str) -> dict[str, Any]:
    dates = [day for day in one.records.column("date").to_pylist() if day is not None]
    parameters = {"settings": settings, "clusterings": len(one.versions)}
    return {
        "id": stable_id("est", inputs, "killed", method, settings),
        "inputs": [inputs],
        "method": method,
        "parameters": json.dumps(parameters),
        "quantity": "killed",
        "territory": one.territory,
        "period_from": min(dates, default=None),
        "period_to": max(dates, default=None),
        "settings": settings or None,
        "documented": one.best.documented,
        "candidate_recall": one.recall,
        "invented": one.invented,
    }
