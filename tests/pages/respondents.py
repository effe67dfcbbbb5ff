"""The page of respondents in a browser, and what came of it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from db.models import Invitation
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.ids import InvitationId, OrganisationId
from tests.attacks.callbacks import KNOWN, posted
from tests.attacks.organisations import YEAR
from tests.factories import Make
from tests.pages.visiting import Visitor, words

PAGE = "/matning/respondenter"
FIELDS: dict[str, Any] = {
    **{f"respondent-list-{name}.value": "" for name in ("search", "unit")},
    "respondent-list-role-type.value": "any",
    "respondent-list-progress.value": "alla",
    "respondent-list-page.value": 1,
    **{f"{name}.n_clicks": 1 for name in ("respondent-list-previous", "respondent-list-next", "respondent-adding-add")},
    **{f"{name}.n_clicks": 1 for name in ("respondent-many-yes", "respondent-save")},
    "respondent-remove.n_clicks": 1,
    "respondent-adding-role-type.value": "0",
    "respondent-adding-language.value": "sv",
    "respondent-many-ticked.data": {"rows": [], "clicks": 1},
    "respondent-many-which.value": "ticked",
    "respondent-many-role-type.value": "0",
    "respondent-many-language.value": "sv",
}


def press(site: Flask, visitor: Visitor, first_input: str, **values: Any) -> str:
    """What the page answers, with fields as FIELDS has them unless said: id__property=value."""
    said = {name.replace("__", ".").replace("_", "-"): value for name, value in values.items()}
    known = next(each for each in KNOWN if each.first_input == first_input)
    return words(visitor.post(posted(site, known, {**FIELDS, **said})))


def stored(committed: Make, organisation_id: OrganisationId) -> list[tuple[str, int | None, str, bool]]:
    committed.session.rollback()
    columns = (Invitation.unit_id, Invitation.role_type, Invitation.language, Invitation.removed)
    rows = committed.session.execute(
        select(*columns).where(Invitation.organisation_id == organisation_id).order_by(*columns)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def opened(committed: Make, organisation_id: OrganisationId, *addresses: str) -> list[InvitationId]:
    measurement_id = committed.measurement(organisation_id, MeasurementState.OPEN, YEAR)
    people = [committed.invitation(organisation_id, measurement_id, "A", address) for address in addresses]
    committed.session.commit()
    return [person.id for person in people]
