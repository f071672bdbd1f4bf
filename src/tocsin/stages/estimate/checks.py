"""What has to be true of lists before any of the methods may say a number."""

from __future__ import annotations

from tocsin.stages.estimate.capture import CaptureTable

#: A list inside another is put down to chance while the chance of it is above this.
NESTED_BY_CHANCE = 0.05
#: Up to this many pairs of lists without a common person are named one by one.
FEW = 4


def reason_to_refuse(table: CaptureTable) -> str | None:
    """Return why these lists can't support any estimate, in plain words; None where they may.

    Empty lists count as no list. A list that lies wholly inside another adds no second look at anyone, so it
    counts as one with the other: the estimate would rest on the copying of one list into the other.
    """
    if table.documented == 0:
        return "No person is on any list, so there is nothing to count."
    used = lists_in_use(table)
    if len(used.lists) < 3:
        return f"Only {len(used.lists)} of the lists name anyone; with fewer than 3 lists nothing can tell copying from chance."
    if int(used.counts[used.times_seen >= 2].sum()) == 0:
        return "No person is on two lists; without any overlap the number of people nobody recorded can be anything."
    inside = nested_lists(used)
    if len(used.lists) - len({inner for inner, _ in inside}) < 3 and inside:
        inner, outer = inside[0]
        return (
            f"Everyone on list {inner} is also on list {outer}, so {inner} gives no second look at anyone, "
            "and fewer than 3 lists are left. Join the two lists, or find another one."
        )
    for name, size in zip(used.lists, used.list_sizes, strict=True):
        if size == used.documented:
            return f"List {name} names everyone who is on any list, so the other lists say nothing about who is missing."
    return None


def warnings_about(table: CaptureTable) -> list[str]:
    """Return what readers must know of these lists before they use any estimate from them."""
    found = []
    used = lists_in_use(table)
    empty = [name for name in table.lists if name not in used.lists]
    if len(empty) > FEW:
        found.append(f"{len(empty)} lists name nobody and were left out: {', '.join(empty)}.")
    else:
        found += [f"List {name} names nobody and was left out." for name in empty]
    inside = nested_lists(used)
    if len(inside) > FEW:
        inner = ", ".join(dict.fromkeys(name for name, _ in inside))
        found.append(f"Everyone on each of these lists is also on another, so that it may be copied: {inner}.")
    else:
        found += [f"Everyone on list {inner} is also on list {outer}: the one may be copied from the other." for inner, outer in inside]
    apart = empty_overlaps(used)
    if len(apart) > FEW:
        pairs = len(used.lists) * (len(used.lists) - 1) // 2
        found.append(f"{len(apart)} of {pairs} pairs of lists have nobody in common; what both of a pair miss rests on the model alone.")
    else:
        found += [f"No person is on both {a} and {b}; what is missed by both rests on the model alone." for a, b in apart]
    return found


def nested_lists(table: CaptureTable) -> list[tuple[str, str]]:
    """Return pairs (inner, outer) where everyone on `inner` is on `outer`, and chance is no likely reason."""
    overlaps, sizes, n = table.overlaps, table.list_sizes, table.documented
    found = []
    for i, inner in enumerate(table.lists):
        for j, outer in enumerate(table.lists):
            same = i != j and 0 < sizes[i] == overlaps[i, j]
            twice = sizes[i] == sizes[j] and j < i  # equal lists are named once
            if same and not twice and (float(sizes[j]) / n) ** float(sizes[i]) < NESTED_BY_CHANCE:
                found.append((inner, outer))
    return found


def empty_overlaps(table: CaptureTable) -> list[tuple[str, str]]:
    """Return pairs of lists that have nobody in common."""
    overlaps = table.overlaps
    lists = range(len(table.lists))
    return [(table.lists[i], table.lists[j]) for i in lists for j in lists if i < j and overlaps[i, j] == 0]


def lists_in_use(table: CaptureTable) -> CaptureTable:
    """Return the table without the lists that name nobody."""
    for name, size in zip(table.lists, table.list_sizes, strict=True):
        if size == 0:
            return lists_in_use(table.without(name))
    return table
