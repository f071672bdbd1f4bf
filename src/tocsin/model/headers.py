"""Names that columns of lists of persons go by, in several languages, and the form in which two ways to write one are equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

#: Role -> column names that mean it, in order of preference, in the form that `fold_header` gives: without capitals, accents and signs.
PERSON_COLUMNS: Mapping[str, tuple[str, ...]] = {
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
        *("identifiant", "identificador", "matricule", "serial", "numero", "no", "n"),
    ),
    "list": ("source_dataset", "list", "dataset", "source", "source_list", "list_name", "fuente", "المصدر"),
    "given": (
        *("first_name", "given_name", "fname_c1", "given", "forename", "nombre", "first", "firstname", "fname", "given_names"),
        *("first_names", "forenames", "prenom", "prenoms", "prenom_s", "nombres", "primer_nombre", "nombre_1", "nombre1", "vorname"),
        *("الاسم_الاول", "اسم_الشخص"),
    ),
    "given2": ("fname_c2", "middle_name", "second_name", "nombre2", "nombre_2", "segundo_nombre", "middle", "middlename", "other_names"),
    "father": (
        *("father", "father_name", "fathers_name", "patronymic", "father_s_name", "name_of_father", "nom_du_pere", "prenom_du_pere"),
        *("nombre_del_padre", "اسم_الاب", "الاب"),
    ),
    "family": (
        *("surname", "family_name", "lname_c1", "family", "last_name", "apellido", "last", "lastname", "lname", "nom_de_famille", "nom"),
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
        *("event_date", "date_de_deces", "date_de_mort", "date_de_la_mort", "decede_le", "mort_le", "date_de_l_incident"),
        *("date_de_l_evenement", "fecha_muerte", "fecha_de_muerte", "fecha_hecho", "fecha"),
        *("تاريخ_الوفاه", "تاريخ_الاستشهاد", "تاريخ_الحادثه", "التاريخ"),
    ),
    "died_precision": ("date_precision",),
    "age": ("age", "age_years", "age_at_death", "age_au_deces", "edad", "العمر"),
    "sex": ("sex", "gender", "sexe", "sexo", "genre", "genero", "geschlecht", "الجنس"),
    "place": (
        *(
            "place_of_death",
            "lieu_de_deces",
            "lieu_de_mort",
            "lugar_de_muerte",
            "city",
            "suburb",
            "birth_place",
            "town",
            "place",
            "location",
            "village",
        ),
        *(
            "municipality",
            "locality",
            "place_of_birth",
            "birthplace",
            "ville",
            "lieu",
            "localite",
            "lieu_de_naissance",
            "commune",
            "ciudad",
            "municipio",
            "lugar",
            "lugar_de_nacimiento",
        ),
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

#: Little words that stand in some headers and not in others: Date du décès, date_deces.
_LITTLE = frozenset(("a", "au", "d", "de", "del", "des", "du", "el", "l", "la", "le", "of", "the"))
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


def find_column(known: Sequence[str], columns: Sequence[str]) -> str | None:
    """Return the first of `columns` that has one of the `known` names, most preferred name first; None where none has.

    A name is found as it is; where none is, little words such as *of* and *du* are ignored.

    >>> find_column(("date_of_death", "date_de_deces"), ["Nom", "Date du décès"])
    'Date du décès'
    """
    for form in (fold_header, bare_header):
        at_hand = {form(column): column for column in reversed(columns)}
        for name in known:
            if form(name) in at_hand:
                return at_hand[form(name)]
    return None


def bare_header(name: str) -> str:
    """Return a column name without capitals, accents, signs and little words.

    >>> bare_header("Lieu du décès"), bare_header("place_of_death")
    ('lieu_deces', 'place_death')
    """
    parts = fold_header(name).split("_")
    return "_".join(part for part in parts if part not in _LITTLE) or "_".join(parts)


def whole_name(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return role -> column where a whole name beside a surname is the given name, and a lone French `nom` the whole name.

    >>> whole_name({"name": "Name", "family": "Surname"})
    {'given': 'Name', 'family': 'Surname'}
    """
    if "name" in chosen and "family" in chosen and "given" not in chosen:
        return {("given" if role == "name" else role): column for role, column in chosen.items()}
    if "family" in chosen and not {"given", "name"} & set(chosen) and fold_header(chosen["family"]) == "nom":
        return {("name" if role == "family" else role): column for role, column in chosen.items()}
    return dict(chosen)
