"""Why a unit shows nothing, and where its answers are counted instead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.ids import UnitId
from dimios_dash.translations import N_, _

OUTSIDE = N_("Ingår inte i årets mätning.")


@dataclass(frozen=True, slots=True)
class Hiding:
    """`home` is where the unit's own answers are counted; None: nowhere, or above what this user may see."""

    reason: str
    counted: str  # where, as a sentence; empty where there is nothing to count
    home: UnitId | None


def of_unit(results: ReleasedResults, unit: ReleasedUnit) -> Hiding | None:
    """None for a unit that shows something. What most of its statements say stands for all of them."""
    if any(cell.mean is not None for cell in unit.cells):
        return None
    if not unit.takes_part:
        return Hiding(_(OUTSIDE), "", None)
    ((hidden, home), _times), *_rest = Counter((cell.hidden, cell.home) for cell in unit.cells).most_common(1)
    if hidden is Hidden.NO_ANSWERS:
        return Hiding(hidden.explanation, "", None)
    return Hiding(hidden.explanation, *_counted(results, home))


def _counted(results: ReleasedResults, home: UnitId | None) -> tuple[str, UnitId | None]:
    if home is None:
        return "", None
    name = next((unit.name for unit in results.units if unit.unit_id == home), None)
    if name is None:
        return _("Svaren räknas in högre upp i organisationen."), None
    return _("Svaren räknas in i %(unit)s.", unit=name), home
