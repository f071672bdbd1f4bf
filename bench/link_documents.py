"""Measures the search for copies on texts made by a seeded generator: `python -m bench.link_documents`.

Each tenth text has a copy that was disturbed in a known way: printed by another outlet with a new head, some words
changed, cut to two thirds, or quoted whole in a text four times as long. The truth is which text each was made from.
"""

from __future__ import annotations

import random
import time

from tocsin.stages.link.documents import Text, link_documents

SIZES = (500, 5_000)
WORDS = 250


def texts(size: int, seed: int) -> tuple[list[Text], dict[str, str], dict[str, str]]:
    """Return texts, the original of each copy, and how the copy was disturbed."""
    dice = random.Random(seed)  # noqa: S311  a benchmark draws the same sample each time
    vocabulary = [
        f"{a}{b}{c}" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o") for c in ("l", "n", "r", "s", "ta", "ko", "mi", "du")
    ]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    found, origin, ways = [], {}, {}
    for number in range(size):
        words = dice.choices(vocabulary, weights, k=WORDS)
        found.append(Text(f"a{number:06d}", " ".join(words), outlet="A"))
        if number % 10 == 0:
            way = ("head", "words", "cut", "quoted")[(number // 10) % 4]
            copy = Text(f"b{number:06d}", " ".join(_disturbed(words, way, vocabulary, dice)), outlet="B")
            found.append(copy)
            origin[copy.id], ways[copy.id] = f"a{number:06d}", way
    return found, origin, ways


def _disturbed(words: list[str], way: str, vocabulary: list[str], dice: random.Random) -> list[str]:
    if way == "head":
        return [*dice.choices(vocabulary, k=12), *words]
    if way == "words":
        return [dice.choice(vocabulary) if dice.random() < 0.05 else word for word in words]
    if way == "cut":
        return words[: len(words) * 2 // 3]
    return [*dice.choices(vocabulary, k=2 * WORDS), *words, *dice.choices(vocabulary, k=WORDS)]


def main() -> None:
    """Print the table."""
    print("copies of texts, found by way in which they were disturbed; false pairs; seconds")
    for size in SIZES:
        found, origin, ways = texts(size, 7)
        started = time.perf_counter()
        linked = link_documents(found)
        seconds = time.perf_counter() - started
        pairs = {(p.left, p.right) for p in linked.found}
        true = {(original, copy) for copy, original in origin.items()}
        shares = []
        for way in ("head", "words", "cut", "quoted"):
            of_way = [pair for pair in true if ways[pair[1]] == way]
            shares.append(f"{way} {sum(pair in pairs for pair in of_way) / len(of_way):.3f}")
        print(f"{len(found):>7,} texts  {'  '.join(shares)}  false {len(pairs - true)}  {seconds:.1f} s")


if __name__ == "__main__":
    main()
