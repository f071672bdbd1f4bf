"""Two spellings side by side, with what differs marked."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Below this likeness the whole of both is marked: single letters in common would mislead.
_ALIKE = 0.6


def marked(left: str, right: str) -> tuple[SafeString, SafeString]:
    """Return both texts with the letters marked in which they differ."""
    found = SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False)
    if found.ratio() < _ALIKE or len(left.casefold()) != len(left) or len(right.casefold()) != len(right):
        return format_html("<mark>{}</mark>", left), format_html("<mark>{}</mark>", right)
    steps = found.get_opcodes()
    return _side(left, [(a, b, kind) for kind, a, b, _, _ in steps]), _side(right, [(a, b, kind) for kind, _, _, a, b in steps])


def _side(text: str, steps: list[tuple[int, int, str]]) -> SafeString:
    parts = ((format_html("{}" if kind == "equal" else "<mark>{}</mark>", text[a:b]),) for a, b, kind in steps if b > a)
    return format_html_join("", "{}", parts)
