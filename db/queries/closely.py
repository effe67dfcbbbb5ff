"""What is read of a released unit beside its means, and only of those that somebody looks at closely."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import orjson
from sqlalchemy import Select, Text, func, select
from sqlalchemy.orm import Session

from db.models import ReleasedUnit as Packed
from db.released_branch import from_highest_down
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import UnitId

_COLUMNS = func.json_build_array(Packed.hidden, Packed.home, Packed.lifted, Packed.bound)
PACKED: Final = func.json_build_array(_COLUMNS, Packed.role_answered).cast(Text)
"""Columns of a unit's cells, and its respondents by role type."""


class Closely:
    """All of a unit but its means. Of thousands of units few are asked for it, so that it is read when they are.

    Lives as long as its session. It costs one statement for all units that are left, or for those somebody names.
    """

    def __init__(self, session: Session, scope: ResultsScope, known: dict[UnitId, str]) -> None:
        self._session, self._scope, self._known = session, scope, known

    def of(self, unit_id: UnitId) -> Any:
        """Columns of its cells, and respondents by role type."""
        if unit_id not in self._known:
            self._read(_closely(self._scope))
        return orjson.loads(self._known[unit_id])

    def at(self, units: Iterable[UnitId]) -> None:
        """Reads these, which will be asked for."""
        if missing := [unit_id for unit_id in units if unit_id not in self._known]:
            self._read(_closely(self._scope).where(Packed.unit_id.in_(missing)))

    def _read(self, query: Select[str, str]) -> None:
        self._known |= {UnitId(row.unit_id): row.packed for row in self._session.execute(query)}


def _closely(scope: ResultsScope) -> Select[str, str]:
    """Everything in the scope that may be looked at closely."""
    below = from_highest_down(scope)
    here = (Packed.organisation_id == scope.organisation_id) & (Packed.measurement_id == scope.measurement_id)
    found = select(Packed.unit_id, PACKED.label("packed")).where(here)
    return found.join(below, below.c.unit_id == Packed.unit_id)
