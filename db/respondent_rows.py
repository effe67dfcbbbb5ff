"""How respondents are chosen and read: the same conditions for the list, its export, its search and its deeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from db.branches import within
from db.models import Invitation, Unit
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.respondents.respondent_filter import Progress, RespondentFilter
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import MailState
from dimios_dash.ids import InvitationId, MeasurementId, UnitId
from dimios_dash.language import Language


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who is invited by e-mail. `version` goes up with each edit."""

    id: InvitationId
    version: int
    address: str
    unit_id: UnitId
    unit_name: str
    role_type: int | None
    language: Language
    mail: MailState
    answered: bool
    removed: bool


def rows_of(scope: DeskScope, measurement_id: MeasurementId, chosen: RespondentFilter) -> Select[*tuple[Any, ...]]:
    """The rows that `respondent` reads, of those who are chosen; by unit, then in an order that stays the same."""
    return (
        select(*_COLUMNS)
        .join(Unit, (Unit.organisation_id == Invitation.organisation_id) & (Unit.id == Invitation.unit_id))
        .where(*conditions(scope, measurement_id, chosen))
        .order_by(Unit.position, Unit.id, Invitation.id)
    )


def conditions(
    scope: DeskScope, measurement_id: MeasurementId, chosen: RespondentFilter
) -> Iterator[ColumnElement[bool]]:
    """Who is chosen, within the scope's branch whatever is asked for."""
    yield Invitation.organisation_id == scope.organisation_id
    yield Invitation.measurement_id == measurement_id
    yield within(scope, Invitation.unit_id)
    if chosen.unit_id is not None:
        yield within(replace(scope, branch=chosen.unit_id), Invitation.unit_id)
    if chosen.role_type is not None:
        yield func.coalesce(Invitation.role_type, 0) == chosen.role_type
    yield Invitation.removed == (chosen.progress is Progress.REMOVED)
    if chosen.progress is Progress.ANSWERED:
        yield Invitation.answered.is_(True)
    elif chosen.progress in _MAIL:
        yield ~Invitation.answered & (Invitation.mail == _MAIL[chosen.progress])


def respondent(vault: AddressVault, row: Row[*tuple[Any, ...]]) -> Respondent:
    """What one of the rows says, with its address in the clear."""
    return Respondent(
        InvitationId(row.id),
        row.version,
        vault.decrypt(row.id, row.address),
        UnitId(row.unit_id),
        row.unit_name,
        row.role_type,
        Language(row.language),
        MailState(row.mail),
        row.answered,
        row.removed,
    )


_COLUMNS = (
    *(Invitation.id, Invitation.version, Invitation.address, Invitation.unit_id, Unit.name.label("unit_name")),
    *(Invitation.role_type, Invitation.language, Invitation.mail, Invitation.answered, Invitation.removed),
)
_MAIL = {
    Progress.NOT_SENT: MailState.NOT_SENT,
    Progress.SENT: MailState.SENT,
    Progress.BOUNCED: MailState.BOUNCED,
    Progress.UNCERTAIN: MailState.UNCERTAIN,
}
