"""Errors that say what happened, where, what was expected, what was found and what to do.

Values stay attributes, so that a page, the command line and the API can each print them
in their own way. No message ever carries a person's name, a coordinate or a token.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class TocsinError(Exception):
    """Stops a record or a run with one message that a reader can act on.

    Args:
        what: what happened, as a short sentence without a final stop.
        where: the file, table, column, row or setting concerned.
        expected: what would have been right.
        got: what was found instead, shortened; never a person's data.
        todo: what the reader can do next.
    """

    what: str
    where: str = ""
    expected: str = ""
    got: str = ""
    todo: str = ""

    exit_code = 1

    def __str__(self) -> str:
        head = f"{type(self).__name__}: {self.where}: {self.what}." if self.where else f"{type(self).__name__}: {self.what}."
        lines = [head]
        if self.expected or self.got:
            lines.append(f"Expected: {self.expected or '(nothing in particular)'}. Got: {self.got or '(nothing)'}.")
        if self.todo:
            lines.append(self.todo)
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str]:
        """Return the one JSON shape of every error: the five parts and the kind."""
        return {
            "error": type(self).__name__,
            "what": self.what,
            "where": self.where,
            "expected": self.expected,
            "got": self.got,
            "todo": self.todo,
        }


class WrongUse(TocsinError):
    """Says that the command or call was wrong, not the data (exit code 2)."""

    exit_code = 2


class BadInput(TocsinError):
    """Says that a file or a record that was handed in can't be used as it is."""


class DatasetChanged(BadInput):
    """Says that a feed no longer looks as its manifest says it should."""


class TableMismatch(TocsinError):
    """Says that a stage returned a table which is not what its contract promises."""


class WorkspaceProblem(TocsinError):
    """Says that the workspace is missing, newer than this version, or damaged."""


class NotPermitted(TocsinError):
    """Says that this person may not do this."""


class Refused(TocsinError):
    """Says that a check of an action, or of the release gate, did not pass."""


class NotFound(TocsinError):
    """Says that nothing has this id."""
