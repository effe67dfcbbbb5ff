"""The ballot box of a closed measurement and what is needed to count it. Only tallying asks; *web* may not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Ballot, Invitation, Placement
from db.placing import place_of_invitation
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId, UnitId

AT_A_TIME = 200  # envelopes of 16 KiB held in memory


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """One envelope and what stands beside it in clear."""

    unit_id: UnitId
    channel: Channel
    envelope: bytes


def frozen_tree(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> Tree:
    """The tree the measurement ran on, units outside it included. Raises ValueError where it does not hang together."""
    rows = session.execute(
        select(Placement.unit_id, Placement.parent_id)
        .where(Placement.organisation_id == scope.organisation_id, Placement.measurement_id == measurement_id)
        .order_by(Placement.position, Placement.unit_id)
    )
    return Tree.build([(UnitId(row.unit_id), row.parent_id and UnitId(row.parent_id)) for row in rows])


def invited(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> dict[UnitId, int]:
    """Invited by e-mail in each unit itself; removed ones count only where they have answered."""
    rows = session.execute(
        select(Invitation.unit_id, func.count())
        .join(Placement, place_of_invitation())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            Placement.takes_part,
            ~Invitation.removed | Invitation.answered,
        )
        .group_by(Invitation.unit_id)
    )
    return {UnitId(unit): number for unit, number in rows}


def count(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> int:
    """How many envelopes lie in the box."""
    return session.scalars(
        select(func.count()).where(
            Ballot.organisation_id == scope.organisation_id, Ballot.measurement_id == measurement_id
        )
    ).one()


def sealed(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> Iterator[SealedBallot]:
    """Every envelope in the box, in no order that means anything; read a few at a time."""
    rows = session.execute(
        select(Ballot.unit_id, Ballot.channel, Ballot.envelope).where(
            Ballot.organisation_id == scope.organisation_id, Ballot.measurement_id == measurement_id
        ),
        execution_options={"yield_per": AT_A_TIME},
    )
    return (SealedBallot(UnitId(row.unit_id), Channel(row.channel), row.envelope) for row in rows)
