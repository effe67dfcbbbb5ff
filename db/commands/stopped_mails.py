"""What the key user decides about mails that have bounced, failed or are uncertain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_, update
from sqlalchemy.orm import Session

from db.branches import within
from db.commands import audit, respondent_edits
from db.commands.respondent_edits import Overtaken
from db.models import Invitation, Measurement, Outbox
from db.queries import respondents
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.addresses import bare_address, normalise_address
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_edit import Chosen, Deed, Edit, Order
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import INVITATION, MailState, OutboxState
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import InvitationId, MeasurementId

_GONE = "Mejlet finns inte längre i listan: det är redan åtgärdat, eller så har personen svarat. Ladda om sidan."
_SAME = "Adressen är densamma som förut. Rätta den, eller välj att skicka igen till samma adress."


def send_again(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, mails: list[UUID], now: datetime
) -> int:
    """Let mails that have stopped wait once more, to the same addresses; how many. Raises Invalid, NotFound for none.

    The Message-ID stays the same, so that a receiver who has got an uncertain one can tell.
    """
    found = _held(session, scope, measurement_id, mails, [OutboxState.FAILED, OutboxState.UNCERTAIN])
    kept = [(scope.organisation_id, row.id) for row in found]
    session.execute(
        update(Outbox)
        .where(tuple_(Outbox.organisation_id, Outbox.id).in_(kept))
        .values(state=OutboxState.WAITING, due_at=now)
        .execution_options(synchronize_session=False)
    )
    _set_mail(session, scope, [row.invitation_id for row in found if row.kind == INVITATION], MailState.NOT_SENT)
    _set_mail(session, scope, [row.invitation_id for row in found if row.kind != INVITATION], MailState.SENT)
    audit.record(session, scope, "mails_sent_again", {"mails": len(found)})
    return len(found)


def mark_arrived(session: Session, scope: DeskScope, measurement_id: MeasurementId, mails: list[UUID]) -> int:
    """The key user knows that uncertain mails have arrived; how many. Raises Invalid, NotFound for none."""
    found = _held(session, scope, measurement_id, mails, [OutboxState.UNCERTAIN])
    kept = [(scope.organisation_id, row.id) for row in found]
    session.execute(
        update(Outbox)
        .where(tuple_(Outbox.organisation_id, Outbox.id).in_(kept))
        .values(state=OutboxState.SENT)
        .execution_options(synchronize_session=False)
    )
    _set_mail(session, scope, [row.invitation_id for row in found], MailState.SENT)
    audit.record(session, scope, "mails_marked_arrived", {"mails": len(found)})
    return len(found)


def correct(
    session: Session, scope: DeskScope, vault: AddressVault, measurement_id: MeasurementId, *, mail: UUID, address: str
) -> None:
    """Invite the person at another address, in place of the one that does not work, whose link then opens nothing.

    Raises NotFound, and Invalid for what is not an address or is among the respondents already: one invitation per
    address and year.
    """
    row = _held(session, scope, measurement_id, [mail], [OutboxState.FAILED])[0]
    if normalise_address(address) == normalise_address(vault.decrypt(row.invitation_id, row.address)):
        raise Invalid(_SAME)
    now = respondents.one(session, scope, vault, measurement_id, InvitationId(row.invitation_id))
    wanted = Edit(Chosen(now.id, now.version), bare_address(address), now.unit_id, now.role_type, now.language)
    if isinstance(respondent_edits.edit(session, scope, vault, measurement_id, wanted), Overtaken):
        raise Invalid(_GONE)


def remove(session: Session, scope: DeskScope, measurement_id: MeasurementId, mail: UUID) -> None:
    """Take the person whose mail it is off the list. Raises Invalid, NotFound."""
    states = [OutboxState.FAILED, OutboxState.UNCERTAIN]
    row = _held(session, scope, measurement_id, [mail], states)[0]
    chosen = Chosen(InvitationId(row.invitation_id), row.version)
    respondent_edits.carry_out(session, scope, measurement_id, Order(Deed.REMOVE), [chosen])


def _held(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, mails: list[UUID], states: list[OutboxState]
) -> list[Row[*tuple[Any, ...]]]:
    """Those of the mails that are in one of the states, of people in the scope's branch who are still to be asked."""
    rows = session.execute(
        select(
            *(Outbox.id, Outbox.kind, Outbox.invitation_id),
            *(Invitation.address, Invitation.version),
        )
        .join(
            Invitation,
            (Invitation.organisation_id == Outbox.organisation_id) & (Invitation.id == Outbox.invitation_id),
        )
        .join(
            Measurement,
            (Measurement.organisation_id == Outbox.organisation_id) & (Measurement.id == Outbox.measurement_id),
        )
        .where(
            Outbox.organisation_id == scope.organisation_id,
            Outbox.measurement_id == measurement_id,
            Outbox.id.in_(mails),
            Outbox.state.in_(states),
            Measurement.state == MeasurementState.OPEN,
            ~Invitation.answered,
            ~Invitation.removed,
            within(scope, Invitation.unit_id),
        )
        .with_for_update(of=Outbox)
    ).all()
    if not rows:
        raise NotFound(_GONE)
    return list(rows)


def _set_mail(session: Session, scope: DeskScope, invitations: list[InvitationId], mail: MailState) -> None:
    session.execute(
        update(Invitation)
        .where(Invitation.organisation_id == scope.organisation_id, Invitation.id.in_(invitations))
        .values(mail=mail)
        .execution_options(synchronize_session=False)
    )
