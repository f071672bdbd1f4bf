"""Catalogues of messages: `python tools/messages.py extract | update | compile | report`.

`extract` writes locale/django.pot from templates and Python; `update` merges it into each language's .po;
`compile` writes the .mo files that ship; `report` says how much of each language is translated.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[1] / "src" / "tocsin" / "web"
LOCALE = WEB / "locale"
LANGUAGES = ("fr", "es", "ar")
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "gettext_noop": None,
}  # fmt: skip


def template() -> Catalog:
    """Return every message of the pages with the places where it stands."""
    catalog = Catalog(project="Tocsin", version="0.1", copyright_holder="The Tocsin developers", charset="utf-8")
    for path in sorted([*WEB.rglob("*.py"), *WEB.rglob("*.html")]):
        place = path.relative_to(WEB.parents[1]).as_posix()
        for line, message, context in _messages(path):
            plural = isinstance(message, tuple)
            text = message[0] if plural else message
            flags = {"python-format"} if "%(" in text else set()
            catalog.add(message, locations=[(place, line)], context=context, flags=flags)
    return catalog


def _messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix == ".html":
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield line, message, context


def main(verb: str) -> int:
    """Do what `verb` says."""
    if verb == "extract":
        _write(LOCALE / "django.pot", template())
    elif verb == "update":
        for language in LANGUAGES:
            _update(language)
    elif verb == "compile":
        for language in LANGUAGES:
            path = _po(language)
            with path.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, _read(path, language))
    elif verb == "report":
        for language in LANGUAGES:
            catalog = _read(_po(language), language)
            done = sum(1 for message in catalog if message.id and all(_strings(message)))
            sys.stdout.write(f"{language}: {done} of {len(catalog)} messages\n")
    else:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0


def _update(language: str) -> None:
    path = _po(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = _read(path, language) if path.exists() else Catalog(locale=language, charset="utf-8")
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    _write(path, catalog)


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, catalog, width=120, omit_header=False, sort_output=True, include_lineno=False)


def _strings(message: object) -> tuple[str, ...]:
    text = message.string
    return tuple(text) if isinstance(text, list | tuple) else (text,)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
