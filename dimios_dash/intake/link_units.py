"""A list of units typed into a field, each with how many are expected to answer for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.known_units import KnownUnits
from dimios_dash.intake.texts import clean

_SEPARATORS: Final = ("\t", ";")
_LONGEST_NUMBER: Final = 9  # digits; what is longer is refused as too much anyway


def read_link_units(text: str, known: KnownUnits) -> dict[UnitId, int | None]:
    """Units with the number expected of each, None where the line has none; empty lines are skipped.

    A line is the unit's name or id, then a number behind a tab (as from Excel) or a semicolon.
    Raises Invalid, with the line, for a unit that is not known, one that comes twice, and what is no number.
    """
    found: dict[UnitId, int | None] = {}
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip(" \t;"):
            continue
        name, number = _parted(line)
        unit_id = _unit(row, name, known)
        if unit_id in found:
            raise Invalid(f"Rad {row}: enheten står två gånger. Ta bort den ena raden.")
        found[unit_id] = _number(row, number)
    return found


def _parted(line: str) -> Sequence[str]:
    separator = next((each for each in _SEPARATORS if each in line), _SEPARATORS[0])
    name, _, rest = line.rpartition(separator) if separator in line else (line, "", "")
    return clean(name), clean(rest)


def _unit(row: int, name: str, known: KnownUnits) -> UnitId:
    named = known.named(name)
    if len(named) != 1:
        raise Invalid(f"Rad {row}: {known.problem(name)}")
    return named[0]


def _number(row: int, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise Invalid(f"Rad {row}: det väntade antalet ska vara ett heltal, eller saknas.")
    return int(text)
