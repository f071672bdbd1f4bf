"""Names narrow blocking rules of three or four parts, for sets in which broad rules would cost too much."""

from __future__ import annotations

from tocsin.stages.link.blocking import Rule

#: Word -> what it is called, the field it needs, and its keys.
_WORDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "names": ("given and family name", "name_key", ("{t}.name_key",)),
    "given": ("given name", "given_key", ("{t}.given_key",)),
    "given2": ("opening of given name", "given_key", ("left({t}.given_key, 2)",)),
    "father": ("father's name", "father_key", ("{t}.father_key",)),
    "father2": ("opening of father's name", "father_key", ("left({t}.father_key, 2)",)),
    "family": ("family name", "only_key", ("{t}.only_key",)),
    "family2": ("opening of family name", "family_key", ("left({t}.family_key, 2)",)),
    "family3": ("opening of family name", "family_key", ("left({t}.family_key, 3)",)),
    "died": ("date of death", "died_text", ("{t}.died_text",)),
    "died_month": ("month of death", "died_year", ("{t}.died_year", "{t}.died_month")),
    "born": ("date of birth", "born_text", ("{t}.born_text",)),
    "born_month": ("month of birth", "born_year", ("{t}.born_year", "{t}.born_month")),
    "born_year": ("year of birth", "born_year", ("{t}.born_year",)),
    "region": ("region", "region", ("{t}.region",)),
    "place": ("place", "place", ("{t}.place",)),
    "postcode": ("postcode", "postcode", ("{t}.postcode",)),
    "age": ("age", "age", ("{t}.age",)),
    "sex": ("sex", "sex", ("{t}.sex",)),
}

_RULES = (
    "names died", "names born", "names died_month", "names born_year", "names region", "names place", "names age", "names postcode",
    "given died region", "given died place", "given father died", "given father born", "given father died_month region",
    "given father place", "given father born_year", "given age region died_month", "given place born_year", "given region born_month",
    "father died place", "father died region", "father region born_month", "family father region", "family father died_month",
    "family father born_year", "family place died_month", "family region born_year", "family age region", "family age died_month",
    "died region sex age", "born sex place", "born sex region", "born postcode", "given2 family2 died", "given2 family2 born",
    "given2 family2 died_month region", "given2 family2 born_month", "given2 family3 died_month", "given2 family3 born_year",
    "given2 family3 region", "given2 family2 place", "given2 family2 postcode", "given2 family3 father2", "given2 died place",
    "given2 father died", "given2 father died_month region", "family3 died", "family2 died region", "family3 born", "family2 born region",
    "family3 died_month region", "family2 father died", "given father family2 died_month", "given father family2 region",
    "given father family2", "father family2 region died_month", "family2 place died_month", "family2 place born_year",
)  # fmt: skip


def _compound(words: str) -> Rule:
    parts = [_WORDS[word] for word in words.split()]
    return Rule(
        ", ".join(name for name, _, _ in parts), tuple(need for _, need, _ in parts), tuple(key for *_, keys in parts for key in keys)
    )


COMPOUNDS: tuple[Rule, ...] = tuple(_compound(words) for words in _RULES)
