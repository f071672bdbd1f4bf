"""No text stands on a page that a translator never saw; words, dates and numbers follow the language."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from web.addresses import PAGES
from web.reading import read

ROOT = Path(__file__).parents[2]
_KEEP = re.compile(r"%\(\w+\)s|%%|%s|<[^>]+>|&\w+;")
_ACCENTS = str.maketrans("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "àƀçđéƒĝħíĵķĺɱñóþǫŕšťúṽŵẋýžÀƁÇĐÉƑĜĦÍĴĶĹṀÑÓÞǪŔŠŤÚṼŴẊÝŽ")
#: Names and abbreviations that stay as they are in every language.
_STAY = {"Tocsin", "SHA", "AUC", "CRPS", "UCDP", "CSV", "English", "Français", "Español"}


def accented(text: str) -> str:
    """Return `text` in the pseudo language: every letter replaced, placeholders and tags kept."""
    parts, end = [], 0
    for match in _KEEP.finditer(text):
        parts += [text[end : match.start()].translate(_ACCENTS), match.group()]
        end = match.end()
    return "".join([*parts, text[end:].translate(_ACCENTS)])


def forget() -> None:
    """Make Django read its languages and catalogues again."""
    from django.utils.translation import trans_real

    trans_real._translations.clear()
    for function in vars(trans_real).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()


@pytest.fixture
def messages():
    """Return the tool that keeps the catalogues."""
    sys.path.insert(0, str(ROOT / "tools"))
    import messages

    yield messages
    sys.path.remove(str(ROOT / "tools"))


@pytest.fixture
def pseudo(site, messages, tmp_path, monkeypatch):
    """Return the client, reading in a language in which every letter of every known message is another one."""
    from django.conf import settings

    from tocsin.web import words

    catalog = messages.template()
    catalog.locale = "eo"
    for message in catalog:
        if message.id:
            message.string = tuple(map(accented, message.id)) if isinstance(message.id, tuple) else accented(message.id)
    folder = tmp_path / "eo" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as stream:
        write_mo(stream, catalog)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    monkeypatch.setattr(settings, "LANGUAGES", [*settings.LANGUAGES, ("eo", "pseudo")])
    forget()
    monkeypatch.setattr(words, "place_name", lambda place: "¤" if place else "")
    monkeypatch.setattr(words, "format_date", lambda value, **_: value.isoformat())
    monkeypatch.setattr(words, "format_skeleton", lambda _, value, **__: f"{value:%Y-%m}")
    site.cookies["django_language"] = "eo"
    yield site
    forget()


@pytest.mark.parametrize("address", [*PAGES, "/nothing"])
def test_every_visible_text_goes_through_the_catalogue(pseudo, address):
    response = pseudo.get(address)
    assert b'<html lang="eo"' in response.content
    plain = {word for text in read(response).text for word in re.findall(r"[A-Za-z]{2,}", text)}
    assert plain - _STAY == set(), "text that is not in the catalogue"


def test_catalogues_are_up_to_date_and_compiled(messages):
    known = {message.id for message in messages.template() if message.id}
    for language in messages.LANGUAGES:
        catalog = messages._read(messages._po(language), language)
        assert {message.id for message in catalog if message.id} == known, "run: python tools/messages.py update"
        assert messages._po(language).with_suffix(".mo").exists(), "run: python tools/messages.py compile"


def test_translations_keep_their_placeholders(messages):
    for language in messages.LANGUAGES:
        for message in messages._read(messages._po(language), language):
            if not message.id or not all(messages._strings(message)):
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            wanted = {name for text in ids for name in re.findall(r"%\((\w+)\)s", text)}
            for text in messages._strings(message):
                found = set(re.findall(r"%\((\w+)\)s", text))
                assert found <= wanted and (found == wanted or isinstance(message.id, tuple)), (language, message.id, text)


@pytest.mark.parametrize(
    ("language", "date", "number"),
    [
        ("en", "11 January 2013", "1,133"),
        ("fr", "11 janvier 2013", "1\u202f133"),
        ("es", "11 de enero de 2013", "1.133"),
        ("ar", "11 يناير 2013", "1,133"),
    ],
)
def test_dates_and_numbers_follow_the_language(site, language, date, number):
    from django.utils import translation

    from tocsin.web import words

    with translation.override(language):
        assert words.day(dt.date(2013, 1, 11)) == date
        assert words.num(1133) == number


def test_a_probability_is_never_shown_as_nothing_and_words_keep_to_their_bands(site):
    from tocsin.web import words

    assert words.pct(0.0002) == "under 0.1%"
    assert words.in_hundred(0.03) == "about 3 in 100"
    assert words.in_hundred(0.004) == "about 4 in 1,000"
    assert words.likelihood(0.3) == "" and words.likelihood(0.6) == "likely"


def test_qualifiers_are_words(site):
    from tocsin.web import words

    assert words.quantity(1200.0, None, None, "at_least") == "at least 1,200"
    assert words.quantity(None, 5.0, 9.0, "exact") == "5 to 9"
