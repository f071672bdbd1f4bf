"""Writes one spoken name in Arabic script and in several romanisations.

A name is a row of sounds parted by spaces, such as `m u H a m: a d`. A colon doubles a consonant, which
Arabic script does not write; short vowels are not written either. Each sound has several Latin spellings,
the most usual first: an office keeps mostly to its own habit, and strays from it now and then.
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.datasets.selmora.dice import Dice

SOUNDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "b": ("ب", ("b",)), "t": ("ت", ("t",)), "th": ("ث", ("th", "t")), "j": ("ج", ("j", "g", "dj")),
    "H": ("ح", ("h",)), "kh": ("خ", ("kh", "k")), "d": ("د", ("d",)), "dh": ("ذ", ("dh", "z")),
    "r": ("ر", ("r",)), "z": ("ز", ("z",)), "s": ("س", ("s", "ss")), "sh": ("ش", ("sh", "ch")),
    "S": ("ص", ("s",)), "D": ("ض", ("d",)), "T": ("ط", ("t",)), "3": ("ع", ("", "'")),
    "gh": ("غ", ("gh", "g")), "f": ("ف", ("f",)), "q": ("ق", ("q", "k")), "k": ("ك", ("k",)),
    "l": ("ل", ("l",)), "m": ("م", ("m",)), "n": ("ن", ("n",)), "h": ("\u0647", ("h",)),
    "w": ("و", ("w", "ou")), "y": ("ي", ("y", "i")), "aa": ("\u0627", ("a", "aa")), "ii": ("ي", ("i", "ee")),
    "uu": ("و", ("u", "ou", "oo")), "a": ("", ("a", "e")), "i": ("", ("i", "e")), "u": ("", ("u", "o", "ou")),
    "ah": ("ة", ("a", "ah")), "A": ("أ", ("a",)), "I": ("إ", ("i",)), "U": ("أ", ("u", "o")), "Y": ("ى", ("a",)),
    "E": ("ئ", ("", "'")), "W": ("ؤ", ("", "'")), "x": ("ء", ("", "'")),
}  # fmt: skip


def arabic(sounds: str) -> str:
    """Return the name in Arabic script.

    >>> arabic("m u H a m: a d")
    'محمد'
    """
    return "".join(SOUNDS[sound.rstrip(":")][0] for sound in sounds.split())


class Romanisation:
    """Writes names in Latin letters the way one office does."""

    def __init__(self, habit: Mapping[str, str], stray: float) -> None:
        """Choose the habit.

        Args:
            habit: sound -> its spelling, where it is not the most usual one.
            stray: how often a sound is spelt another way than the habit.
        """
        self.habit = habit
        self.stray = stray

    def write(self, sounds: str, dice: Dice) -> str:
        """Return the name with a capital letter."""
        letters = []
        for sound in sounds.split():
            spellings = SOUNDS[sound.rstrip(":")][1]
            usual = self.habit.get(sound.rstrip(":"), spellings[0])
            chosen = dice.pick(spellings) if dice.chance(self.stray) else usual
            letters.append(chosen * 2 if sound.endswith(":") and len(chosen) == 1 and not dice.chance(self.stray) else chosen)
        written = "".join(letters)
        return written[:1].upper() + written[1:] if written[:1] != "'" else "'" + written[1:].capitalize()


def plain(sounds: str) -> str:
    """Return the name in its most usual Latin spelling, as maps and reports write it.

    >>> plain("m u H a m: a d")
    'Muhammad'
    """
    return Romanisation({}, 0.0).write(sounds, Dice(0))
