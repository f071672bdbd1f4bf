"""Runs the link stage on a workspace: the persons of each group of lists, the copies of texts, and accounts of one event."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.flow.context import Context, StepResult
from tocsin.flow.copies import link_texts
from tocsin.flow.judged import settled
from tocsin.flow.same_events import link_event_rows
from tocsin.flow.stated_copies import stated_copies
from tocsin.model import tables
from tocsin.model.errors import BadInput
from tocsin.stages import link
from tocsin.storage import connect_engine

#: What the columns of table `persons` say.
ROLES = {
    "record": "id", "list": "list", "given": "given", "father": "father", "family": "family", "name": "name", "died": "date",
    "died_precision": "date_precision", "place": "place", "region": "admin_code", "sex": "sex", "age": "age",
}  # fmt: skip
THREADS = 2


def step(context: Context) -> StepResult:
    """Return pairs and clusters of persons, documents and events; lists of one dataset are linked among themselves."""
    persons = context.earlier("persons")
    judgements = _judgements(context, "person")
    pairs, clusters, notes, skipped = [], [], [], {}
    groups = sorted(set(persons.column("dataset").to_pylist()))
    for place, group in enumerate(groups):
        rows = persons.filter(pc.equal(persons.column("dataset"), group))
        context.progress(place, len(groups), group)
        stated, unknown = stated_copies(rows, [(left, right) for left, right, _ in judgements])
        skipped.update({f"{group}: {reason}": count for reason, count in unknown.items()})
        said = [*judgements, *stated]
        try:
            linked = link.link_persons(rows, _roles(rows), connect_engine(context.run.engine, THREADS), _options(context), said)
        except BadInput as refusal:
            skipped[f"persons of {group}: {refusal.what}"] = rows.num_rows
            continue
        pairs.append(link.pairs_table(linked))
        clusters.append(link.clusters_table(linked))
        notes += [f"{group}: {note}" for note in (*linked.notes, *filter(None, [linked.recall.warning]))]
        notes.append(f"{group}: candidate recall about {linked.recall.value:.3f} ({linked.recall.low:.3f} to {linked.recall.high:.3f})")
        for reason, count in linked.skipped.items():
            if not reason.startswith("judgements on records"):
                skipped[f"{group}: {reason}"] = count
    context.progress(len(groups), len(groups))
    documents, left_out = link_texts(context, _judgements(context, "document"))
    same_pairs, same_clusters, remarks = link_event_rows(context, _judgements(context, "event"))
    content = {
        "pairs": tables.concat("pairs", [*pairs, documents.pairs, same_pairs]),
        "clusters": tables.concat("clusters", [*clusters, documents.clusters, same_clusters]),
    }
    return StepResult(content, {}, {**skipped, **left_out}, (*notes, *remarks))


def _options(context: Context) -> link.Options:
    return link.Options(draws=20, seed=context.run.seed, threads=THREADS)


def _roles(rows: pa.Table) -> dict[str, str]:
    """Return the roles whose columns hold something."""
    return {role: column for role, column in ROLES.items() if rows.column(column).null_count < rows.num_rows}


def _judgements(context: Context, entity: str) -> list[tuple[str, str, str]]:
    table = context.records.get("judgements")
    if table is None:
        return []
    rows = [row for row in table.to_pylist() if row["entity"] in (entity, f"{entity}s")]
    return [(left, right, said) for (left, right), said in settled(rows).items()]
