"""Before a release nothing that anybody can open depends on what was answered; and an operator sees nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from db.models import Base, Measurement, Organisation
from dimios_dash import instruments, web
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import PLATFORM, OrganisationId
from tests.attacks.organisations import TODAY, YEAR
from tests.attacks.people import Person
from tests.conftest import AsWeb
from tests.factories import Make
from tests.signing_in import callback

KEYS = instruments.load().statement_keys
CHANGING = re.compile(
    # Ids, proofs against forgery, names of the organisations, ages of files, what Dash draws by lot,
    r"""[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{40,}|Provkommun \w{8}|\?m=[\d.]+|nonce="[^"]+"|"end_id":"[^"]+"|"""
    r"""[AB]\d@a\.example"""  # and who of a unit, where all answer alike, comes first: lists go by id
)
UNRELEASED = ("/resultat/oversikt", "/resultat/forandring")


def answered(site: Flask, committed: Make, points: Mapping[str, str], state: MeasurementState) -> OrganisationId:
    """An organisation in which four people of A and three of B have answered every statement with one point."""
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None, "A": "E", "B": "E"})
    measurement_id = committed.measurement(organisation_id, MeasurementState.OPEN, YEAR)
    mine = update(Measurement).where(Measurement.id == measurement_id)
    committed.session.execute(mine.values(opens=date(YEAR, 1, 1), closes=date(YEAR, 12, 31)))
    links = [
        (unit, committed.invitation(organisation_id, measurement_id, unit, f"{unit}{number}@a.example").token)
        for unit, people in (("A", 4), ("B", 3))
        for number in range(people)
    ]
    committed.session.commit()
    for unit, token in links:
        fields = dict.fromkeys(map(str, KEYS), points[unit]) | {"respondenttyp": "2"}
        assert site.test_client().post(f"/svara/{token}", data=fields).status_code == 303
    committed.session.execute(mine.values(state=state.value, closes=TODAY, closed_on=TODAY))
    committed.session.commit()
    return organisation_id


def told_to_everybody(site: Flask, committed: Make, organisation_id: OrganisationId) -> dict[tuple[Role, str], str]:
    """Every page of every role, as HTML and as drawn, without what is random."""
    told = {}
    for role in Role:
        person = Person.arrive(site, committed, organisation_id, role)
        for path in web.PAGES:
            for query in ("", f"?ar={YEAR}"):
                page = person.browser.get(path + query)
                status, drawn = person.post(callback(path, query))
                told[role, path + query] = CHANGING.sub("…", f"{page.status_code} {page.text} {status} {drawn}")
    return told


@pytest.mark.parametrize("state", [MeasurementState.OPEN, MeasurementState.CLOSED])
def test_no_page_of_any_role_depends_on_what_was_answered(
    site: Flask, committed: Make, state: MeasurementState
) -> None:
    low = answered(site, committed, {"A": "1", "B": "vet_ej"}, state)
    high = answered(site, committed, {"A": "6", "B": "5"}, state)

    first, second = (told_to_everybody(site, committed, each) for each in (low, high))

    assert [key for key in first if first[key] != second[key]] == []
    assert any("7 av 7" in text for text in first.values())
    assert {text[:3] for (_, path), text in first.items() if path.startswith(UNRELEASED)} <= {"403", "404"}


def test_an_operator_opens_the_first_page_and_no_other(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    operator = Person.arrive(site, committed, organisation_id, Role.OPERATOR)

    pages = {path: operator.browser.get(path).status_code for path in web.PAGES}
    drawn = {path: operator.post(callback(path))[0] for path in web.PAGES}
    sent = {
        kind: operator.browser.post(f"/ladda-upp/{kind}", data={"csrf": operator.csrf}).status_code
        for kind in ("trad", "respondenter")
    }

    assert pages == drawn == dict.fromkeys(web.PAGES, 403) | {"/": 200}
    assert set(sent.values()) == {403}


def test_the_database_shows_an_operator_no_customer(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None})
    make.invitation(organisation_id, make.measurement(organisation_id), "E")
    make.release(organisation_id, 2025, {"E": 50.0})
    make.account(organisation_id)

    readable = [
        table
        for table in Base.metadata.tables.values()
        if "organisation_id" in table.c
        and table.name != "sign_in_name"  # HMACs of everybody's addresses: nobody has a customer yet who signs in
        and make.session.scalar(text("select has_table_privilege('dimios_web', :name, 'select')"), {"name": table.name})
    ]

    with as_web(PLATFORM) as session:
        organisations = session.scalars(select(Organisation.id)).all()
        seen = {table.name: set(session.scalars(select(table.c.organisation_id))) - {PLATFORM} for table in readable}

    assert organisations == [PLATFORM]
    assert len(readable) > 10
    assert {name for name, others in seen.items() if others} == set()
