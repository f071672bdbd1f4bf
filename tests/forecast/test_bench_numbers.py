"""The last table of a bench says of each number whether it is held, and counts those that are not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def numbers():
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from bench import numbers as found

    return found


def test_a_missed_number_stands_out_and_one_that_nobody_asked_for_is_not_judged(numbers, capsys):
    rows = [
        numbers.at_least("recall", "0.265", 0.265, 0.353),
        numbers.at_most("ratio", "-", 0.93, 0.95),
        numbers.within("expected / observed", "1.60", (0.8, 1.25), 1.2501),
        numbers.Number("share", "-", "printed", "0.5", None),
    ]
    numbers.print_numbers("Goal and measured", rows)
    said = {line.split("  ")[0]: line.split()[-1] for line in capsys.readouterr().out.splitlines() if line}
    assert said["recall"] == "held"
    assert said["ratio"] == said["expected / observed"] == "MISSED"
    assert said["share"] == "judged" and said["1 of 3 held"] == "held"


@pytest.mark.parametrize(("measured", "held"), [(0.93, True), (0.9300001, False)])
def test_a_goal_is_held_by_the_number_itself_and_not_by_how_it_is_printed(numbers, measured, held):
    assert numbers.at_most("ratio", "-", 0.93, measured).held is held
