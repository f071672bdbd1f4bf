"""Reads columns as numbers: what is equal has one number, and a text's letters are bits of one word."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.stages.link.arrays import Bits, Codes

Words = tuple[Codes, Codes, Bits, Codes]


def codes(*columns: pa.ChunkedArray) -> list[Codes]:
    """Return a number for each value, the same in all columns, -1 where it is missing."""
    joined = pa.chunked_array([chunk for column in columns for chunk in column.chunks])
    return np.split(_indices(joined.combine_chunks().dictionary_encode()), np.cumsum([len(column) for column in columns])[:-1])


def words(column: pa.ChunkedArray, opening: int) -> Words:
    """Return code, length, the set of letters as bits, and a code of the opening letters of each value."""
    encoded = column.combine_chunks().dictionary_encode()
    values, number = encoded.dictionary, _indices(encoded)
    if len(values) == 0:
        nothing = np.zeros(len(number), np.int32)
        return number, nothing, nothing.astype(np.uint64), nothing
    length = np.asarray(pc.utf8_length(values), np.int32)
    start = _indices(pc.utf8_slice_codeunits(values, 0, opening).dictionary_encode())
    return number, length[number], _letters(values, length)[number], start[number]


def numbers(column: pa.ChunkedArray) -> Codes:
    """Return the values, -1 where they are missing."""
    return np.asarray(column.combine_chunks().fill_null(-1).to_numpy(zero_copy_only=False), np.int32)


def _indices(encoded: pa.DictionaryArray) -> Codes:
    return np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int32)


def _letters(values: pa.Array, length: Codes) -> Bits:
    """Return the letters of each value as bits; letters whose numbers differ by 64 share one."""
    signs = np.frombuffer("".join(values.to_pylist()).encode("utf-32-le"), np.uint32)
    bits = np.left_shift(np.uint64(1), (signs % 64).astype(np.uint64))
    first = np.cumsum(length) - length
    given = length > 0
    letters = np.zeros(len(length), np.uint64)
    if given.any():
        letters[given] = np.bitwise_or.reduceat(bits, first[given])
    return letters
