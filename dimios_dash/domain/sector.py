"""The four kinds of organisation that compare themselves with each other."""

from __future__ import annotations

from enum import StrEnum

from dimios_dash.translations import N_, _


class Sector(StrEnum):
    """The sector of an organisation; the value is the word of files and of the command line."""

    KOMMUN = "kommun"
    MYNDIGHET = "myndighet"
    REGION = "region"
    OVRIG = "ovrig"

    @property
    def others(self) -> str:
        """ "andra kommuner"."""
        return _(_OTHERS[self])

    @property
    def mean_of_others(self) -> str:
        """ "medel för andra kommuner"."""
        return _(_MEANS[self])


_OTHERS = {
    Sector.KOMMUN: N_("andra kommuner"),
    Sector.MYNDIGHET: N_("andra myndigheter"),
    Sector.REGION: N_("andra regioner"),
    Sector.OVRIG: N_("andra organisationer"),
}
_MEANS = {
    Sector.KOMMUN: N_("medel för andra kommuner"),
    Sector.MYNDIGHET: N_("medel för andra myndigheter"),
    Sector.REGION: N_("medel för andra regioner"),
    Sector.OVRIG: N_("medel för andra organisationer"),
}
