"""One unit of a tree file, and the names of the file's columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dimios_dash.domain.activity import Activity
from dimios_dash.ids import UnitId

UNIT: Final = "enhet_id"
PARENT: Final = "overordnad_id"
NAME: Final = "namn"
ACTIVITY: Final = "verksamhet"
EMPLOYEES: Final = "anstallda"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the file. Parents may come after their children."""

    row: int
    unit_id: UnitId
    parent_id: UnitId | None  # None for the root: the organisation itself
    name: str
    activity: Activity
    employees: int | None  # None where the file does not say
