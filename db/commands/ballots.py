"""Puts a sealed answer into the ballot box, once for each personal link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import (
    CTE,
    Date,
    Insert,
    LargeBinary,
    Table,
    Uuid,
    bindparam,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from db.models import Ballot, Invitation
from db.placing import measurement_of_invitation, of_the_box, place_of_invitation, receives_on
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

    def given(self, today: date) -> dict[str, object]:
        """What the statement that receives it is told of it."""
        box = {} if self.box is None else {"measurement": self.box.measurement_id, "box": self.box.public_key}
        return {"unit": self.unit_id, "sealed": self.envelope, "today": today, **box}


def submit(session: Session, scope: FormScope, answer: SealedAnswer, today: date) -> bool:
    """Mark the invitation as answered and put the envelope in the box, in one statement.

    False, with nothing changed, when the link is unknown, answered or removed, belongs to another unit or box by now,
    or its unit does not receive answers `today`. Twenty at once leave one envelope: the first locks the
    invitation.
    """
    whose = {"organisation": scope.organisation_id, "token": scope.token_hash, "name": new_id()}
    put = _put(for_its_box=answer.box is not None)
    # Without the option SQLAlchemy does not say how many rows an INSERT made.
    options = {"preserve_rowcount": True}
    return session.connection().execute(put, whose | answer.given(today), execution_options=options).rowcount == 1


@cache
def _put(*, for_its_box: bool) -> Insert:
    """Written once: to put it together takes longer than to carry it out."""
    marked = _mark(for_its_box=for_its_box)
    envelope = select(
        marked.c.organisation_id,
        bindparam("name", type_=Uuid),  # random: neither order nor time can be read from it
        marked.c.measurement_id,
        marked.c.unit_id,
        literal(Channel.EMAIL.value),
        bindparam("sealed", type_=LargeBinary),
    )
    columns = ["organisation_id", "id", "measurement_id", "unit_id", "channel", "envelope"]
    # The table, not the model: the model would ask for the row back, and web may not read ballots.
    box: Table = Ballot.metadata.tables[Ballot.__tablename__]
    return insert(box).from_select(columns, envelope).add_cte(marked)


def _mark(*, for_its_box: bool) -> CTE:
    return (
        update(Invitation)
        .values(answered=True)
        .where(
            Invitation.organisation_id == bindparam("organisation"),
            Invitation.token_hash == bindparam("token"),
            Invitation.unit_id == bindparam("unit"),
            ~Invitation.answered,
            ~Invitation.removed,
            *measurement_of_invitation(),
            place_of_invitation(),
            *receives_on(bindparam("today", type_=Date)),
            *(of_the_box() if for_its_box else ()),
        )
        .returning(Invitation.organisation_id, Invitation.measurement_id, Invitation.unit_id)
        .cte("marked")
    )
