"""The map of Selmora: six districts and thirty places, whose coordinates lie in the open southern Pacific."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.datasets.selmora.scripts import arabic, plain

CODE = "XSE"
#: Far from any land, so that no marker falls on a real place.
LONGITUDE, LATITUDE = -128.0, -44.0


@dataclass(frozen=True)
class Named:
    """Has a code, and a name that is kept as its sounds."""

    code: str
    sounds: str

    @property
    def name(self) -> str:
        """Return the name in Latin letters."""
        return plain(self.sounds)

    @property
    def arabic(self) -> str:
        """Return the name in Arabic script."""
        return arabic(self.sounds)


@dataclass(frozen=True)
class Place(Named):
    """Is one town or village; `admin` is the code of its district."""

    admin: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class District(Named):
    """Is one of the six districts; `weight` is its share of the violence."""

    river: bool
    weight: float


DISTRICTS = (
    District("XSE-01", "T a r sh uu n", True, 0.30),
    District("XSE-02", "b a l q aa r", True, 0.26),
    District("XSE-03", "m i r z aa S", True, 0.18),
    District("XSE-04", "d u l k aa t ii", False, 0.12),
    District("XSE-05", "h aa n b uu r", False, 0.09),
    District("XSE-06", "s i l m aa r", False, 0.05),
)
_TOWNS = (
    ("T a sh ii r uu n", "q a r d uu l", "w a b sh aa n", "n i m r aa q", "z a l T uu n"),
    ("b i l q a r aa m", "sh u r m aa n", "k a f r uu t", "l a w z aa q", "d a b r uu n"),
    ("m a r z uu S", "t a l gh aa r", "f i r d aa k", "b a n sh uu r", "j u l m aa d"),
    ("d a l k uu t", "r u sh b aa n", "q u T m aa r", "h a z r uu f", "s a r w aa n"),
    ("h a n b aa r", "z i q r uu m", "m u l T aa s ii", "k a sh d uu r", "w a l gh aa f"),
    ("s a l m uu r", "b u r j aa T", "n a q sh uu f", "t a m l aa r", "f a r q uu d"),
)


def places() -> tuple[Place, ...]:
    """Return the thirty places, in the order of their codes."""
    found = []
    for row, (district, towns) in enumerate(zip(DISTRICTS, _TOWNS, strict=True)):
        for column, sounds in enumerate(towns):
            longitude = round(LONGITUDE + 0.45 * column + 0.13 * (row % 2), 3)
            latitude = round(LATITUDE - 0.4 * row - 0.07 * (column % 3), 3)
            found.append(Place(f"{district.code}-{column + 1:02d}", sounds, district.code, longitude, latitude))
    return tuple(found)


def district(code: str) -> District:
    """Return the district with this code."""
    return next(d for d in DISTRICTS if d.code == code)
