"""What every public page stands in: the newest run of the workspace, the navigation, the languages."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tocsin.flow.read import Published, Shelf, read_records, read_stamp

#: The languages a reader may choose, each in its own words.
OWN_NAMES = (("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية"))


@cache
def shelf(home: Path) -> Shelf:
    """Return the shelf of a workspace: one for each process."""
    return Shelf(home, read_records, read_stamp)


def published() -> Published | None:
    """Return the newest run of this workspace."""
    return shelf(Path(settings.HOME)).newest()


def frame(request: HttpRequest, found: Published | None, name: str, alone: str = "") -> dict[str, Any]:
    """Return what every page needs: its name in the navigation, the run, the languages, and numbers for its cards."""
    return {
        "page": name,
        "run": found.run if found else "",
        "as_of": found.as_of if found else None,
        "today": timezone.localdate(),
        "own_names": OWN_NAMES,
        "here": request.get_full_path(),
        "print_block": alone,
        "numbers": itertools.count(1),
    }
