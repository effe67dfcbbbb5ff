"""Units that rows refer to, and what to say about a reference that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType
from typing import Final

from dimios_dash.ids import UnitId
from dimios_dash.intake.findings import Notebook
from dimios_dash.intake.texts import clean, listing, quote

_MOST_GUESSES: Final = 50  # each compares with every unit; a file with the wrong tree has thousands of unknown ones
_NO_NAMES: Final[Mapping[UnitId, str]] = MappingProxyType({})


@dataclass
class KnownUnits:
    """The units of a tree by id, and by name where their names are given.

    Ids are the same only when spelt the same; names without regard to case. An id goes before a name.
    """

    ids: frozenset[UnitId]
    _names: Mapping[UnitId, str] = field(default_factory=dict)
    _guesses: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: Iterable[UnitId], names: Mapping[UnitId, str] = _NO_NAMES) -> KnownUnits:
        return cls(frozenset(ids), names)

    def read(self, notes: Notebook, row: int, text: str) -> UnitId | None:
        """The unit called `text`; None, and an error noted in column enhet_id, where there is none or more than one."""
        found = self.named(text)
        if len(found) == 1:
            return found[0]
        notes.error(row, "enhet_id", self.problem(text))
        return None

    def named(self, text: str) -> list[UnitId]:
        """The unit with this id, else all with this name, written as "namn" or as `written` does."""
        if text in self.ids:
            return [UnitId(text)]
        return self._by_name.get(_folded(text), [])

    def problem(self, text: str) -> str:
        """What to say of a text that does not name one unit."""
        if not text:
            return "Enhetens id saknas. Skriv det id som enheten har i organisationsträdet."
        several = self.named(text)
        if several:
            ids = listing([quote(unit) for unit in several])
            return f"Det finns flera enheter som heter {quote(text)}. Skriv enhetens id i stället: {ids}."
        return f"Enheten {quote(text)} finns inte i organisationsträdet.{self.hint(text)}"

    def hint(self, text: str) -> str:
        """ " Menade du ”E01”?" where a known id is close to `text`, else ""."""
        close = self._by_case.get(text.casefold()) or self._guess(text)
        return f" Menade du {quote(close)}?" if close else ""

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return {unit.casefold(): unit for unit in self.ids}

    @cached_property
    def _by_name(self) -> dict[str, list[UnitId]]:
        found: dict[str, list[UnitId]] = {}
        for unit in sorted(self.ids & self._names.keys()):
            for text in (self._names[unit], written(unit, self._names[unit])):
                found.setdefault(_folded(text), []).append(unit)
        return found

    def _guess(self, text: str) -> str | None:
        if text not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            self._guesses[text] = next(iter(get_close_matches(text, sorted(self.ids), 1)), None)
        return self._guesses.get(text)


def written(unit_id: UnitId, name: str) -> str:
    """A unit as lists to choose from show it: a name alone may be several units'."""
    return f"{name} ({unit_id})"


def _folded(text: str) -> str:
    return " ".join(clean(text).casefold().split())
