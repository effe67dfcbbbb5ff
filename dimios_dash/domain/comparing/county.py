"""The 21 counties, by their official codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class County(StrEnum):
    """A county (län); the codes are stored and stand in files. The names are not translated."""

    STOCKHOLM = "01"
    UPPSALA = "03"
    SODERMANLAND = "04"
    OSTERGOTLAND = "05"
    JONKOPING = "06"
    KRONOBERG = "07"
    KALMAR = "08"
    GOTLAND = "09"
    BLEKINGE = "10"
    SKANE = "12"
    HALLAND = "13"
    VASTRA_GOTALAND = "14"
    VARMLAND = "17"
    OREBRO = "18"
    VASTMANLAND = "19"
    DALARNA = "20"
    GAVLEBORG = "21"
    VASTERNORRLAND = "22"
    JAMTLAND = "23"
    VASTERBOTTEN = "24"
    NORRBOTTEN = "25"

    @property
    def label(self) -> str:
        """As in "Skåne län"."""
        return f"{self.short}s län" if self in _GENITIVE else f"{self.short} län"

    @property
    def short(self) -> str:
        """As in "Skåne"."""
        return _NAMES[self]


_NAMES: Final = {
    County.STOCKHOLM: "Stockholm",
    County.UPPSALA: "Uppsala",
    County.SODERMANLAND: "Södermanland",
    County.OSTERGOTLAND: "Östergötland",
    County.JONKOPING: "Jönköping",
    County.KRONOBERG: "Kronoberg",
    County.KALMAR: "Kalmar",
    County.GOTLAND: "Gotland",
    County.BLEKINGE: "Blekinge",
    County.SKANE: "Skåne",
    County.HALLAND: "Halland",
    County.VASTRA_GOTALAND: "Västra Götaland",
    County.VARMLAND: "Värmland",
    County.OREBRO: "Örebro",
    County.VASTMANLAND: "Västmanland",
    County.DALARNA: "Dalarna",
    County.GAVLEBORG: "Gävleborg",
    County.VASTERNORRLAND: "Västernorrland",
    County.JAMTLAND: "Jämtland",
    County.VASTERBOTTEN: "Västerbotten",
    County.NORRBOTTEN: "Norrbotten",
}
_WITHOUT_S: Final = {County.BLEKINGE, County.UPPSALA, County.KALMAR, County.SKANE, County.OREBRO}
_GENITIVE: Final = frozenset(County) - _WITHOUT_S
