"""Selmora, the country that does not exist: persons, incidents, lists and texts for trying everything without harm.

- `generate(seed, size)`: every file by name; the truth lies under `truth/` and is never collected.
- `true_counts(seed, size)`: how many died, how many stand on a list, how long each list is.
- `true_persons(seed, size)`: which person each record is about.
"""

from tocsin.datasets.selmora.generator import SEED, TrueCounts, generate, true_counts, true_persons

__all__ = ["SEED", "TrueCounts", "generate", "true_counts", "true_persons"]
