"""The names that may be published: with consent, verified, and contradicted by no other record of the person."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.model.casualties import CONSENT_GIVEN, CONSENT_REFUSED, VERIFIED

#: What leaves of a person: the name and the day, with the list that holds the consent. No place, sex or age.
COLUMNS = ("id", "list", "name", "date", "date_precision", "invented")


def named(persons: pa.Table, clusters: pa.Table) -> pa.Table:
    """Return one row for each record whose name may be published.

    The record is verified and says that consent was given; and none of the records that the best single answer takes for
    the same person says that it was refused. Nobody asked is no consent.

    Args:
        persons: the table `persons`.
        clusters: the table `clusters`; of each entity and draw.
    """
    best = clusters.filter(pc.and_(pc.equal(clusters.column("entity"), "persons"), pc.equal(clusters.column("draw"), 0)))
    person = dict(zip(best.column("record_id").to_pylist(), best.column("cluster_id").to_pylist(), strict=True))
    said = zip(persons.column("id").to_pylist(), persons.column("consent").to_pylist(), strict=True)
    refused = {person.get(record, record) for record, consent in said if consent == CONSENT_REFUSED}
    agreed = persons.filter(
        pc.and_(
            pc.fill_null(pc.equal(persons.column("consent"), CONSENT_GIVEN), False),
            pc.and_(pc.fill_null(pc.equal(persons.column("status"), VERIFIED), False), pc.is_valid(persons.column("name"))),
        )
    )
    free = [person.get(record, record) not in refused for record in agreed.column("id").to_pylist()]
    return agreed.filter(pa.array(free, pa.bool_())).select(COLUMNS)
