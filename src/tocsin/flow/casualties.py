"""Answers how many: documented and estimated apart, every method beside the others, with what the answer hangs on."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.flow.list_files import ListFiles
from tocsin.model.errors import WrongUse
from tocsin.model.ids import stable_id
from tocsin.stages import estimate as stage
from tocsin.storage import write_bytes, write_json

Estimate = stage.Estimate


@dataclass(frozen=True)
class MethodAnswer:
    """Holds one row of the answer: an estimate or a refusal, where its variance comes from, and how long it took."""

    id: str
    pooled: stage.Pooled
    seconds: float


@dataclass(frozen=True)
class Casualties:
    """Holds the whole answer about one set of lists.

    `documented` counts by `rule`; `minimum` is the least over all clusterings and imputations. `recall` is the share of
    true pairs that linking could find, `too_many` by how many `documented` is too high for those it could not. `structural`
    says why these lists can support no estimate at all, whatever the method.
    """

    documented: int
    minimum: int
    rule: str
    recall: float | None
    rows: tuple[MethodAnswer, ...]
    spread: stage.Spread
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    sizes: Mapping[str, int]
    fan: tuple[stage.Estimate, ...]
    without: Mapping[str, stage.Estimate]
    merged: Mapping[str, stage.Estimate]
    clusterings: int
    imputations: int
    structural: str | None
    too_many: tuple[int, int, int] | None = None


def methods_named(text: str) -> tuple[str, ...]:
    """Return the methods that `--method` names: one, several with commas, or all."""
    if text == "all":
        return tuple(stage.METHODS)
    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [name for name in chosen if name not in stage.METHODS]
    if unknown or not chosen:
        raise WrongUse("no such method", "--method", f"all, {', '.join(stage.METHODS)}", text[:40])
    return chosen


def count_casualties(files: ListFiles, methods: Sequence[str], *, seed: int, workers: int = 1, deep: bool = True) -> Casualties:
    """Put every method to the lists; with `deep`, also the fan of priors, each list left out, each two joined."""
    rows = []
    digests = sorted(t.digest() for strata in files.versions.values() for t in strata.values())
    for method in methods:
        started = time.perf_counter()
        pooled = stage.estimate_versions(files.versions, method, seed, workers)
        seconds = time.perf_counter() - started
        for one in pooled:
            identifier = stable_id("est", method, one.estimate.settings, seed, *digests)
            rows.append(MethodAnswer(identifier, one, round(seconds / len(pooled), 3)))
    return _gather(files, rows, deep=deep)


def _gather(files: ListFiles, rows: Sequence[MethodAnswer], *, deep: bool) -> Casualties:
    estimates = [row.pooled.estimate for row in rows]
    methods = {e.method for e in estimates}
    whole = stage.whole(files.versions[min(files.versions)])
    why = stage.reason_to_refuse(whole)
    able = why is None
    counted = [sum(t.documented for t in strata.values()) for strata in files.versions.values()]
    documented = estimates[0].documented if files.documented is None else files.documented
    recall = stage.about_recall(files.recall)
    return Casualties(
        documented=documented,
        minimum=min(documented, *counted),
        rule=files.rule,
        recall=files.recall,
        rows=tuple(rows),
        spread=stage.spread(estimates),
        warnings=(*filter(None, [recall]), *stage.warnings_about(whole), *stage.warnings_between(estimates)),
        notes=files.notes,
        sizes={name: int(size) for name, size in zip(whole.lists, whole.list_sizes, strict=True)},
        fan=tuple(stage.prior_fan(whole)) if able and (deep or "dga" in methods) else (),
        without=stage.leave_one_out(whole) if able and deep else {},
        merged=stage.merged_lists(whole) if able and deep else {},
        clusterings=len({draw for draw, _ in files.versions}),
        imputations=len({imputation for _, imputation in files.versions}),
        structural=why,
        too_many=files.too_many,
    )


def count_with_pairs(files: ListFiles, text: str) -> Casualties:
    """Fit one log-linear model, with exactly the effects of two lists that `--pairs` names, or say why it can't be.

    Raises:
        WrongUse: the text names no pairs of lists.
    """
    whole = stage.whole(files.versions[min(files.versions)])
    pairs = []
    for part in (p.strip() for p in text.split(",") if p.strip()):
        names = tuple(name.strip() for name in part.split(":"))
        if len(names) != 2 or names[0] == names[1] or not set(names) <= set(whole.lists):
            raise WrongUse("not a pair of lists", "--pairs", "A:B,A:C with names of lists", part[:40])
        pairs.append((names[0], names[1]))
    started = time.perf_counter()
    found = stage.with_pairs(whole, pairs)
    seconds = round(time.perf_counter() - started, 3)
    row = MethodAnswer(stable_id("est", "pairs", text, whole.digest()), stage.Pooled(found, None), seconds)
    return _gather(files, [row], deep=False)


def write_report(answer: Casualties, folder: Path, *, title: str) -> list[Path]:
    """Write the one-page report as HTML and PDF and the answer as JSON into `folder`; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    page, pdf, data = (folder / f"estimate.{kind}" for kind in ("html", "pdf", "json"))
    content = as_json(answer)
    write_bytes(page, stage.report_page(content, title).encode())
    write_bytes(pdf, stage.report_pdf(content, title))
    write_json(data, content)
    return [page, pdf, data]


def as_json(answer: Casualties) -> dict[str, Any]:
    """Return the answer with the stable keys of DESIGN section 6; what does not apply is null."""
    low = rows_too_low(answer)
    return {
        "documented": answer.documented,
        "documented_minimum": answer.minimum,
        "documented_rule": answer.rule,
        "documented_too_high": None if answer.too_many is None else dict(zip(("value", "low", "high"), answer.too_many, strict=True)),
        "documented_note": documented_note(answer),
        "candidate_recall": answer.recall,
        "main": _main(answer),
        "estimates": [_row(row, row in low) for row in answer.rows],
        "spread": {
            "low": answer.spread.low,
            "high": answer.spread.high,
            "interval_low": answer.spread.interval_low,
            "interval_high": answer.spread.interval_high,
            "between_methods": answer.spread.between_methods,
        },
        "warnings": list(answer.warnings),
        "notes": list(answer.notes),
        "lists": [{"name": name, "size": size} for name, size in answer.sizes.items()],
        "fan": [_short(e) for e in answer.fan],
        "leave_one_out": [{"left_out": name, **_short(e)} for name, e in answer.without.items()],
        "merged_lists": [{"joined": name, **_short(e)} for name, e in answer.merged.items()],
        "clusterings": answer.clusterings,
        "imputations": answer.imputations,
    }


def documented_note(answer: Casualties) -> str | None:
    """Return by how many the documented number is too high for pairs that linking could not find; None where that is nobody."""
    return stage.about_too_many(answer.too_many)


def main_row(answer: Casualties) -> MethodAnswer | None:
    """Return the estimate to name first, chosen by a rule that never looks at the numbers; None where none gave one."""
    first = stage.main_estimate([row.pooled.estimate for row in answer.rows])
    return next((row for row in answer.rows if row.pooled.estimate is first), None) if first else None


def rows_too_low(answer: Casualties) -> list[MethodAnswer]:
    """Return the rows that a lower bound clearly exceeds."""
    low = stage.probably_too_low([row.pooled.estimate for row in answer.rows])
    return [row for row in answer.rows if any(row.pooled.estimate is e for e in low)]


def bounds(row: MethodAnswer) -> bool:
    """Return True where a row is a lower bound and no estimate."""
    return row.pooled.estimate.method in stage.BOUNDS


def _main(answer: Casualties) -> str | None:
    found = main_row(answer)
    return found.id if found else None


def _row(row: MethodAnswer, too_low: bool) -> dict[str, Any]:
    shares = row.pooled.shares
    return {
        "id": row.id,
        **_short(row.pooled.estimate),
        "seconds": row.seconds,
        "bound": bounds(row),
        "probably_too_low": too_low,
        "shares": None
        if shares is None
        else {"linkage": shares.linkage, "imputation": shares.imputation, "model": shares.model, "sampling": shares.sampling},
        "strata": [{"stratum": name, "documented": e.documented, **_short(e)} for name, e in row.pooled.by_stratum.items()] or None,
    }


def _short(estimate: stage.Estimate) -> dict[str, Any]:
    return {
        "method": estimate.method,
        "settings": estimate.settings,
        "median": estimate.median,
        "low": estimate.low,
        "high": estimate.high,
        "level": estimate.level,
        "converged": estimate.converged,
        "refused": estimate.refused,
        "details": dict(estimate.details) or None,
        "notes": list(estimate.notes),
    }
