"""The state of a view, all of it in the address bar: links, reload, back button and copied links work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True)
class View:
    """One page of results, for a year and a unit."""

    path: str
    year: int
    unit_id: UnitId

    @property
    def address(self) -> str:
        """ "/resultat/oversikt?ar=2025&enhet=E01"; unit_selector's script writes the same."""
        return f"{self.path}?{urlencode({'ar': self.year, 'enhet': self.unit_id})}"

    def of(self, unit_id: UnitId) -> Self:
        """The same page for another unit."""
        return replace(self, unit_id=unit_id)
