"""The four kinds of organisation that compare themselves with each other."""

from __future__ import annotations

from enum import StrEnum


class Sector(StrEnum):
    """The sector of an organisation; the value is the word of files and of the command line."""

    KOMMUN = "kommun"
    MYNDIGHET = "myndighet"
    REGION = "region"
    OVRIG = "ovrig"

    @property
    def plural(self) -> str:
        """As in "mean of other …"."""
        return {
            Sector.KOMMUN: "kommuner",
            Sector.MYNDIGHET: "myndigheter",
            Sector.REGION: "regioner",
            Sector.OVRIG: "övriga organisationer",
        }[self]
