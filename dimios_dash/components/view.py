"""The state of a view, all of it in the address bar: links, reload, back button and copied links work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self
from urllib.parse import urlencode

from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True)
class View:
    """One page of results, for a year and a unit. `choices` are what else was chosen, by its name in the address."""

    path: str
    year: int
    unit_id: UnitId
    choices: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def query(self) -> str:
        """ "ar=2025&enhet=E01&visa=skillnad"; what was not chosen (None, empty) is left out."""
        chosen = {name: value for name, value in self.choices.items() if value not in (None, "", ())}
        return urlencode({"ar": self.year, "enhet": self.unit_id} | chosen)

    @property
    def address(self) -> str:
        """ "/resultat/oversikt?ar=2025&enhet=E01"; view_choice's script writes the same."""
        return f"{self.path}?{self.query}"

    def of(self, unit_id: UnitId) -> Self:
        """The same page for another unit."""
        return replace(self, unit_id=unit_id)

    def choosing(self, **choices: object) -> Self:
        """The same page with something else chosen; None takes a choice back."""
        return replace(self, choices={**self.choices, **choices})

    def at(self, path: str) -> Self:
        """Another page for the same year and unit."""
        return replace(self, path=path, choices=MappingProxyType({}))
