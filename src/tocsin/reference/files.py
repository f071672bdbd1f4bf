"""Reads the files that ship in this room."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
from pathlib import Path
from typing import Any

import yaml

from tocsin.model.errors import BadInput, NotFound

_DATA = Path(__file__).parent / "data"
#: The fast loader of PyYAML where libyaml is there, its own otherwise; both refuse anything but plain values.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def data_path(name: str) -> Path:
    """Return the path of a bundled file.

    Raises:
        NotFound: no such file ships.
    """
    path = _DATA / name
    if Path(name).name != name or not path.is_file():
        present = ", ".join(sorted(p.name for p in _DATA.iterdir()))
        raise NotFound("no such file ships with Tocsin", "tocsin.reference", present, name, "Use one of the names listed.")
    return path


def read_text(name: str) -> str:
    """Return the text of a bundled file; one that ends in .gz is unpacked."""
    path = data_path(name)
    return gzip.decompress(path.read_bytes()).decode("utf-8") if path.suffix == ".gz" else path.read_text("utf-8")


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a bundled CSV file, each value as text."""
    return list(csv.DictReader(io.StringIO(read_text(name), newline="")))


def read_yaml(name: str) -> Any:
    """Return the content of a bundled YAML file."""
    return yaml.load(read_text(name), Loader=_LOADER)  # noqa: S506 - a safe loader, chosen above


def date_or_none(text: str, where: str) -> dt.date | None:
    """Return a day, None for an empty cell.

    Raises:
        BadInput: the text is neither.
    """
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("a date can't be read", where, "YYYY-MM-DD or nothing", text[:20], "Correct the bundled file.") from error


def number_or_none(text: str) -> int | None:
    """Return a whole number, None for an empty cell."""
    return int(text) if text else None
