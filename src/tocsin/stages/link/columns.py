"""Recognises by name what each column of a list says about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.model.errors import WrongUse
from tocsin.model.headers import PERSON_COLUMNS, find_column, whole_name

#: Role -> column names that mean it, in order of preference.
ROLES = PERSON_COLUMNS
#: Roles that compare persons; at least one name or two others are needed to link at all.
FEATURES = tuple(r for r in ROLES if r not in ("record", "list", "died_precision"))


def recognise(names: Sequence[str], overrides: Mapping[str, str] | None = None, never: Sequence[str] = ()) -> dict[str, str]:
    """Return role -> column for the columns called `names`.

    Args:
        names: the header; capitals, accents, spaces and signs of a name are ignored.
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
    taken = {at_hand[column.strip().lower()] for column in overrides.values() if column}
    for role, known in ROLES.items():
        if role in overrides:
            if overrides[role]:
                chosen[role] = at_hand[overrides[role].strip().lower()]
            continue
        found = find_column(known, [n for n in at_hand.values() if n not in taken])
        if found is not None:
            chosen[role] = found
    return _settled(chosen)


def _settled(chosen: dict[str, str]) -> dict[str, str]:
    """Return the roles without what says the same twice."""
    chosen = whole_name(chosen)
    if "born" in chosen:
        chosen = {role: column for role, column in chosen.items() if role not in ("born_year", "born_month", "born_day")}
    return chosen
