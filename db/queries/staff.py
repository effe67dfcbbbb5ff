"""The people of a staff list as the sample planner knows them: asked before, or respondents already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Invitation, Measurement
from db.queries import respondents
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.respondents.respondent_plan import RespondentInFile
from dimios_dash.domain.sample.sample_proposal import Member
from dimios_dash.domain.sample.sampling import Candidate, permanent_number
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import MailState
from dimios_dash.ids import MeasurementId


def members(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    rows: Sequence[RespondentInFile],
    *,
    year: int,
    measurement_id: MeasurementId | None,
) -> list[Member]:
    """One for each row, in their order. `measurement_id` is that of the `year`; None: nobody is listed yet.

    Who was removed from the year's list counts as not listed.
    """
    asked = _last_years(session, scope, year)
    standing = {} if measurement_id is None else respondents.standing(session, scope, measurement_id)
    listed = {index for index, found in standing.items() if not found.removed}
    return [_member(row, vault.indexes(row.address), asked, listed) for row in rows]


def _last_years(session: Session, scope: DeskScope, year: int) -> Mapping[bytes, int]:
    """The last year before `year` in which each address was written to, by the address's index.

    In the whole organisation, whatever the branch: who has moved has been asked all the same.
    """
    rows = session.execute(
        select(Invitation.address_index, func.max(Measurement.year).label("last_year"))
        .join(
            Measurement,
            (Measurement.organisation_id == Invitation.organisation_id) & (Measurement.id == Invitation.measurement_id),
        )
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.mail != MailState.NOT_SENT,
            Measurement.year < year,
        )
        .group_by(Invitation.address_index)
    )
    return {row.address_index: row.last_year for row in rows}


def _member(
    row: RespondentInFile, indexes: Iterable[bytes], asked: Mapping[bytes, int], listed: Iterable[bytes]
) -> Member:
    """While one key takes over from another an address may stand under either index."""
    newest, *older = indexes
    known = (newest, *older)
    year = max((asked[index] for index in known if index in asked), default=None)
    candidate = Candidate(permanent_number(newest), year)
    return Member(row.unit_id, row.role_type, candidate, any(index in listed for index in known))
