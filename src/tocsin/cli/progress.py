"""Progress bars of long commands, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.cli.common import err

if TYPE_CHECKING:
    from tocsin.flow.context import Progress


@contextmanager
def progress_bars(transient: bool = False) -> Iterator[Callable[[str, int | None], Progress]]:
    """Show bars while the block runs; what it gives makes a bar of a name and a total, and returns what that bar is told by."""
    if not err.is_terminal or err.is_dumb_terminal:
        yield _in_lines
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<10}"), BarColumn(), TextColumn("{task.fields[label]}"), TimeElapsedColumn())
    with Bars(*columns, console=err, transient=transient) as bars:

        def bar(name: str, total: int | None) -> Progress:
            task = bars.add_task(name, total=total, label="" if total else "reading")

            def report(done: int, total: int, label: str = "") -> None:
                bars.update(task, completed=done, total=total, label=label)

            return report

        yield bar


def _in_lines(name: str, total: int | None) -> Progress:
    """Say what is begun where no bar can be drawn, such as in a log, and each tenth of what can be counted."""
    err.print(f"{name} ...", markup=False)
    told = 0

    def report(done: int, total: int, label: str = "") -> None:
        nonlocal told
        tenth = 10 * done // total if total else 0
        if total > 1 and tenth > told:
            told = tenth
            err.print(f"{name} {10 * tenth}%{f', {label}' if label else ''}", markup=False)

    return report


@contextmanager
def progress_bar(name: str) -> Iterator[Progress]:
    """Show one bar while the block runs, and give what it is told by."""
    with progress_bars(transient=True) as bar:
        yield bar(name, None)
