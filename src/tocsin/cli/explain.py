"""`tocsin explain`: from any output back to the files, and forward to what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, finished_run, out, print_json

if TYPE_CHECKING:
    from tocsin.flow.explain import Explanation, Node, People


def explain(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Any id from a page, a JSON output or a CSV; or the SHA-256 of a file.")],
    as_json: JsonOption = False,
) -> None:
    """Follow a number back to the files it rests on, and forward to what was done with it."""
    from tocsin.flow.explain import explain as follow
    from tocsin.flow.index import SnapshotIndex

    found = follow(SnapshotIndex(finished_run()), identifier, _people())
    if as_json:
        print_json(found.as_dict())
        return
    _print(found)


def _people() -> People:
    """Return what people wrote in this workspace; nobody, and no Django, where nobody has written yet."""
    from tocsin.cli.django import ready, records_exist
    from tocsin.flow.explain import NOBODY

    if not records_exist():
        return NOBODY
    ready()
    from tocsin.flow.people import Desk

    return Desk()


def _print(found: Explanation) -> None:
    out.print(f"{found.value or ''}  {found.label}".strip(), markup=False)
    out.print(f"{found.kind} {found.id}, run {found.run}", markup=False)
    out.print("\nRests on", markup=False)
    for child in found.tree.children:
        _print_node(child, 1)
    if found.tree.left_out:
        out.print(f"  and {found.tree.left_out:,} more", markup=False)
    for part in (found.why or {}).get("inputs", [])[:5]:
        out.print(f"  moved by {part['input']}: {part['log_odds']:+.2f} in log-odds", markup=False)
    if found.why:
        out.print(f"  All reasons: tocsin forecast why {found.id}", markup=False)
    out.print("\nPreserved files", markup=False)
    for file in found.files:
        where = file.locator or (f"{file.rows:,} places" if file.rows > 1 else "whole file")
        out.print(f"  {file.sha256}  {file.name}  ({where})", markup=False)
    out.print("\nUsed by" if found.used_by else "\nUsed by nothing yet", markup=False)
    for use in found.used_by:
        out.print(f"  {use.id}  {use.label}", markup=False)
    if found.used_by_total > len(found.used_by):
        out.print(f"  and {found.used_by_total - len(found.used_by):,} more", markup=False)


def _print_node(node: Node, level: int) -> None:
    value = f"  {node.value}" if node.value else ""
    place = f"  [{node.locator}]" if node.locator else ""
    out.print(f"{'  ' * level}{node.id}  {node.label}{value}{place}", markup=False)
    for child in node.children:
        _print_node(child, level + 1)
    if node.left_out:
        out.print(f"{'  ' * (level + 1)}and {node.left_out:,} more", markup=False)
