"""Which edition of the counts a file holds: a fingerprint of its values, and the editions that are known by theirs."""

from __future__ import annotations

import hashlib

import numpy as np

from tocsin.stages.forecast.panel import Array

APRIL_2023 = "VIEWS challenge, first release of April 2023"
FINAL = "VIEWS challenge, final actuals"
#: Fingerprints of published files. A fingerprint tells an edition without giving away its values.
KNOWN: dict[str, str] = {
    "4ac7d06237958625107f0cf4cd8bbc31346b4e224ed6abfd3631362edcd0b75e": APRIL_2023,  # 2018
    "920525bea47d3fc061ce74e55eb23c3ed23bceb67a076fa9b13a5ade5a18d9f7": APRIL_2023,  # 2019
    "df5d8adf92f9200ea3fcd520ba022694181414977688e67f67803b90c7c6f435": APRIL_2023,  # 2020
    "5f6d74071df0e2b40564359a5ead91ccb2aff8fa24b519b425374a6fed19f5cf": FINAL,  # 2018
    "f6133c39ba9c7139fdf0aa47e03ba43bb3d542fad5871a1bc548392852ee76d2": FINAL,  # 2019
    "affd1498177a7f0e6aeae8bbe70e48b059dee1de65d0219f6a0d14870507a59c": FINAL,  # 2020
}
#: Fingerprints of published forecasts, with the edition they were made from.
FORECASTS: dict[str, str] = {
    "1c77ffea8b957a2b4ebd6c47496dc0fc83ec41058d1a3d14281b3e88c02b0f50": APRIL_2023,  # bm_cm_last_historical_poisson_expanded_2018
    "0b1198bf65a04fdbee8ff78f05f3ff97045594980aa3541ff12eaae1f27453e6": APRIL_2023,  # bm_cm_last_historical_poisson_expanded_2019
    "d01541fbc6cb774ff977a835a147e1e7a23b38dc0c480d40ad0b52ef72030f68": APRIL_2023,  # bm_cm_last_historical_poisson_expanded_2020
    "070acf640f7fd83d6c985f4c21faee94d92a842aa76cc7c91332be40948ae804": APRIL_2023,  # bm_cm_bootstrap_expanded_2018
    "cbad37b7b366f185459722e8438ca72d33b16fa738028aadc7cc1f6c8ec906e9": APRIL_2023,  # bm_cm_bootstrap_expanded_2019
    "eed49702463e08d9bcc6eb9c00319a23f20020b1add85350e7ec2c0bc8065528": APRIL_2023,  # bm_cm_bootstrap_expanded_2020
    "3455f605a4a846ad31af83c2451c82b042134b0d2776fd37a65474961b8bf36f": FINAL,  # bm_conflictology_cm_2018
    "60438259099c3158d2f306259978059cfef08f4b23c8d1f8c2051f53eaf9e380": FINAL,  # bm_conflictology_cm_2019
    "7677848e3ebe420ad38ef13f7c531f80b2fc0844793c7a4fdafec45571c4176e": FINAL,  # bm_conflictology_cm_2020
}


def fingerprint(months: np.ndarray, places: np.ndarray, values: np.ndarray) -> str:
    """Return the SHA-256 over the rows in the order of month and place; draws count by their number, sum and sum of squares.

    Args:
        months: rows.
        places: rows.
        values: rows, or rows x draws.
    """
    order = np.lexsort((places, months))
    columns = [months[order], places[order]]
    columns += [values[order]] if values.ndim == 1 else _moments(values, order)
    digest = hashlib.sha256()
    for column in columns:
        digest.update(np.ascontiguousarray(column, dtype="<f8").tobytes())
    return digest.hexdigest()


def _moments(values: np.ndarray, order: np.ndarray) -> list[Array]:
    # Sums of whole numbers are exact in any order of the draws.
    totals = values.sum(axis=1, dtype=np.float64)
    squares = np.concatenate(
        [np.square(block, dtype=np.float64).sum(axis=1) for block in np.array_split(values, max(1, len(values) // 2000))]
    )
    return [np.full(len(order), float(values.shape[1])), totals[order], squares[order]]
