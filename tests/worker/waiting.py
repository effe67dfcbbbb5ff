"""Organisations with invitations that wait to be sent, committed, for workers to find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, update

from db.models import Invitation, Measurement, Outbox
from dimios_dash.domain.work import MailState
from dimios_dash.ids import InvitationId, MeasurementId, OrganisationId, new_id
from tests.factories import Make

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open measurement of a whole year; whoever is invited has not got the mail."""

    make: Make
    organisation_id: OrganisationId
    measurement_id: MeasurementId

    @classmethod
    def begin(cls, make: Make, year: int) -> Waiting:
        """An organisation with one unit."""
        organisation_id = make.organisation("Ekhamns kommun")
        make.units(organisation_id, {"K": None})
        measurement_id = make.measurement(organisation_id, year=year)
        make.session.commit()
        return cls(make, organisation_id, measurement_id)

    def invite(self, address: str, kind: str = "invitation", *, answered: bool = False, removed: bool = False) -> UUID:
        """A mail that is due; gives its id in the outbox."""
        mail = MailState.NOT_SENT if kind == "invitation" else MailState.SENT
        invited = self.make.invitation(
            *(self.organisation_id, self.measurement_id, "K", address), mail=mail, answered=answered, removed=removed
        )
        if kind == "invitation":
            self.make.session.execute(update(Invitation).where(Invitation.id == invited.id).values(token_hash=None))
        outbox_id = new_id()
        self.make.session.add(self._row(outbox_id, invited.id, kind))
        self.make.session.commit()
        return outbox_id

    def change(self, **values: object) -> None:
        """Another state or period of the measurement."""
        self.make.session.execute(update(Measurement).values(values))
        self.make.session.commit()

    def state(self, outbox_id: UUID) -> tuple[str, str]:
        """Of the mail in the outbox, and of its invitation."""
        row = self.make.session.execute(
            select(Outbox.state, Invitation.mail)
            .join(Invitation, Invitation.id == Outbox.invitation_id)
            .where(Outbox.id == outbox_id)
        ).one()
        self.make.session.rollback()
        return row.state, row.mail

    def states(self) -> list[str]:
        """Of all mails, sorted."""
        found = sorted(self.make.session.scalars(select(Outbox.state)))
        self.make.session.rollback()
        return found

    def later_than(self, moment: datetime) -> int:
        """How many mails have been put off until after it."""
        found = self.make.session.scalars(select(Outbox.id).where(Outbox.due_at > moment)).all()
        self.make.session.rollback()
        return len(found)

    def _row(self, outbox_id: UUID, invitation_id: InvitationId, kind: str) -> Outbox:
        return Outbox(
            organisation_id=self.organisation_id,
            id=outbox_id,
            measurement_id=self.measurement_id,
            invitation_id=invitation_id,
            kind=kind,
            due_at=LONG_AGO,
        )
