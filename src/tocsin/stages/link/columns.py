"""Recognises by name what each column of a list says about a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from tocsin.model.errors import WrongUse

#: Role -> column names that mean it, in order of preference, in the form that `fold_header` gives: without capitals, accents and signs.
ROLES: Mapping[str, tuple[str, ...]] = {
    "record": (
        "unique_id",
        "rec_id",
        "record_id",
        "record",
        "id",
        "person_id",
        "record_no",
        "record_number",
        "case_id",
        "uid",
        "uuid",
        "رقم",
    ),
    "list": ("source_dataset", "list", "dataset", "source", "source_list", "list_name", "fuente", "المصدر"),
    "given": (
        *("first_name", "given_name", "fname_c1", "given", "forename", "nombre", "first", "firstname", "fname", "given_names"),
        *("first_names", "forenames", "prenom", "prenoms", "nombres", "primer_nombre", "nombre_1", "nombre1", "vorname"),
        *("الاسم_الاول", "اسم_الشخص"),
    ),
    "given2": ("fname_c2", "middle_name", "second_name", "nombre2", "nombre_2", "segundo_nombre", "middle", "middlename", "other_names"),
    "father": (
        *("father", "father_name", "fathers_name", "patronymic", "father_s_name", "name_of_father", "nom_du_pere", "prenom_du_pere"),
        *("nombre_del_padre", "اسم_الاب", "الاب"),
    ),
    "family": (
        *("surname", "family_name", "lname_c1", "family", "last_name", "apellido", "last", "lastname", "lname", "nom", "nom_de_famille"),
        *("familyname", "apellidos", "primer_apellido", "apellido_1", "apellido1", "nachname", "الكنيه", "اللقب", "العايله", "اسم_العايله"),
        "النسبه",
    ),
    "family2": ("lname_c2", "second_surname", "mother_surname", "apellido2", "apellido_2", "segundo_apellido"),
    "name": (
        *("full_name", "name", "fullname", "whole_name", "person_name", "victim_name", "name_of_victim", "nom_complet", "nombre_completo"),
        *("nom_et_prenom", "nom_et_prenoms", "nombres_y_apellidos", "الاسم_الكامل", "الاسم_الثلاثي", "اسم_الضحيه", "الاسم"),
    ),
    "born": (
        *("dob", "date_of_birth", "birth_date", "birthdate", "birthday", "dateofbirth", "d_o_b", "born", "date_birth"),
        *("date_de_naissance", "date_naissance", "ne_le", "fecha_nacimiento", "fecha_de_nacimiento", "geburtsdatum"),
        *("تاريخ_الولاده", "تاريخ_الميلاد"),
    ),
    "born_year": ("by", "birth_year", "year_of_birth", "yob", "birthyear", "born_year", "annee_de_naissance", "سنه_الولاده"),
    "born_month": ("bm", "birth_month"),
    "born_day": ("bd", "birth_day"),
    "died": (
        *("date_of_death", "death_date", "dod", "date", "incident_date", "date_death", "died", "date_killed", "date_of_incident"),
        *("event_date", "date_de_deces", "date_deces", "fecha_muerte", "fecha_de_muerte", "fecha_hecho", "fecha"),
        *("تاريخ_الوفاه", "تاريخ_الاستشهاد", "تاريخ_الحادثه", "التاريخ"),
    ),
    "died_precision": ("date_precision",),
    "age": ("age", "age_years", "age_at_death", "edad", "العمر"),
    "sex": ("sex", "gender", "sexe", "sexo", "genre", "genero", "geschlecht", "الجنس"),
    "place": (
        *("city", "suburb", "birth_place", "town", "place", "location", "village", "municipality", "locality", "place_of_birth"),
        *("birthplace", "ville", "lieu", "lieu_de_naissance", "commune", "ciudad", "municipio", "lugar", "lugar_de_nacimiento"),
        *("المدينه", "المكان", "البلده", "القريه", "مكان_الولاده"),
    ),
    "region": (
        *("governorate", "province", "region", "state", "admin_code", "department", "district", "county", "departement"),
        *("departamento", "provincia", "المحافظه", "الولايه"),
    ),
    "postcode": ("postcode", "postcode_fake", "zip", "zipcode", "postal_code", "zip_code", "code_postal"),
    "email": ("email", "email_address", "e_mail"),
    "number": (
        *("soc_sec_id", "national_id", "passport", "id_number", "national_number", "passport_number", "ssn", "cedula", "dni"),
        "الرقم_الوطني",
    ),
    "address": ("address", "address_1", "street", "adresse", "direccion", "العنوان"),
    "house": ("street_number", "house_number"),
    "occupation": ("occupation", "profession", "job", "ocupacion", "profesion", "metier", "المهنه"),
}

#: Roles that compare persons; at least one name or two others are needed to link at all.
FEATURES = tuple(r for r in ROLES if r not in ("record", "list", "died_precision"))


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Letters that Arabic headers write now one way, now the other.
_ARABIC = str.maketrans("ةىآأإ", "هيااا")


def fold_header(name: str) -> str:
    """Return a column name in the form in which two ways to write it are equal.

    >>> [fold_header(name) for name in ("First Name", "firstName", "Prénom", "تاريخ الولادة")]
    ['first_name', 'first_name', 'prenom', 'تاريخ_الولاده']
    """
    plain = unicodedata.normalize("NFKD", _CAMEL.sub("_", name.strip()).translate(_ARABIC))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", "_", kept).strip("_")


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
    folded = {fold_header(n): n for n in reversed(at_hand.values())}
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
        for name in known:
            if name in folded and folded[name] not in taken:
                chosen[role] = folded[name]
                break
    return _settled(chosen)


def _settled(chosen: dict[str, str]) -> dict[str, str]:
    """Return the roles without what says the same twice; a whole name beside a surname is the given name."""
    if "name" in chosen and "family" in chosen and "given" not in chosen:
        chosen = {("given" if role == "name" else role): column for role, column in chosen.items()}
    if "family" in chosen and not {"given", "name"} & set(chosen) and fold_header(chosen["family"]) == "nom":
        chosen = {("name" if role == "family" else role): column for role, column in chosen.items()}
    if "born" in chosen:
        chosen = {role: column for role, column in chosen.items() if role not in ("born_year", "born_month", "born_day")}
    return chosen
