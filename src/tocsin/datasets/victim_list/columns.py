"""Recognises by name what each column of a list of victims holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.model.errors import BadInput, DatasetChanged

#: Role -> names of columns that mean it, in order of preference.
ROLES: Mapping[str, tuple[str, ...]] = {
    "record": ("record", "unique_id", "rec_id", "record_id", "id", "serial"),
    "list": ("list", "source_dataset", "source", "dataset"),
    "name": ("name", "full_name"),
    "given": ("given", "first_name", "given_name", "forename", "fname_c1"),
    "father": ("father", "father_name", "fathers_name", "patronymic"),
    "family": ("family", "surname", "family_name", "last_name", "lname_c1"),
    "date": ("date", "date_of_death", "death_date", "dod", "incident_date"),
    "place": ("place", "place_of_death", "city", "town", "location"),
    "admin_code": ("admin_code", "governorate", "province", "region", "department"),
    "territory": ("territory", "country"),
    "sex": ("sex", "gender"),
    "age": ("age", "age_at_death"),
    "status": ("status",),
    "cause": ("cause", "cause_of_death", "type_of_death"),
    "civilian_status": ("civilian_status", "civilian", "victim_status"),
    "duplicate_of": ("duplicate_of", "same_as"),
    "consent": ("consent", "consent_to_name", "name_consent"),
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
    by_name = {column.strip().lower(): column for column in header}
    for role, names in ROLES.items():
        if role not in chosen:
            found = next((by_name[n] for n in names if n in by_name and by_name[n] not in chosen.values()), None)
            if found is not None:
                chosen[role] = found
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
