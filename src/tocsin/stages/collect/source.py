"""One file as a crawler sees it: its name, its hash and its bytes, read as UTF-8 or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from tocsin.model.errors import BadInput

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class SourceFile:
    """Holds one file of a collection. `available_at` is None where the rows themselves say when they became known."""

    name: str
    sha256: str
    data: bytes = field(repr=False)
    available_at: dt.date | None = None
    received_at: dt.datetime | None = None

    @classmethod
    def of(cls, name: str, data: bytes, available_at: dt.date | None = None, received_at: dt.datetime | None = None) -> SourceFile:
        """Return the file `name` with the hash of `data`."""
        return cls(name, hashlib.sha256(data).hexdigest(), data, available_at, received_at)

    def text(self) -> str:
        """Return the file as text; a byte order mark is accepted and dropped.

        Raises:
            BadInput: it is empty, or not UTF-8; the message names the first wrong byte.
        """
        body = self.data.removeprefix(_BOM)
        if not body.strip():
            raise BadInput("the file is empty", self.name, "text", f"{len(self.data)} bytes", "Get the file again from its publisher.")
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            position = error.start + len(self.data) - len(body)
            cut = error.end == len(body) and "unexpected end" in error.reason
            raise BadInput(
                "the file ends in the middle of a character: it may be cut short" if cut else "the file is not UTF-8",
                self.name,
                "UTF-8",
                f"byte 0x{self.data[position]:02x} at position {position}",
                "Get the file again." if cut else "Save it as UTF-8, then try again. In a spreadsheet: Save as, CSV UTF-8.",
            ) from error
