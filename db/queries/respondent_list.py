"""The list of respondents as it is looked at: a page of it, a search in it, all of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Invitation
from db.respondent_rows import Respondent, conditions, respondent, rows_of
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.respondents.respondent_edit import Chosen
from dimios_dash.domain.respondents.respondent_filter import RespondentFilter
from dimios_dash.domain.respondents.unusual_domains import UnusualDomain, domains_of, unusual_domains
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Invalid
from dimios_dash.ids import InvitationId, MeasurementId

PAGE: Final = 50  # rows; each costs a browser a dozen of Dash's components at every change


@dataclass(frozen=True, slots=True)
class RespondentPage:
    """Some of the list, by unit in the organisation's order. `number` is 1 for the first page, at most `pages`."""

    rows: tuple[Respondent, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """At least one, which may be empty."""
        return max(1, -(-self.total // PAGE))


def page(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId,
    chosen: RespondentFilter,
    *,
    number: int,
) -> RespondentPage:
    """The page of that number, or the nearest there is."""
    total = session.scalars(select(func.count()).where(*conditions(scope, measurement_id, chosen))).one()
    number = _nearest(number, total)
    rows = session.execute(rows_of(scope, measurement_id, chosen).offset((number - 1) * PAGE).limit(PAGE))
    return RespondentPage(tuple(respondent(vault, row) for row in rows), total, number)


def search(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId,
    chosen: RespondentFilter,
    *,
    text: str,
    number: int,
) -> RespondentPage:
    """A page of what `find` gives, or the nearest there is."""
    found = find(session, scope, vault, measurement_id, chosen, text=text)
    number = _nearest(number, len(found))
    return RespondentPage(tuple(found[(number - 1) * PAGE :][:PAGE]), len(found), number)


def find(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId,
    chosen: RespondentFilter,
    *,
    text: str,
) -> list[Respondent]:
    """Those among the chosen whose address is `text`, in any spelling; where there is none, those it is a part of.

    A part is looked for in every address, decrypted here: nothing in the database tells parts.
    """
    exact = _by_index(session, scope, vault, measurement_id, chosen, text=text)
    if exact:
        return exact
    part, rows = _folded(text), session.execute(rows_of(scope, measurement_id, chosen))
    return [respondent(vault, row) for row in rows if part in _folded(vault.decrypt(row.id, row.address))]


def everyone(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId,
    chosen: RespondentFilter,
) -> Iterator[Respondent]:
    """All who are chosen, in the order of the list."""
    for row in session.execute(rows_of(scope, measurement_id, chosen)):
        yield respondent(vault, row)


def choose_all(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, chosen: RespondentFilter
) -> tuple[Chosen, ...]:
    """All who are chosen, with their versions."""
    rows = session.execute(select(Invitation.id, Invitation.version).where(*conditions(scope, measurement_id, chosen)))
    return tuple(Chosen(InvitationId(row.id), row.version) for row in rows)


def odd_domains(
    session: Session, scope: DeskScope, vault: AddressVault, measurement_id: MeasurementId
) -> tuple[UnusualDomain, ...]:
    """Domains in the scope's branch that few of the others have."""
    rows = session.execute(
        select(Invitation.id, Invitation.address).where(*conditions(scope, measurement_id, RespondentFilter()))
    )
    return unusual_domains(domains_of(vault.decrypt(row.id, row.address) for row in rows))


def _by_index(
    session: Session,
    scope: DeskScope,
    vault: AddressVault,
    measurement_id: MeasurementId,
    chosen: RespondentFilter,
    *,
    text: str,
) -> list[Respondent]:
    try:
        indexes = vault.indexes(text)
    except Invalid:  # a part of an address
        return []
    query = rows_of(scope, measurement_id, chosen).where(Invitation.address_index.in_(indexes))
    return [respondent(vault, row) for row in session.execute(query)]


def _nearest(number: int, total: int) -> int:
    return min(max(1, number), max(1, -(-total // PAGE)))


def _folded(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold().strip()
