"""Shares of Vet ej, as arrays: of every unit of a branch, and of one unit through the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import Text, func, select
from sqlalchemy.orm import Session

from db.models import Placement, ReleasedUnit
from db.released_branch import from_highest_down
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True)
class BranchShares:
    """Of each unit that shows any; in the order of the instrument's statements."""

    packed: Mapping[UnitId, str]  # a JSON array: of thousands of units few are looked at closely
    statements: int

    def of(self, units: Sequence[UnitId]) -> NDArray[np.float64]:
        """[units, statements] 0-1, three decimals; NaN where the release hides it."""
        nothing = f"[{','.join(['null'] * self.statements)}]"
        rows = ",".join(self.packed.get(unit, nothing) for unit in units)
        return np.array(orjson.loads(f"[{rows}]"), dtype=np.float64)


def of_branch(session: Session, scope: ResultsScope, statements: int) -> BranchShares:
    """Units from the user's highest down; `statements` is how many the instrument has."""
    below = from_highest_down(scope)
    rows = session.execute(
        select(ReleasedUnit.unit_id, func.array_to_json(ReleasedUnit.dont_know).cast(Text))
        .join(below, below.c.unit_id == ReleasedUnit.unit_id)
        .where(
            ReleasedUnit.organisation_id == scope.organisation_id,
            ReleasedUnit.measurement_id == scope.measurement_id,
            ReleasedUnit.dont_know.is_not(None),
        )
    )
    return BranchShares({UnitId(unit): packed for unit, packed in rows}, statements)


def of_whole(session: Session, scope: ResultsScope) -> Sequence[float | None]:
    """Of the whole organisation, 0-1 in the order of the instrument's statements; empty where none is shown."""
    of_place = (Placement.measurement_id == ReleasedUnit.measurement_id) & (Placement.unit_id == ReleasedUnit.unit_id)
    shares = session.scalar(
        select(ReleasedUnit.dont_know)
        .join(Placement, of_place & (Placement.organisation_id == ReleasedUnit.organisation_id))
        .where(
            ReleasedUnit.organisation_id == scope.organisation_id,
            ReleasedUnit.measurement_id == scope.measurement_id,
            Placement.parent_id.is_(None),
        )
    )
    return shares or ()
