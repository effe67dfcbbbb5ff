"""Puts a sealed answer into the ballot box, once for each personal link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, ColumnElement, Table, insert, literal, select, update
from sqlalchemy.orm import Session

from db.models import Ballot, Invitation, Measurement
from db.placing import measurement_of_invitation, place_of_invitation, receives_on
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import FormScope
from dimios_dash.ids import MeasurementId, UnitId, new_id


@dataclass(frozen=True, slots=True)
class Box:
    """The ballot box of a measurement, by the key that was sealed for."""

    measurement_id: MeasurementId
    public_key: bytes


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """An envelope, and the unit and the box it was sealed for: for others it would not open."""

    unit_id: UnitId
    envelope: bytes
    box: Box | None = None  # None: sealed here and now, for the box as it is

    @property
    def of_same_box(self) -> list[ColumnElement[bool]]:
        """Conditions on the measurement: that its box is still the one that was sealed for."""
        if self.box is None:
            return []
        return [Measurement.id == self.box.measurement_id, Measurement.box_public_key == self.box.public_key]


def submit(session: Session, scope: FormScope, answer: SealedAnswer, today: date) -> bool:
    """Mark the invitation as answered and put the envelope in the box, in one statement.

    False, with nothing changed, when the link is unknown, answered or removed, belongs to another unit or box by now,
    or its unit does not receive answers `today`. Twenty at once leave one envelope: the first locks the
    invitation.
    """
    marked = _mark(scope, answer, today)
    envelope = select(
        marked.c.organisation_id,
        literal(new_id()),  # random: neither order nor time can be read from it
        marked.c.measurement_id,
        marked.c.unit_id,
        literal(Channel.EMAIL.value),
        literal(answer.envelope),
    )
    columns = ["organisation_id", "id", "measurement_id", "unit_id", "channel", "envelope"]
    # The table, not the model: the model would ask for the row back, and web may not read ballots.
    box: Table = Ballot.metadata.tables[Ballot.__tablename__]
    put = insert(box).from_select(columns, envelope).add_cte(marked)
    # Without the option SQLAlchemy does not say how many rows an INSERT made.
    return session.connection().execute(put, execution_options={"preserve_rowcount": True}).rowcount == 1


def _mark(scope: FormScope, answer: SealedAnswer, today: date) -> CTE:
    return (
        update(Invitation)
        .values(answered=True)
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.token_hash == scope.token_hash,
            Invitation.unit_id == answer.unit_id,
            ~Invitation.answered,
            ~Invitation.removed,
            *measurement_of_invitation(),
            place_of_invitation(),
            *receives_on(today),
            *answer.of_same_box,
        )
        .returning(Invitation.organisation_id, Invitation.measurement_id, Invitation.unit_id)
        .cte("marked")
    )
