"""Reads one file as plain text, or says what it is instead: a PDF, a web page, an office file, bytes of no text."""

from __future__ import annotations

import re

from tocsin.model.errors import BadInput
from tocsin.stages.collect.source import SourceFile

#: First bytes of what is often saved under a text's name, and what to do about it.
_SIGNATURES = (
    (b"%PDF-", "a PDF file", "Convert it to text first, for example with pdftotext, and keep the PDF beside it."),
    (b"PK\x03\x04", "an office file or a zip file", "Save it as plain text (UTF-8)."),
    (b"\x1f\x8b", "a gz file", "Unpack it first."),
    (b"{\\rtf", "a rich-text file", "Save it as plain text (UTF-8)."),
    (b"\xd0\xcf\x11\xe0", "an old office file", "Save it as plain text (UTF-8)."),
    (b"\x89PNG", "a picture", "Type or recognize its words first."),
    (b"\xff\xd8\xff", "a picture", "Type or recognize its words first."),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HEAD = 1_024
#: A text has few control characters; a file with more is none.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.01
#: Longest text that is read whole: about eight hundred printed pages.
LONGEST = 2_000_000


def read_plain_text(source: SourceFile) -> str:
    """Return the text of a file.

    Raises:
        BadInput: it is empty, not UTF-8, too long, without a letter, or a file of another kind.
    """
    for signature, kind, todo in _SIGNATURES:
        if source.data.startswith(signature):
            raise BadInput("the file is not plain text", source.name, "text in UTF-8", kind, todo)
    if _PAGE.match(source.data[:_HEAD].removeprefix(b"\xef\xbb\xbf")):
        raise BadInput(
            "the file is not plain text", source.name, "text in UTF-8", "a web page (HTML)", "Save the words of the page as text."
        )
    text = source.text()
    if len(text) > LONGEST:
        raise BadInput(
            "the text is too long to be read as one", source.name, f"at most {LONGEST:,} characters", f"{len(text):,}", "Split it."
        )
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise BadInput(
            "the file is not plain text", source.name, "text in UTF-8", "bytes that stand for no letter", "Save it as plain text."
        )
    if not any(character.isalpha() for character in text):
        raise BadInput("the file holds no word", source.name, "text", "no letter", "Check that this is the right file.")
    return text
