"""Links the events of a run: accounts of several datasets, or of several observers in one, that tell of the same thing."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tocsin.flow.context import Context
from tocsin.model import tables
from tocsin.stages.link.events import Account, Tolerances, link_events

#: From so many accounts on, those that lie near none of another dataset are left out before pairs are looked for.
MANY = 20_000


def link_event_rows(context: Context, judgements: Sequence[tuple[str, str, str]]) -> tuple[pa.Table, pa.Table, tuple[str, ...]]:
    """Return pairs, clusters and notes; invented and real events are never compared."""
    rows = context.earlier("events").to_pylist()
    pairs, clusters, notes = [], [], []
    for invented in (False, True):
        accounts = [account_of(row) for row in rows if bool(row["invented"]) is invented]
        if len({one.dataset for one in accounts}) < 2:
            continue
        if len(accounts) > MANY:
            accounts = near_others(accounts, Tolerances().days, {ident for left, right, _ in judgements for ident in (left, right)})
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


def near_others(accounts: Sequence[Account], days: int, judged: Collection[str]) -> list[Account]:
    """Return the accounts that lie within `days` of one from another dataset, or were judged: no other can be compared.

    One that does not say when is near everything.
    """
    told: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in accounts:
        told[one.dataset].append(
            (one.days[0].toordinal() - days, one.days[1].toordinal() + days) if one.days else (0, dt.date.max.toordinal())
        )
    spans = {name: _merged([span for other, found in told.items() if other != name for span in found]) for name in told}
    return [one for one in accounts if one.id in judged or one.days is None or _touches(one, spans[one.dataset])]


def _merged(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Return starts and ends of the spans, those that overlap made one."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _touches(one: Account, spans: tuple[list[int], list[int]]) -> bool:
    if one.days is None:
        return True
    starts, ends = spans
    place = bisect_right(starts, one.days[1].toordinal())
    return place > 0 and ends[place - 1] >= one.days[0].toordinal()


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
