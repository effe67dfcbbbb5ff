"""Organisations with two released years, published as any release is, so that they are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dimios_dash import access
from dimios_dash.analyses import basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.tallying.moving_in import move_in
from tests.factories import Make
from tests.tallying.conftest import KEYS, units

TODAY = date(2026, 11, 22)
TREE = {"E": None, "A": "E", "B": "E", "A1": "A", "A2": "A"}
MOVED = {"E": None, "A": "E", "B": "E", "A1": "B", "A2": "A"}  # A1 from A to B
LOW = {"E": [2, 3, 4], "A": [2, 3, 4], "B": [2, 3, 4, 3] * 3, "A1": [2, 3, 4, 3] * 3, "A2": [2, 3, 4, 3] * 3}
HIGH = {"E": [2, 3, 4], "A": [5, 5, 6], "B": [2, 3, 4, 3] * 3, "A1": [5, 6, 5, 5] * 3, "A2": [6, 5, 5, 4] * 3}

Said = Mapping[str, Sequence[int]]


def sheets(unit: str, points: Sequence[int], roles: Sequence[int] = (2,)) -> list[AnswerRow]:
    """One sheet for each point, with that answer to every statement; role types in turn."""
    return [
        AnswerRow(row, UnitId(unit), roles[row % len(roles)], (point,) * len(KEYS)) for row, point in enumerate(points)
    ]


def release(  # noqa: PLR0917, what a release is made of
    make: Make,
    organisation_id: OrganisationId,
    year: int,
    said: Said = LOW,
    tree: Mapping[str, str | None] = TREE,
    roles: Sequence[int] = (2,),
) -> MeasurementId:
    rows = [row for unit, points in said.items() for row in sheets(unit, points, roles)]
    scope = access.system(organisation_id)
    return move_in(make.session, scope, make.keys, year, 3, units(tree), rows, TODAY)


def looked_at(
    make: Make, organisation_id: OrganisationId, unit: str = "E", year: int = 2025, **choices: object
) -> Basis:
    """As the page asks for one unit."""
    scope = access.export(make.session, organisation_id, year)
    return basis.read(make.session, scope.narrow(UnitId(unit)), choices)
