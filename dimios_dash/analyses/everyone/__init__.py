"""The own organisation among others. Pools are read from the benchmark table, single ones only where they agreed."""

from __future__ import annotations

from typing import Any

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.everyone.areas_elsewhere import AREAS
from dimios_dash.analyses.everyone.capability_places import CAPABILITY_PLACES
from dimios_dash.analyses.everyone.category_places import CATEGORY_PLACES
from dimios_dash.analyses.everyone.county_map import COUNTIES
from dimios_dash.analyses.everyone.own_group import OWN_GROUP
from dimios_dash.analyses.everyone.own_place import OWN_PLACE
from dimios_dash.analyses.everyone.sectors import SECTORS
from dimios_dash.analyses.everyone.similar import SIMILAR
from dimios_dash.analyses.everyone.sizes import SIZES

__all__ = [
    "AREAS",
    "CAPABILITY_PLACES",
    "CATEGORY_PLACES",
    "COUNTIES",
    "EVERYONE",
    "OWN_GROUP",
    "OWN_PLACE",
    "SECTORS",
    "SIMILAR",
    "SIZES",
]

EVERYONE: tuple[Analysis[Any], ...] = (
    *(OWN_PLACE, CATEGORY_PLACES, CAPABILITY_PLACES, COUNTIES, SIZES, SECTORS, AREAS, SIMILAR, OWN_GROUP),
)
