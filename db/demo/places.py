"""Who is compared with whom in the demo: names that are known, counties that are true, sizes and consents made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.sector import Sector

# How many organisations of a sector have results of a year, the first of its names below. A benchmark needs five
# others, its quartiles ten: Ekhamn sees quartiles for 2025, a mean alone for 2024 and none for 2023.
MEASURED: Final = {
    2023: {Sector.KOMMUN: 3},
    2024: {Sector.KOMMUN: 8, Sector.MYNDIGHET: 3},
    2025: {Sector.KOMMUN: 40, Sector.REGION: 7, Sector.MYNDIGHET: 8, Sector.OVRIG: 7},
}

_KOMMUNER: Final = {
    County.VASTRA_GOTALAND: (
        "Ale",
        "Falköping",
        "Lidköping",
        "Mellerud",
        "Orust",
        "Skara",
        "Tidaholm",
        "Tranemo",
        "Vara",
    ),
    County.SKANE: ("Burlöv", "Eslöv", "Höör", "Osby", "Skurup", "Staffanstorp", "Ystad"),
    County.JONKOPING: ("Aneby", "Eksjö", "Gislaved", "Habo", "Nässjö", "Tranås", "Vetlanda"),
    County.DALARNA: ("Avesta", "Hedemora", "Leksand", "Mora", "Rättvik", "Säter", "Vansbro"),
    County.STOCKHOLM: ("Danderyd", "Nykvarn", "Nynäshamn", "Täby"),
    County.VARMLAND: ("Arvika", "Eda", "Forshaga"),
    County.VASTERNORRLAND: ("Kramfors", "Sollefteå", "Timrå"),
}
_OTHERS: Final[Mapping[Sector, Mapping[str, County | None]]] = {
    Sector.REGION: {
        "Region Jönköpings län": County.JONKOPING,
        "Region Gävleborg": County.GAVLEBORG,
        "Region Skåne": County.SKANE,
        "Region Värmland": County.VARMLAND,
        "Region Västernorrland": County.VASTERNORRLAND,
        "Region Uppsala": County.UPPSALA,
        "Region Östergötland": County.OSTERGOTLAND,
    },
    Sector.MYNDIGHET: dict.fromkeys(
        (
            *("Bolagsverket", "Kustbevakningen", "Skolverket", "Domstolsverket"),
            *("Tillväxtverket", "Svenska institutet", "Trafikverket", "Migrationsverket"),
        )
    ),
    Sector.OVRIG: dict.fromkeys(
        (
            *("Allmännyttan", "Chalmers", "Göteborgsoperan", "Kraftringen AB", "Stockholm Hamn AB"),
            *("Vårdbolaget Tiohundra AB", "Västkom"),
        )
    ),
}

COMPANIES: Final = {"Ekhamns Bostäder AB": 2.0, "Ekhamns Energi AB": -1.0}  # made up; how far above the nation
EMPLOYEES: Final = (600, 2_100, 4_500, 1_900, 700)  # in turn
_EVERYTHING: Final = frozenset(Consent)
_UNNAMED: Final = frozenset({Consent.POINT, Consent.AREAS})
# By their place in the list of the sector: enough for every view, and few enough that the others stay hidden.
CONSENTS: Final[Mapping[Sector, Mapping[int, frozenset[Consent]]]] = {
    Sector.KOMMUN: {
        **dict.fromkeys((0, 7, 12, 18, 25, 31), _EVERYTHING),
        **dict.fromkeys((3, 9, 15, 21, 28, 36), _UNNAMED),
    },
    Sector.REGION: {},
    Sector.MYNDIGHET: {1: _EVERYTHING},
    Sector.OVRIG: {},
}


def places(sector: Sector) -> Mapping[str, County | None]:
    """Organisations of a sector with their counties; municipalities of all counties in turn."""
    if sector is not Sector.KOMMUN:
        return _OTHERS[sector]
    longest = max(map(len, _KOMMUNER.values()))
    return {
        names[place]: county for place in range(longest) for county, names in _KOMMUNER.items() if place < len(names)
    }
