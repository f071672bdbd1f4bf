"""Recognises by name what each column of a list says about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.model.errors import WrongUse

#: Role -> column names that mean it, in order of preference. Names are compared stripped and in lower case.
ROLES: Mapping[str, tuple[str, ...]] = {
    "record": ("unique_id", "rec_id", "record_id", "record", "id"),
    "list": ("source_dataset", "list", "dataset", "source"),
    "given": ("first_name", "given_name", "fname_c1", "given", "forename", "nombre"),
    "given2": ("fname_c2", "middle_name", "second_name", "nombre2"),
    "father": ("father", "father_name", "fathers_name", "patronymic"),
    "family": ("surname", "family_name", "lname_c1", "family", "last_name", "apellido"),
    "family2": ("lname_c2", "second_surname", "mother_surname", "apellido2"),
    "name": ("full_name", "name"),
    "born": ("dob", "date_of_birth", "birth_date", "birthdate"),
    "born_year": ("by", "birth_year", "year_of_birth"),
    "born_month": ("bm", "birth_month"),
    "born_day": ("bd", "birth_day"),
    "died": ("date_of_death", "death_date", "dod", "date", "incident_date"),
    "died_precision": ("date_precision",),
    "age": ("age",),
    "sex": ("sex", "gender"),
    "place": ("city", "suburb", "birth_place", "town", "place", "location"),
    "region": ("governorate", "province", "region", "state", "admin_code", "department"),
    "postcode": ("postcode", "postcode_fake", "zip", "zipcode"),
    "email": ("email", "email_address"),
    "number": ("soc_sec_id", "national_id", "passport", "id_number"),
    "address": ("address", "address_1", "street"),
    "house": ("street_number", "house_number"),
    "occupation": ("occupation", "profession"),
}

#: Roles that compare persons; at least one name or two others are needed to link at all.
FEATURES = tuple(r for r in ROLES if r not in ("record", "list", "died_precision"))


def recognise(names: Sequence[str], overrides: Mapping[str, str] | None = None, never: Sequence[str] = ()) -> dict[str, str]:
    """Return role -> column for the columns called `names`.

    Args:
        names: the header; spaces around a name are ignored.
        overrides: role -> column, which win; an empty column name switches a role off.
        never: columns that may not be used for anything (the truth).

    Raises:
        WrongUse: an override names an unknown role or a column that is not there.

    >>> recognise(["rec_id", " given_name", " surname", " date_of_birth"])
    {'record': 'rec_id', 'given': ' given_name', 'family': ' surname', 'born': ' date_of_birth'}
    """
    blocked = {n.strip().lower() for n in never}
    at_hand = {n.strip().lower(): n for n in names if n.strip().lower() not in blocked}
    chosen: dict[str, str] = {}
    overrides = overrides or {}
    for role, column in overrides.items():
        if role not in ROLES:
            raise WrongUse("no column role has this name", "--columns", ", ".join(ROLES), role)
        if column and column.strip().lower() not in at_hand:
            raise WrongUse("a column named in --columns is not in the file", f"--columns {role}={column}", ", ".join(at_hand), column)
    taken = {column.strip().lower() for column in overrides.values()}
    for role, known in ROLES.items():
        if role in overrides:
            if overrides[role]:
                chosen[role] = at_hand[overrides[role].strip().lower()]
            continue
        for name in known:
            if name in at_hand and name not in taken:
                chosen[role] = at_hand[name]
                break
    if "born" in chosen:
        chosen = {role: column for role, column in chosen.items() if role not in ("born_year", "born_month", "born_day")}
    return chosen
