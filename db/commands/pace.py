"""How fast mails may go out, where the place or an organisation has set a limit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import MailPace
from dimios_dash.domain.pace import Pace
from dimios_dash.domain.scopes import DeskScope, SystemScope
from dimios_dash.errors import Forbidden, Invalid
from dimios_dash.ids import PLATFORM, OrganisationId

FASTEST = 6_000  # mails a minute that a person can ask for


def take(session: Session, _scope: SystemScope, organisation_id: OrganisationId, now: datetime, most: int) -> int:
    """How many of `most` mails the organisation may send now, by its own limit and the place's; they count as sent."""
    paces = _held(session, [organisation_id, PLATFORM])
    count = min([most, *(pace.allows(now) for pace in paces.values())])
    for owner, pace in paces.items():
        session.execute(
            update(MailPace).where(MailPace.organisation_id == owner).values(free_at=pace.after(now, count))
        )
    return count


def limit_place(session: Session, _scope: SystemScope, per_minute: int | None) -> None:
    """The limit for all organisations together, as the settings have it; None: none."""
    set_to = {"per_minute": per_minute}
    session.execute(
        insert(MailPace)
        .values(organisation_id=PLATFORM, **set_to)
        .on_conflict_do_update(index_elements=["organisation_id"], set_=set_to)
    )


def set_pace(session: Session, scope: DeskScope, per_minute: int | None) -> None:
    """The organisation's own limit; None: as fast as it goes. Raises Forbidden for a branch, Invalid."""
    if scope.branch is not None:
        raise Forbidden("Takten sätts av er nyckelanvändare för hela organisationen.")
    if per_minute is not None and not 1 <= per_minute <= FASTEST:
        raise Invalid(f"Takten ska vara från 1 till {FASTEST} mejl i minuten. Skriv ett tal däremellan.")
    set_to = {"per_minute": per_minute}
    session.execute(
        insert(MailPace)
        .values(organisation_id=scope.organisation_id, **set_to)
        .on_conflict_do_update(index_elements=["organisation_id"], set_=set_to)
    )
    audit.record(session, scope, "mail_pace_set", set_to)


def _held(session: Session, owners: list[OrganisationId]) -> dict[OrganisationId, Pace]:
    """The limits there are, kept from other workers until the transaction ends; always in the same order."""
    rows = session.execute(
        select(MailPace.organisation_id, MailPace.per_minute, MailPace.free_at)
        .where(MailPace.organisation_id.in_(owners), MailPace.per_minute.is_not(None))
        .order_by(MailPace.organisation_id)
        .with_for_update()
    )
    return {OrganisationId(row.organisation_id): Pace(row.per_minute, row.free_at) for row in rows}
