"""Who has been invited and how many have answered, for the whole and per unit. Says nothing of any answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.models import Invitation, Placement
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.work import MailState
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, UnitId

_NOBODY = (0,) * 6
_NO_UNIT = "Enheten ingår inte i den mätning du tittar på. Gå tillbaka och välj en enhet i listan."


@dataclass(frozen=True, slots=True)
class Response:
    """Numbers of respondents invited by e-mail; removed ones count only where they have answered."""

    invited: int
    sent: int
    bounced: int
    uncertain: int
    waiting: int  # their invitation has not been sent yet
    answered: int

    @property
    def rate(self) -> float | None:
        """Answered of invited, 0-1; None where nobody is invited."""
        return self.answered / self.invited if self.invited else None


@dataclass(frozen=True, slots=True)
class UnitResponse:
    """A unit of the frozen tree with the response of itself and everything below it."""

    unit_id: UnitId
    parent_id: UnitId | None  # None: the highest unit in the scope
    name: str
    takes_part: bool
    response: Response


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Units from the highest in the scope down, each followed by its own branch; none before the start."""

    units: tuple[UnitResponse, ...]

    def unit(self, unit_id: UnitId | None) -> UnitResponse:
        """The unit, or the highest when None. Raises NotFound for a unit outside the scope or the measurement."""
        found = [unit for unit in self.units if unit_id in (None, unit.unit_id)]
        if not found:
            raise NotFound(_NO_UNIT)
        return found[0]

    def children(self, unit_id: UnitId) -> tuple[UnitResponse, ...]:
        """The units directly below."""
        return tuple(unit for unit in self.units if unit.parent_id == unit_id)

    def branch(self, unit_id: UnitId) -> tuple[UnitId, ...]:
        """The unit and everything below it."""
        within = {unit_id}
        for unit in self.units:  # parents come before children
            if unit.parent_id in within:
                within.add(unit.unit_id)
        return tuple(unit.unit_id for unit in self.units if unit.unit_id in within)

    def taking_part(self, unit_id: UnitId) -> list[UnitId]:
        """Of the branch, those in which people have been invited to answer."""
        branch = set(self.branch(unit_id))
        return [unit.unit_id for unit in self.units if unit.takes_part and unit.unit_id in branch]

    def path(self, unit_id: UnitId) -> tuple[UnitResponse, ...]:
        """From the highest unit in the scope down to the unit itself."""
        here = self.unit(unit_id)
        above = [here]
        while here.parent_id is not None:
            here = self.unit(here.parent_id)
            above.append(here)
        return tuple(reversed(above))


def read(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> FollowUp:
    """The response so far. Respondents of units that do not take part are not invited and not counted."""
    rows = session.execute(
        select(Placement.unit_id, Placement.parent_id, Placement.name, Placement.takes_part)
        .where(Placement.organisation_id == scope.organisation_id, Placement.measurement_id == measurement_id)
        .order_by(Placement.position, Placement.unit_id)
    ).all()
    return FollowUp(tuple(_within(scope, rows, _counted(session, scope, measurement_id))) if rows else ())


def _counted(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> dict[UnitId, tuple[int, ...]]:
    """Numbers of each unit itself, in the order of `Response`; none for units without respondents.

    Joined to the units here and not in the database: just after the start it has no statistics of either, and its
    guess then costs minutes where there are thousands of both.
    """
    rows = session.execute(
        select(Invitation.unit_id, *_counts())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            ~Invitation.removed | Invitation.answered,
        )
        .group_by(Invitation.unit_id)
    )
    return {UnitId(row.unit_id): tuple(row)[1:] for row in rows}


def _counts() -> list[ColumnElement[int]]:
    """In the order of `Response`."""
    invited = func.count(Invitation.id)
    by_mail = [
        invited.filter(Invitation.mail == state)
        for state in (MailState.SENT, MailState.BOUNCED, MailState.UNCERTAIN, MailState.NOT_SENT)
    ]
    return [invited, *by_mail, invited.filter(Invitation.answered)]


def _within(
    scope: DeskScope, rows: Sequence[Row[*tuple[Any, ...]]], counted: Mapping[UnitId, tuple[int, ...]]
) -> list[UnitResponse]:
    """Sums over each subtree, from the scope's branch down. Empty when the branch is not in the measurement."""
    tree = Tree.build([(UnitId(row.unit_id), row.parent_id and UnitId(row.parent_id)) for row in rows])
    by_unit = {row.unit_id: row for row in rows}
    own = np.array([counted.get(unit, _NOBODY) if by_unit[unit].takes_part else _NOBODY for unit in tree.ids])
    totals = tree.rollup(own)
    if scope.branch is not None and scope.branch not in by_unit:
        return []
    highest = 0 if scope.branch is None else tree.index(scope.branch)
    return [
        UnitResponse(
            tree.ids[index],
            None if index == highest else tree.ids[tree.parent[index]],
            by_unit[tree.ids[index]].name,
            by_unit[tree.ids[index]].takes_part,
            Response(*totals[index].tolist()),
        )
        for index in tree.subtree(highest).tolist()
    ]
