"""Reads what lists write for a person's sex, in English, French, Spanish and Arabic."""

from __future__ import annotations

_WRITTEN = {
    **dict.fromkeys(("m", "male", "man", "boy", "h", "homme", "masculin", "garçon", "hombre", "masculino", "varón", "ذكر"), "m"),
    **dict.fromkeys(("f", "female", "woman", "girl", "femme", "féminin", "feminin", "fille", "mujer", "femenino", "أنثى", "انثى"), "f"),
}


def read_sex(written: str) -> str | None:
    """Return m or f, or None where the text says neither.

    >>> [read_sex(text) for text in ("Femme", "M", "unknown")]
    ['f', 'm', None]
    """
    return _WRITTEN.get(written.strip().casefold())
