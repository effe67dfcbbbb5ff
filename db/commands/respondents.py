"""The respondents of a measurement, brought to what a file says."""

from __future__ import annotations

from collections.abc import Container, Sequence

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from db.commands import audit
from db.commands.outbox import enqueue_invitations
from db.models import Invitation, Measurement
from db.queries import respondents, units
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_plan import (
    Outcome,
    RespondentDeed,
    RespondentInFile,
    RespondentPlan,
    plan_respondents,
)
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, UnitId, new_id

_NOT_NOW = "Respondenterna kan bara ändras medan mätningen är ett utkast eller pågår. Ladda om sidan."


def import_respondents(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId,
    rows: Sequence[RespondentInFile],
) -> RespondentPlan:
    """Add those who are new, change unit and role type of those who have not answered; what was done.

    Who is not in the file stays. While the measurement is open the new ones are invited. The same file once more
    does nothing. Raises Invalid when the measurement takes no respondents and for the plan's obstacles.
    """
    (state, year), vault = hold(session, scope, measurement_id), vault.reopened()  # knows the key of the import before
    plan = plan_import(session, scope, vault, measurement_id, rows, year=year)
    if plan.obstacles:
        raise Invalid(f"Rad {plan.obstacles[0].row}: {plan.obstacles[0].message}")
    if plan.nothing_to_do:
        return plan
    _insert(session, vault, measurement_id, plan.of(RespondentDeed.NEW))
    _change(session, scope, plan.of(RespondentDeed.CHANGED, RespondentDeed.RETURNING))
    if state is MeasurementState.OPEN:
        enqueue_invitations(session, scope, measurement_id)
    audit.record(session, scope, "respondents_imported", {deed.value: plan.counts[deed] for deed in RespondentDeed})
    return plan


def plan_import(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId | None,
    rows: Sequence[RespondentInFile],
    *,
    year: int,
) -> RespondentPlan:
    """What `import_respondents` would do now to the year's measurement; nothing is written. None: it is not begun."""
    standing = {} if measurement_id is None else respondents.standing(session, scope, measurement_id)
    invited = respondents.invited_before(session, scope, year)
    known = standing.keys() | invited
    indexed = [(_index(vault, known, row.address), row) for row in rows]
    return plan_respondents(standing, indexed, askable(session, scope, measurement_id), invited)


def _index(vault: AddressVault, standing: Container[bytes], address: str) -> bytes:
    """The index an address stands under, of whichever key; that of the newest for somebody who is new."""
    indexes = vault.indexes(address)
    return next((index for index in indexes if index in standing), indexes[0])


def hold(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> tuple[MeasurementState, int]:
    """State and year of the measurement, which stay until the transaction ends.

    Raises Invalid unless it is a draft or open.
    """
    held = session.execute(
        select(Measurement.state, Measurement.year)
        .where(
            Measurement.organisation_id == scope.organisation_id,
            Measurement.id == measurement_id,
            Measurement.state.in_([MeasurementState.DRAFT, MeasurementState.OPEN]),
        )
        .with_for_update()
    ).one_or_none()
    if held is None:
        raise Invalid(_NOT_NOW)
    return MeasurementState(held.state), held.year


def askable(session: Session, scope: DeskScope, measurement_id: MeasurementId | None) -> frozenset[UnitId]:
    """Where somebody may be now: the units taking part once the measurement has started, all units of today before."""
    frozen = frozenset() if measurement_id is None else units.askable(session, scope, measurement_id)
    return frozen or frozenset(unit.unit_id for unit in units.tree(session, scope))


def _insert(session: Session, vault: AddressVault, measurement_id: MeasurementId, outcomes: Sequence[Outcome]) -> None:
    if outcomes:
        session.execute(insert(Invitation), [_invitation(vault, measurement_id, outcome) for outcome in outcomes])


def _invitation(vault: AddressVault, measurement_id: MeasurementId, outcome: Outcome) -> dict[str, object]:
    invitation_id = new_id()
    return {
        "organisation_id": vault.organisation_id,
        "id": invitation_id,
        "measurement_id": measurement_id,
        "unit_id": outcome.row.unit_id,
        "role_type": outcome.role_type,
        "language": outcome.language.value,
        "address": vault.encrypt(invitation_id, outcome.row.address),
        "address_index": outcome.index,
    }


def _change(session: Session, scope: DeskScope, outcomes: Sequence[Outcome]) -> None:
    """Somebody who answers in this very moment keeps the unit of their answer."""
    if not outcomes:
        return
    table = Invitation.__table__
    session.connection().execute(
        update(Invitation)
        .where(table.c.organisation_id == scope.organisation_id, table.c.id == bindparam("who"), ~table.c.answered)
        .values(
            unit_id=bindparam("unit"),
            role_type=bindparam("type"),
            language=bindparam("tongue"),
            removed=False,
            version=table.c.version + 1,
        ),
        [
            {
                "who": outcome.before.invitation_id,
                "unit": outcome.row.unit_id,
                "type": outcome.role_type,
                "tongue": outcome.language.value,
            }
            for outcome in outcomes
            if outcome.before is not None
        ],
    )
    session.expire_all()
