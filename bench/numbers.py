"""The last table of a bench: each number that was asked for, with its goal, what was measured, and whether it is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTHS = (62, 16, 18, 28)


@dataclass(frozen=True)
class Number:
    """Holds one number as it is shown; `held` is None where nothing was asked of it."""

    title: str
    published: str
    goal: str
    measured: str
    held: bool | None


def at_least(title: str, published: str, goal: float, measured: float, place: str = ".3f") -> Number:
    """Return a number that must reach its goal."""
    return Number(title, published, f">= {goal:{place}}", f"{measured:{place}}", measured >= goal)


def at_most(title: str, published: str, goal: float, measured: float, place: str = ".3f") -> Number:
    """Return a number that must not exceed its goal."""
    return Number(title, published, f"<= {goal:{place}}", f"{measured:{place}}", measured <= goal)


def within(title: str, published: str, goal: tuple[float, float], measured: float, place: str = ".2f") -> Number:
    """Return a number that must lie between two others."""
    low, high = goal
    return Number(title, published, f"{low:{place}} to {high:{place}}", f"{measured:{place}}", low <= measured <= high)


def print_numbers(title: str, numbers: Sequence[Number]) -> None:
    """Print one line a number; a missed one says so in capitals, so that it is not overlooked."""
    print(f"\n{title}")
    print("".join(f"{name:{width}}" for name, width in zip(("", "published", "goal", "measured"), WIDTHS, strict=True)))
    for one in numbers:
        cells = "".join(f"{cell:{width}}" for cell, width in zip((one.title, one.published, one.goal, one.measured), WIDTHS, strict=True))
        print(cells + {True: "held", False: "MISSED", None: "not judged"}[one.held])
    judged = [one.held for one in numbers if one.held is not None]
    print(f"{sum(judged)} of {len(judged)} held")
