"""What Mål must show."""

from __future__ import annotations

from typing import Final

from tests.views.looking import Cell, Expected, Look, View, two_releases
from tests.views.release_file import LEVELS, names


def targets(look: Look) -> Expected:
    """Every target of the unit, what is left to it, and at which pace it has come nearer."""
    own = {key: found for (unit, key), found in look.targets.items() if unit == look.unit}
    rows = [(names()[key], _row(look, key, *own[key])) for key in LEVELS if key in own]
    reached = sum(_left(look, key, aim) == 0.0 for key, (aim, _year) in own.items())
    return Expected(rows, [len(rows), reached])


def _left(look: Look, key: str, aim: float) -> float | None:
    now = look.values[key]
    return None if now is None else max(0.0, aim - round(now, 1))


def _row(look: Look, key: str, aim: float, year: int) -> dict[str, Cell]:
    return {
        str(look.year): look.values[key],
        "Mål": aim,
        "Senast": year,
        "Kvar": _left(look, key, aim),
        "Målet gäller, anmärkning": tuple(_path(look, key, aim, year)),
    }


def _path(look: Look, key: str, aim: float, by: int) -> list[float]:
    """Points a year: needed until then, and so far since the first year that can be compared with.

    Nothing of it is said where the target is reached, its year has come, or the level is hidden.
    """
    left = _left(look, key, aim)
    if not left or by <= look.year:
        return []
    for earlier in look.earlier:
        difference = two_releases(earlier, look.now).difference[look.unit][key]
        if difference is not None:
            return [left / (by - look.year), earlier.year, round(difference, 1) / (look.year - earlier.year)]
    return [left / (by - look.year)]


def outside(look: Look) -> list[float]:
    """Of the form to set one: from which year to which, and every value of the unit."""
    return [value for key in LEVELS if (value := look.values[key]) is not None]


TARGETS: Final = View("/resultat/mal", {"mal": targets}, outside)
