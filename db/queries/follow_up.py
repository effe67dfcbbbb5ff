"""Who has been invited and how many have answered, for the whole and per unit. Says nothing of any answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import Session

from db.models import Invitation, Placement
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.work import MailState
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, UnitId

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
        select(Placement.unit_id, Placement.parent_id, Placement.name, Placement.takes_part, *_counts())
        .outerjoin(Invitation, _invited_in_unit())
        .where(Placement.organisation_id == scope.organisation_id, Placement.measurement_id == measurement_id)
        .group_by(Placement.organisation_id, Placement.measurement_id, Placement.unit_id)
        .order_by(Placement.position, Placement.unit_id)
    ).all()
    return FollowUp(tuple(_within(scope, rows)) if rows else ())


def _counts() -> list[ColumnElement[int]]:
    """In the order of `Response`."""
    invited = func.count(Invitation.id)
    by_mail = [
        invited.filter(Invitation.mail == state)
        for state in (MailState.SENT, MailState.BOUNCED, MailState.UNCERTAIN, MailState.NOT_SENT)
    ]
    return [invited, *by_mail, invited.filter(Invitation.answered)]


def _invited_in_unit() -> ColumnElement[bool]:
    return and_(
        Invitation.organisation_id == Placement.organisation_id,
        Invitation.measurement_id == Placement.measurement_id,
        Invitation.unit_id == Placement.unit_id,
        Placement.takes_part,
        ~Invitation.removed | Invitation.answered,
    )


def _within(scope: DeskScope, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[UnitResponse]:
    """Sums over each subtree, from the scope's branch down. Empty when the branch is not in the measurement."""
    tree = Tree.build([(UnitId(row.unit_id), row.parent_id and UnitId(row.parent_id)) for row in rows])
    by_unit = {row.unit_id: row for row in rows}
    own = np.array([tuple(by_unit[unit])[4:] for unit in tree.ids], dtype=np.int64)
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
