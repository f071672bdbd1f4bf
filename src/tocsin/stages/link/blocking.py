"""Chooses blocking rules from an explicit list, by which fields there are and how many pairs each rule brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tocsin.model.errors import BadInput

#: Below this many records every pair is compared, and nothing can be missed by blocking.
ALL_PAIRS_UP_TO = 1500
#: How many candidate pairs a record may bring on average.
PAIRS_PER_RECORD = 45
#: So many candidate pairs are always bearable.
BEARABLE_PAIRS = 2_000_000
#: In sets whose pairs are scarce, no rule may take more than this share: one broad rule would crowd out the narrow ones, which miss less.
LARGEST_SHARE = 0.4


@dataclass(frozen=True)
class Rule:
    """Names one blocking rule: pairs of records that agree on all `keys` (SQL over one record) are candidates."""

    name: str
    needs: tuple[str, ...]
    keys: tuple[str, ...]

    def sql(self) -> str:
        """Return the rule as a join condition between the records `l` and `r`."""
        return " AND ".join(f"{_on(key, 'l')} = {_on(key, 'r')}" for key in self.keys)


def _on(key: str, side: str) -> str:
    return key.replace("{t}", side)


def _rule(name: str, needs: Sequence[str], *keys: str) -> Rule:
    return Rule(name, tuple(needs), tuple(keys or [f"{{t}}.{need}" for need in needs]))


#: Candidates from the most telling to the broadest; a rule is left out where its fields are missing or where it would bring too many pairs.
CANDIDATES: tuple[Rule, ...] = (
    _rule("number", ["number"]),
    _rule("email", ["email"]),
    _rule("given and family name, in any order", ["name_key"]),
    _rule("family name and date of death", ["only_key", "died_text"]),
    _rule("given name and date of death", ["given_key", "died_text"]),
    _rule("family name and date of birth", ["only_key", "born_text"]),
    _rule("given name and date of birth", ["given_key", "born_text"]),
    _rule("date of birth and postcode", ["born_text", "postcode"]),
    _rule("given name and postcode", ["given_key", "postcode"]),
    _rule("family name and postcode", ["only_key", "postcode"]),
    _rule("family name, region and month of death", ["only_key", "region", "died_year", "died_month"]),
    _rule("given name, place and month of death", ["given_key", "place", "died_year", "died_month"]),
    _rule("father's name, place and month of death", ["father_key", "place", "died_year", "died_month"]),
    _rule("given and father's name, month of death", ["given_key", "father_key", "died_year", "died_month"]),
    _rule("family and father's name", ["only_key", "father_key"]),
    _rule("date of birth and place", ["born_text", "place"]),
    _rule("given and father's name", ["given_key", "father_key"]),
    _rule("date of birth", ["born_text"]),
    _rule("given name, place and year of birth", ["given_key", "place", "born_year"]),
    _rule("family name, place and year of birth", ["only_key", "place", "born_year"]),
    _rule("date of death and place", ["died_text", "place"]),
    _rule("family name and place", ["only_key", "place"]),
    _rule("given name and place", ["given_key", "place"]),
    _rule("openings of given and family name", ["given", "family"], "left({t}.given, 3)", "left({t}.family, 4)"),
    _rule("opening of family name and year of birth", ["family", "born_year"], "left({t}.family, 3)", "{t}.born_year"),
    _rule("given name and region", ["given_key", "region"]),
    _rule("date of death", ["died_text"]),
    _rule("postcode", ["postcode"]),
    _rule("address", ["address"]),
    _rule("family name", ["only_key"]),
    _rule("place and year of birth", ["place", "born_year"]),
    _rule("given name", ["given_key"]),
)

ALL_PAIRS = Rule("every pair", (), ("1",))


@dataclass(frozen=True)
class Blocking:
    """Holds the chosen rules with the number of pairs each brings, and the candidates left out with the reason."""

    rules: tuple[Rule, ...]
    pairs: tuple[int, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def complete(self) -> bool:
        """Return True where every pair is compared."""
        return self.rules == (ALL_PAIRS,)


def scarce(records: int) -> bool:
    """Return whether there are so many records that the pairs which rules may bring are scarce."""
    return PAIRS_PER_RECORD * records > BEARABLE_PAIRS


def choose(count: int, fields: frozenset[str], brought: Callable[[Sequence[Rule]], list[int]]) -> Blocking:
    """Return the blocking rules for `count` records: all that the fields allow, as long as the pairs that rules bring stay bearable.

    `brought` says how many pairs each rule would bring.
    """
    if count <= ALL_PAIRS_UP_TO:
        return Blocking((ALL_PAIRS,), (count * (count - 1) // 2,), ())
    chosen: list[Rule] = []
    pairs: list[int] = []
    left_out: list[tuple[str, str]] = []
    budget = max(PAIRS_PER_RECORD * count, BEARABLE_PAIRS)
    largest = LARGEST_SHARE * budget if budget > BEARABLE_PAIRS else budget
    for rule in CANDIDATES:
        if not possible(rule, fields):
            left_out.append((rule.name, "a field is missing"))
            continue
        (brings,) = brought([rule])
        if brings == 0 or brings > largest or sum(pairs) + brings > budget:
            left_out.append((rule.name, f"brings {brings:,} pairs"))
            continue
        chosen.append(rule)
        pairs.append(brings)
    if not chosen:
        raise BadInput(
            "no blocking rule is possible: every field that could find candidates is missing or the same for too many records",
            f"{count:,} records",
            f"a rule that brings at most {budget:,} pairs",
            "; ".join(f"{name} {why}" for name, why in left_out if why.startswith("brings")) or "none",
            "Add a field that tells the records apart, such as a date or a place.",
        )
    return Blocking(tuple(chosen), tuple(pairs), tuple(left_out))


def possible(rule: Rule, fields: frozenset[str]) -> bool:
    """Return whether the fields that a rule needs are there."""
    return all(
        need in fields or need.removesuffix("_key") in fields or (need == "name_key" and {"given", "family"} <= fields)
        for need in rule.needs
    )
