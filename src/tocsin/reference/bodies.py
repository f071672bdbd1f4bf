"""Which regional body a warning about a territory is drafted to."""

from __future__ import annotations

from functools import cache

from tocsin.reference.files import read_rows
from tocsin.reference.territories import territory

#: Who is addressed where no regional body is listed.
UNITED_NATIONS = "United Nations Security Council"


@cache
def _bodies() -> dict[str, str]:
    return {code: row["body"] for row in read_rows("regional_bodies.csv") for code in row["territories"].split(";")}


def regional_body(code: str) -> str:
    """Return the body that a draft alert about a territory is addressed to; a person may put another in its place.

    Raises:
        NotFound: no territory has this code.
    """
    return _bodies().get(territory(code).code, UNITED_NATIONS)
