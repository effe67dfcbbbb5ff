"""Tells the operator what has gone wrong: in the log at once, and by mail to the support address."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from db.commands import incidents
from db.engine import transaction
from db.queries import incidents as queries
from db.queries.incidents import KnownIncident
from dimios_dash import access
from dimios_dash.domain.incident import Happened, told
from dimios_dash.ids import OrganisationId
from dimios_dash.mail import staff
from dimios_dash.mail.delivery import Delivery
from dimios_dash.mail.messages import Sender
from dimios_dash.mail.signing import signing_postman
from dimios_dash.mail.staff import StaffMail
from dimios_dash.surroundings import Surroundings

log = structlog.get_logger()


def record(session: Session, organisation_id: OrganisationId, happened: Happened) -> None:
    """A row for the operator and a line in the log."""
    incidents.record(session, access.system(organisation_id), happened)
    told_in_log = {"kind": happened.kind.value, "reference": happened.reference, **happened.details}
    log.error("incident", organisation=str(organisation_id), **told_in_log)


def tell(here: Surroundings, now: datetime) -> int:
    """One mail about everything that none has told of yet; about how many incidents it is.

    Kept before it is sent, and taken back where our mail server could not be reached.
    """
    with transaction(here.engine, None) as session:
        found = queries.untold(session, access.system())
        if not found or not incidents.mark_told(session, access.system(), found):
            return 0
    with signing_postman(here.settings, here.keys) as postman:
        delivery = postman.deliver(staff.write(_mail(here, found), _sender(here), now)).delivery
    if delivery is Delivery.UNREACHABLE:
        with transaction(here.engine, None) as session:
            incidents.mark_told(session, access.system(), found, so=False)
        return 0
    return len(found)


def _sender(here: Surroundings) -> Sender:
    return Sender(here.settings.mail_from, here.settings.support_address)


def _mail(here: Surroundings, found: list[KnownIncident]) -> StaffMail:
    references = ", ".join(each.reference for each in found)
    lines = (told(each.kind, each.organisation, each.year, each.reference, each.details) for each in found)
    how = "Loggen har mer under samma referens. Listan finns också med: python -m dimios_dash incidents"
    return StaffMail(
        found[0].id, f"Att titta på i Dimios Dash: {references}", (*lines, how), here.settings.support_address
    )
