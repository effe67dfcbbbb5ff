"""Units that rows refer to, and what to say about a reference that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from dimios_dash.ids import UnitId
from dimios_dash.intake.findings import Notebook
from dimios_dash.intake.texts import quote

_MOST_GUESSES: Final = 50  # each compares with every unit; a file with the wrong tree has thousands of unknown ones


@dataclass
class KnownUnits:
    """The units of a tree by id; ids are the same only when spelt the same."""

    ids: frozenset[UnitId]
    _guesses: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: Iterable[UnitId]) -> KnownUnits:
        return cls(frozenset(ids))

    def read(self, notes: Notebook, row: int, text: str) -> UnitId | None:
        """The unit called `text`; None, and an error noted in column enhet_id, where there is none."""
        if not text:
            notes.error(row, "enhet_id", "Enhetens id saknas. Skriv det id som enheten har i organisationsträdet.")
        elif text not in self.ids:
            notes.error(row, "enhet_id", f"Enheten {quote(text)} finns inte i organisationsträdet.{self.hint(text)}")
        else:
            return UnitId(text)
        return None

    def hint(self, text: str) -> str:
        """ " Menade du ”E01”?" where a known id is close to `text`, else ""."""
        close = self._by_case.get(text.casefold()) or self._guess(text)
        return f" Menade du {quote(close)}?" if close else ""

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return {unit.casefold(): unit for unit in self.ids}

    def _guess(self, text: str) -> str | None:
        if text not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            self._guesses[text] = next(iter(get_close_matches(text, sorted(self.ids), 1)), None)
        return self._guesses.get(text)
