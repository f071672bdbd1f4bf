"""Links the events of a run: accounts of several datasets, or of several observers in one, that tell of the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from tocsin.flow.context import Context
from tocsin.model import tables
from tocsin.stages.link.events import Account, link_events


def link_event_rows(context: Context, judgements: Sequence[tuple[str, str, str]]) -> tuple[pa.Table, pa.Table, tuple[str, ...]]:
    """Return pairs, clusters and notes; invented and real events are never compared."""
    rows = context.earlier("events").to_pylist()
    pairs, clusters, notes = [], [], []
    for invented in (False, True):
        accounts = [account_of(row) for row in rows if bool(row["invented"]) is invented]
        if len({one.dataset for one in accounts}) < 2:
            continue
        linked = link_events(accounts, judgements=judgements)
        pairs.append(linked.pairs())
        clusters.append(linked.clusters())
        conflicts = sum(m.conflict is not None and (m.left, m.right) in linked.joined for m in linked.matches)
        told_again = sum(len(group) - 1 for group in linked.groups)
        what = "invented events" if invented else "events"
        notes.append(
            f"{what}: {len(accounts):,} accounts tell of about {len(accounts) - told_again:,} events; {conflicts:,} pairs give conflicting counts"
        )
    return tables.concat("pairs", pairs), tables.concat("clusters", clusters), tuple(notes)


def account_of(row: Mapping[str, Any]) -> Account:
    """Return a row of table `events` as an account; an observer who is named counts as a dataset of their own."""
    return Account(
        id=row["id"],
        dataset=f"{row['dataset']}: {row['said_by']}" if row["said_by"] else row["dataset"],
        first=row["date_from"],
        last=row["date_to"],
        precision=row["date_precision"] or "day",
        territory=row["territory"],
        admin=row["admin_code"],
        place=row["place"],
        longitude=row["longitude"],
        latitude=row["latitude"],
        place_precision=row["place_precision"],
        actors=tuple(row["actors"] or ()),
        acts=tuple(row["acts"] or ()),
        low=row["low"],
        best=row["best"],
        high=row["high"],
    )
