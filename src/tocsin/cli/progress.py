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


@contextmanager
def progress_bar(name: str) -> Iterator[Progress]:
    """Show one bar while the block runs, and give what it is told by."""
    with progress_bars(transient=True) as bar:
        yield bar(name, None)
