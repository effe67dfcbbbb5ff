"""The respondents of a measurement. Addresses are decrypted here and nowhere else on their way to a page."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.branches import within
from db.models import Invitation, Measurement
from db.placing import may_have_arrived
from db.respondent_rows import Respondent, respondent, rows_of
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.respondents.respondent_filter import Progress, RespondentFilter
from dimios_dash.domain.respondents.respondent_plan import StandingRespondent
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.ids import InvitationId, MeasurementId, UnitId
from dimios_dash.language import Language


def listing(
    session: Session, scope: DeskScope, vault: AddressVault, measurement_id: MeasurementId, limit: int | None = None
) -> list[Respondent]:
    """Those in the scope's branch who are invited and not removed, by unit in the organisation's order.

    With a limit, the first so many; within a unit the order is arbitrary but stays the same.
    """
    rows = session.execute(rows_of(scope, measurement_id, RespondentFilter()).limit(limit))
    return [respondent(vault, row) for row in rows]


def one(
    session: Session, scope: DeskScope, vault: AddressVault, measurement_id: MeasurementId, wanted: InvitationId
) -> Respondent:
    """A respondent, a removed one too. Raises NotFound for one outside the scope's branch or the measurement."""
    either = (RespondentFilter(), RespondentFilter(progress=Progress.REMOVED))
    found = [
        row
        for chosen in either
        for row in session.execute(rows_of(scope, measurement_id, chosen).where(Invitation.id == wanted))
    ]
    if not found:
        raise NotFound("Respondenten finns inte i årets mätning. Gå till listan och välj i den.")
    return respondent(vault, found[0])


def count_per_unit(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> dict[UnitId, int]:
    """How many are invited and not removed in each unit of the scope's branch, units below it not counted.

    Units without respondents are not in it.
    """
    rows = session.execute(
        select(Invitation.unit_id, func.count())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            ~Invitation.removed,
            within(scope, Invitation.unit_id),
        )
        .group_by(Invitation.unit_id)
    )
    return {UnitId(unit_id): count for unit_id, count in rows}


def standing(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> dict[bytes, StandingRespondent]:
    """Everybody the measurement has or had, by the index of their address; outside the branch marked as such."""
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.address_index,
            Invitation.unit_id,
            Invitation.role_type,
            Invitation.answered,
            Invitation.removed,
            within(scope, Invitation.unit_id).label("reachable"),
            Invitation.language,
        ).where(Invitation.organisation_id == scope.organisation_id, Invitation.measurement_id == measurement_id)
    )
    return {
        row.address_index: StandingRespondent(
            InvitationId(row.id),
            UnitId(row.unit_id),
            row.role_type,
            row.answered,
            row.removed,
            row.reachable,
            Language(row.language),
        )
        for row in rows
    }


def invited_before(session: Session, scope: DeskScope, year: int) -> frozenset[bytes]:
    """Indexes of the addresses that have had their invitation of `year` already, of a cancelled measurement."""
    rows = session.scalars(
        select(Invitation.address_index)
        .join(
            Measurement,
            (Measurement.organisation_id == Invitation.organisation_id) & (Measurement.id == Invitation.measurement_id),
        )
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Measurement.year == year,
            Measurement.state == MeasurementState.CANCELLED,
            may_have_arrived(Invitation),
        )
    )
    return frozenset(rows)
