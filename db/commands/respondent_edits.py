"""Respondents changed by hand, one or many at once, without losing what somebody else has done meanwhile.

A changed address is another receiver: the respondent with the old one is removed, and the new one is added or comes
back. So whoever has had an invitation this year stays known by its address, and never gets a second one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, ColumnElement, Uuid, and_, any_, literal, select, update
from sqlalchemy.orm import Session

from db.branches import within
from db.commands import audit
from db.commands.outbox import enqueue_invitations
from db.commands.respondents import askable, hold, import_respondents, plan_import
from db.models import Invitation
from db.queries import respondents
from db.respondent_rows import Respondent
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_edit import (
    BOUND_BY_THE_ANSWER,
    Chosen,
    Deed,
    Edit,
    Order,
    OrderPlan,
    Present,
)
from dimios_dash.domain.respondents.respondent_edit import plan_order as planned
from dimios_dash.domain.respondents.respondent_plan import RespondentDeed
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Invalid
from dimios_dash.ids import InvitationId, MeasurementId, UnitId
from dimios_dash.language import Language

_SEALED = (
    "Personen har svarat, och svaret är förseglat för enheten {unit}. Medan mätningen pågår kan adress, enhet och "
    "respondenttyp därför inte ändras."
)
_ELSEWHERE = "Enheten {unit} ingår inte i årets mätning. Välj en enhet som ingår."
_KNOWN = (
    "Adressen finns redan bland dem som är med eller har bjudits in i år, kanske skriven på ett annat sätt. "
    "Ingenting har ändrats. Sök efter adressen i listan."
)
_EVENTS = {
    Deed.MOVE: "respondents_moved",
    Deed.RETYPE: "respondents_retyped",
    Deed.TRANSLATE: "respondents_translated",
    Deed.REMOVE: "respondents_removed",
    Deed.RESTORE: "respondents_restored",
}


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else has changed the respondent first; nothing has been changed. `now`: as they are."""

    now: Respondent


def edit(
    session: Session, scope: DeskScope, vault: AddressVault, measurement_id: MeasurementId, wanted: Edit
) -> InvitationId | Overtaken:
    """Change one respondent; who they are afterwards: with another address, another one.

    Raises NotFound, and Invalid for an address that is there already, for a unit that does not take part, and for
    what the answer of somebody who has answered is bound to.
    """
    state, year = hold(session, scope, measurement_id)
    vault = vault.reopened()
    # Locked, so that an answer comes before all of this or after it.
    session.execute(select(Invitation.id).where(_reached(scope, measurement_id, [wanted.chosen.id])).with_for_update())
    now = respondents.one(session, scope, vault, measurement_id, wanted.chosen.id)
    if now.version != wanted.chosen.version:
        return Overtaken(now)
    moved = (wanted.unit_id, wanted.role_type) != (now.unit_id, now.role_type)
    readdressed = vault.index(wanted.address) != vault.index(now.address)
    if now.answered and (moved or readdressed):
        raise Invalid(_SEALED.format(unit=now.unit_name))
    if (moved or readdressed) and wanted.unit_id not in askable(session, scope, measurement_id):
        raise Invalid(_ELSEWHERE.format(unit=wanted.unit_id))
    if readdressed:
        return _readdress(session, scope, vault, measurement_id, wanted, year=year)
    _write(session, scope, wanted)
    if state is MeasurementState.OPEN and wanted.unit_id != now.unit_id:
        enqueue_invitations(session, scope, measurement_id)  # units may have different first days
    return now.id


def plan_order(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, order: Order, chosen: Sequence[Chosen]
) -> OrderPlan:
    """What `carry_out` would do now; nothing is written."""
    rows = session.execute(
        select(
            *(Invitation.id, Invitation.version, Invitation.unit_id, Invitation.role_type, Invitation.language),
            *(Invitation.answered, Invitation.removed),
        ).where(_reached(scope, measurement_id, [one.id for one in chosen]))
    )
    present = [
        Present(InvitationId(row[0]), row[1], UnitId(row[2]), row[3], Language(row[4]), row[5], row[6]) for row in rows
    ]
    return planned(order, chosen, {each.id: each for each in present})


def carry_out(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, order: Order, chosen: Sequence[Chosen]
) -> OrderPlan:
    """Do to those chosen what is ordered; what was done.

    Who has been changed since they were chosen is left alone. Answers stay whatever happens to those who gave them.
    Who comes back gets no second invitation. Raises Invalid when the measurement takes no changes, and for a unit
    that does not take part.
    """
    state, _year = hold(session, scope, measurement_id)
    if order.unit_id is not None and order.unit_id not in askable(session, scope, measurement_id):
        raise Invalid(_ELSEWHERE.format(unit=order.unit_id))
    plan = plan_order(session, scope, measurement_id, order, chosen)
    if not plan.changed:
        return plan
    _order(session, scope, measurement_id, order, plan.changed)
    if state is MeasurementState.OPEN:
        enqueue_invitations(session, scope, measurement_id)
    told = {name: value for name, value in order.values.items() if name != "removed"}
    audit.record(session, scope, _EVENTS[order.deed], {"respondents": len(plan.changed), **told})
    return plan


def _readdress(
    session: Session, scope: DeskScope, vault: AddressVault, measurement_id: MeasurementId, wanted: Edit, *, year: int
) -> InvitationId:
    """Remove the respondent with the old address, and invite the new one. Raises Invalid for one that is there."""
    new = _Readdressed(wanted.address, wanted.unit_id, wanted.role_type, wanted.language)
    plan = plan_import(session, scope, vault, measurement_id, [new], year=year)
    if not plan.of(RespondentDeed.NEW, RespondentDeed.RETURNING):
        raise Invalid(_KNOWN)
    _order(session, scope, measurement_id, Order(Deed.REMOVE), [wanted.chosen.id])
    import_respondents(session, scope, vault, measurement_id, [new])
    audit.record(session, scope, "respondents_removed", {"respondents": 1, "new_address": True})
    return InvitationId(
        session.scalars(
            select(Invitation.id).where(
                Invitation.organisation_id == scope.organisation_id,
                Invitation.measurement_id == measurement_id,
                Invitation.address_index.in_(vault.indexes(wanted.address)),
            )
        ).one()
    )


@dataclass(frozen=True, slots=True)
class _Readdressed:
    """The one row of the file that an edit of an address amounts to."""

    address: str
    unit_id: UnitId
    role_type: int | None
    language: Language
    row: int = 1


def _write(session: Session, scope: DeskScope, wanted: Edit) -> None:
    values = {"unit_id": wanted.unit_id, "role_type": wanted.role_type, "language": wanted.language.value}
    session.execute(
        update(Invitation)
        .where(Invitation.organisation_id == scope.organisation_id, Invitation.id == wanted.chosen.id)
        .values(**values, version=Invitation.version + 1)
    )
    audit.record(session, scope, "respondent_edited", {name: value for name, value in values.items() if value})


def _order(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, order: Order, ids: Collection[InvitationId]
) -> None:
    """Somebody who answers in this very moment keeps the unit of their answer."""
    bound = [~Invitation.answered] if order.deed in BOUND_BY_THE_ANSWER else []
    session.execute(
        update(Invitation)
        .where(_reached(scope, measurement_id, ids), *bound)
        .values(**order.values, version=Invitation.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def _reached(scope: DeskScope, measurement_id: MeasurementId, ids: Collection[InvitationId]) -> ColumnElement[bool]:
    """Those of the ids that the scope reaches; an array, for there may be 20,000."""
    return and_(
        Invitation.organisation_id == scope.organisation_id,
        Invitation.measurement_id == measurement_id,
        within(scope, Invitation.unit_id),
        Invitation.id == any_(literal(list(ids), ARRAY(Uuid))),
    )
