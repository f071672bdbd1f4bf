"""Takes the whole history out of one database and puts it into an empty one, with the same ids, times and hashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tocsin.model.errors import BadInput, Refused
from tocsin.records.append_only import AppendOnly
from tocsin.records.history import plain
from tocsin.records.models import HISTORY, AuditEntry, Citation
from tocsin.records.verification import broken_links, end_of_chain

#: In this order, so that a row comes after the rows that it refers to.
MODELS: tuple[type[AppendOnly], ...] = (*HISTORY, AuditEntry, Citation)
BY_NAME: Mapping[str, type[AppendOnly]] = {str(model._meta.model_name): model for model in MODELS}


def rows_out() -> Iterator[dict[str, Any]]:
    """Yield every row of history as plain values, with the name of its model."""
    for name, model in BY_NAME.items():
        for row in model.objects.order_by("pk").iterator():
            yield {"model": name, "row": {field.attname: plain(getattr(row, field.attname)) for field in model._meta.concrete_fields}}


def rows_in(rows: Iterable[Mapping[str, Any]], end: str) -> int:
    """Add rows to an empty history, all or none, and return how many audit entries there are.

    Args:
        rows: what `rows_out` gave.
        end: the hash at the end of the chain that was taken out.

    Raises:
        Refused: this history is not empty.
        BadInput: a row does not fit, or the chain is not whole or ends elsewhere.
    """
    if AuditEntry.objects.exists():
        raise Refused("records are here already", "records", "an empty database", f"{AuditEntry.objects.count()} audit entries")
    with transaction.atomic():
        for number, one in enumerate(rows, start=1):
            _insert(number, one)
        broken = next(broken_links(), None)
        count, found = end_of_chain()
        if broken or found != end:
            got = broken or f"an end of {found[:16]}"
            raise BadInput("the chain of these records is not whole", "records", f"an end of {end[:16]}", got, "Export them again.")
    return count


def _insert(number: int, one: Mapping[str, Any]) -> None:
    model = BY_NAME.get(str(one.get("model")))
    values = one.get("row")
    names = {field.attname for field in model._meta.concrete_fields} if model else set()
    if model is None or not isinstance(values, Mapping) or set(values) != names:
        raise BadInput("not a row of records", f"row {number}", ", ".join(BY_NAME), str(one.get("model"))[:40])
    try:
        fields = {field.attname: field.to_python(values[field.attname]) for field in model._meta.concrete_fields}
        model(**fields).insert()
    except (ValidationError, TypeError, ValueError) as error:
        raise BadInput("a row does not fit", f"row {number}", f"a row of {one['model']}", type(error).__name__) from error
