"""Names of districts in the reader's language."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tocsin.flow.read.districts import district
from tocsin.web.parts import data


def district_name(code: str) -> SafeString:
    """Return the name of a district that a dataset calls `code`: in Arabic where the reader reads it and it is known."""
    found = district(code)
    return format_html("{}", found.arabic) if found.arabic and (get_language() or "").startswith("ar") else data(found.name)
