"""Writes names with one byte a letter, because the functions of databases that compare letters count bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa


def one_byte_letters(columns: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """Return the same texts with every letter that takes several bytes written as a sign of one byte that no text uses.

    Only whether letters are equal is kept. The commonest letters come first; where more letters are in use than signs are free (about a
    hundred), the rarest stay as they are.

    >>> column = one_byte_letters({"given": pa.array(["بلال", "بلاز", "bilal"])})["given"].to_pylist()
    >>> [len(text.encode()) for text in column], column[2]
    ([4, 4, 5], 'bilal')
    """
    encoded = {name: column.dictionary_encode() for name, column in columns.items()}
    values = {name: one.dictionary.to_pylist() for name, one in encoded.items()}
    counts = Counter(letter for texts in values.values() for text in texts for letter in text)
    wide = sorted((letter for letter in counts if letter > "\x7f"), key=lambda letter: (-counts[letter], letter))
    free = [chr(code) for code in range(1, 128) if chr(code) not in counts]
    written = str.maketrans(dict(zip(wide, free, strict=False)))
    return {
        name: pa.array([text.translate(written) for text in values[name]], pa.string()).take(one.indices) for name, one in encoded.items()
    }
