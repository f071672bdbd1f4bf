"""Invented persons' names: common given names, joined to families that were put together from letters.

No family here is a real one, so that no combination names a person who lives or lived.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.datasets.selmora.dice import Dice

MEN = (
    "m u H a m: a d", "A H m a d", "3 a l ii", "H a s a n", "H u s a y n", "m a H m uu d", "kh aa l i d", "3 u m a r", "y uu s u f",
    "I b r aa h ii m", "m u S T a f Y", "S aa l i H", "k a r ii m", "s a l ii m", "j a m aa l", "n aa S i r", "T aa r i q",
    "f aa r i s", "z a y d", "H aa m i d", "m aa j i d", "r aa m ii", "s aa m ii", "b aa s i m", "b a sh ii r", "w a l ii d",
    "n a b ii l", "m u n ii r", "a n w a r", "r a sh ii d", "s a 3 ii d", "j aa b i r", "m a n S uu r", "sh aa k i r", "f aa D i l",
    "q aa s i m", "m uu s Y", "3 ii s Y", "y a H y Y", "z a k a r i y: aa", "l u q m aa n", "I d r ii s", "3 i m aa d", "h i sh aa m",
    "3 aa d i l", "f u W aa d", "j a w aa d", "r i D aa",
)  # fmt: skip
WOMEN = (
    "f aa T i m ah", "3 aa E i sh ah", "m a r y a m", "z a y n a b", "kh a d ii j ah", "A m ii n ah", "s a l m Y", "l a y l Y",
    "h u d Y", "s u 3 aa d", "n uu r", "r ii m", "h i n d", "j a m ii l ah", "k a r ii m ah", "s a m ii r ah", "n aa d i y ah",
    "r a j aa x", "s a n aa x", "w a f aa x", "h a n aa x", "l u b n Y", "y aa s m ii n", "s a w s a n", "b u sh r Y", "d a l aa l",
    "gh aa d ah", "m u n Y", "r a b aa b", "sh a y m aa x", "t a h aa n ii", "3 a b ii r",
)  # fmt: skip
_CONSONANTS = ("b", "t", "j", "H", "kh", "d", "r", "z", "s", "sh", "S", "T", "gh", "f", "q", "k", "l", "m", "n", "w", "y")
_PATTERNS = (
    "{0} a {1} {2} uu {3}",
    "{0} i {1} {2} aa {3}",
    "{0} a {1}: aa {2} {3} ii",
    "{0} u {1} {2} aa {3} ii",
    "{0} a {1} {2} a {3} aa n ii",
)
FAMILIES = 240


@dataclass(frozen=True)
class Name:
    """Holds a person's name in sounds; `article` says that the family takes al-."""

    given: str
    father: str
    family: str
    article: bool


def families() -> tuple[tuple[str, bool], ...]:
    """Return the families of Selmora, the same for every seed, and whether each takes the article."""
    dice = Dice(0, "families")
    found: dict[str, bool] = {}
    while len(found) < FAMILIES:
        letters = [dice.pick(_CONSONANTS) for _ in range(4)]
        if len(set(letters)) == 4:
            found.setdefault(dice.pick(_PATTERNS).format(*letters), dice.chance(0.5))
    return tuple(found.items())


class Register:
    """Gives out names, each at most once, so that two victims can be told apart by their whole names."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._families = dice.shuffled(families())
        self._given: set[tuple[str, str, str]] = set()

    def household(self) -> tuple[str, str, bool]:
        """Return the father's name and the family of one household."""
        family, article = self._dice.pick_early(self._families)
        return self._dice.pick_early(MEN), family, article

    def name(self, sex: str, household: tuple[str, str, bool]) -> Name:
        """Return a new name in the household, or in another where it has none left."""
        for _ in range(200):
            father, family, article = household
            given = self._dice.pick_early(WOMEN if sex == "f" else MEN)
            if given != father and (given, father, family) not in self._given:
                self._given.add((given, father, family))
                return Name(given, father, family, article)
            household = self.household()
        raise ValueError("more persons than names")
