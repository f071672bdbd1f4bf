"""Recognises by name what each column of a list of victims holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.model.headers import PERSON_COLUMNS, find_column, whole_name

#: Role here -> role under which the names of its columns are known to linking as well.
_SHARED = {
    **{role: role for role in ("record", "list", "name", "given", "given2", "father", "family", "family2")},
    **{"date": "died", "place": "place", "admin_code": "region", "sex": "sex", "age": "age"},
}
#: Role -> names of columns that mean it, in order of preference, in the form that `fold_header` gives.
ROLES: Mapping[str, tuple[str, ...]] = {
    **{role: PERSON_COLUMNS[known] for role, known in _SHARED.items()},
    "territory": ("territory", "country", "pays", "pais"),
    "status": ("status",),
    "cause": ("cause", "cause_of_death", "type_of_death"),
    "civilian_status": ("civilian_status", "civilian", "victim_status"),
    "duplicate_of": ("duplicate_of", "same_as"),
    "consent": ("consent", "consent_to_name", "name_consent", "consentement", "consentimiento"),
}
NAMED = ("name", "given", "family")


def recognise(header: Sequence[str], mapping: Mapping[str, str], where: str) -> dict[str, str]:
    """Return role -> column for a header.

    Args:
        header: the columns of the file.
        mapping: role -> column; these win over what is recognised by name.
        where: the file, for messages.

    Raises:
        BadInput: the mapping names an unknown role or a column that is not there.
        DatasetChanged: no column can hold a name, or none the date.
    """
    for role, column in mapping.items():
        if role not in ROLES:
            raise BadInput("the mapping names an unknown role", "mapping.yml", ", ".join(ROLES), role[:40], "Correct mapping.yml.")
        if column not in header:
            raise BadInput(
                "the mapping names a column that is not there", where, ", ".join(header)[:200], column[:40], "Correct mapping.yml."
            )
    chosen = dict(mapping)
    for role, names in ROLES.items():
        if role not in chosen:
            found = find_column(names, [column for column in header if column not in chosen.values()])
            if found is not None:
                chosen[role] = found
    chosen = whole_name(chosen)
    if not any(role in chosen for role in NAMED) or "date" not in chosen:
        lacking = "date" if any(role in chosen for role in NAMED) else "name"
        raise DatasetChanged(
            f'column "{lacking}" is missing',
            where,
            "record, name (or given, father, family), date, place, sex, age",
            ", ".join(header)[:200],
            "Rename the column, or add mapping.yml to the folder with a line such as: date: day_of_death",
        )
    return chosen
