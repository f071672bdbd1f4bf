"""Projects longitude and latitude to the plane with Equal Earth, which keeps areas in proportion."""

from __future__ import annotations

import math

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Return x and y on a globe of radius 1, north up.

    sin(t) = (sqrt(3)/2) sin(latitude); y = A1 t + A2 t^3 + A3 t^7 + A4 t^9;
    x = 2 sqrt(3) longitude cos(t) / (3 (9 A4 t^8 + 7 A3 t^6 + 3 A2 t^2 + A1)).

    Reference: Šavrič, Patterson and Jenny (2018), The Equal Earth map projection, International
    Journal of Geographical Information Science 33(3). The pole lies at y = 1.3173627591574133.

    >>> round(equal_earth(0, 90)[1], 10)
    1.3173627592
    >>> round(equal_earth(180, 0)[0], 8)
    2.70662998
    """
    a1, a2, a3, a4 = _A
    t = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = math.radians(longitude) * math.cos(t) / (_M * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    return x, y
