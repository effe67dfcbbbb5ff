"""What an organisation agrees to show to others, and what it is: switched by its own people, and kept in the audit."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import GivenConsent, Organisation
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Forbidden, Invalid

MOST_EMPLOYEES = 1_000_000


def change(session: Session, scope: DeskScope, wished: frozenset[Consent]) -> None:
    """These switches on, all others off. What was shared under one that goes off is gone at once.

    Raises Forbidden for somebody of a branch.
    """
    _require_whole(scope)
    owner = GivenConsent.organisation_id == scope.organisation_id
    taken_back = session.scalars(
        delete(GivenConsent).where(owner, GivenConsent.kind.not_in(wished)).returning(GivenConsent.kind)
    ).all()
    rows = [{"organisation_id": scope.organisation_id, "kind": kind.value} for kind in sorted(wished)]
    given = (
        session.scalars(insert(GivenConsent).values(rows).on_conflict_do_nothing().returning(GivenConsent.kind)).all()
        if rows
        else []
    )
    for kind in taken_back:
        audit.record(session, scope, "consent_taken_back", {"kind": kind})
    for kind in given:
        audit.record(session, scope, "consent_given", {"kind": kind})


def describe(session: Session, scope: DeskScope, county: County | None, employees: int | None) -> None:
    """Which county and how many employees decide who the organisation is compared with from the next fixed date on.

    Raises Forbidden for somebody of a branch, Invalid for a number that no organisation has.
    """
    _require_whole(scope)
    if employees is not None and not 0 <= employees <= MOST_EMPLOYEES:
        raise Invalid(f"Antalet anställda ska vara mellan 0 och {MOST_EMPLOYEES}. Skriv det utan decimaler.")
    session.execute(
        update(Organisation)
        .where(Organisation.id == scope.organisation_id)
        .values(county=county, employees=employees)
        .execution_options(synchronize_session=False)
    )
    audit.record(session, scope, "organisation_described", {"county": county, "employees": employees})


def _require_whole(scope: DeskScope) -> None:
    if scope.branch is not None:
        raise Forbidden("Det här gäller hela organisationen och sköts av er nyckelanvändare eller kontoadministratör.")
