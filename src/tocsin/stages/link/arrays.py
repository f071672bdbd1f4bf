"""Names the arrays that linking passes around by what they hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: Places of records, pairs and clusters.
Ints = npt.NDArray[np.int64]
#: Weights, chances and shares.
Floats = npt.NDArray[np.float64]
#: Yes or no for each record, pair or field.
Flags = npt.NDArray[np.bool_]
#: A number for each value of a column, or a count; -1 where the value is missing.
Codes = npt.NDArray[np.int32]
#: The level of each comparison of each pair, -1 where a value is missing.
Levels = npt.NDArray[np.int8]
#: What the rarity of a value adds to each comparison of each pair.
Added = npt.NDArray[np.float32]
#: The letters of each text as bits, or the state of a stream of random numbers.
Bits = npt.NDArray[np.uint64]
