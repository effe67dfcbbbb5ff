"""What /matning/start foresees of the results."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.commands import measurements
from db.models import Measurement
from dimios_dash.components.visibility_outlook import Rows
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.sample.outlook import ResponseRate
from dimios_dash.domain.work import MailState
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from pages.measurement import start
from tests.factories import Make
from tests.pages.context import context, words
from tests.pages.drafts import ALL, draft_of_three


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    return draft_of_three(make)


def rehearsed(
    make: Make, organisation_id: OrganisationId, k: int = 3, rows: Rows = Rows.FIRST, chosen: object = None
) -> str:
    wanted = ALL if chosen is None else chosen
    ctx = context(make, organisation_id)
    return words(start.rehearse(ctx, ResponseRate.USUAL, rows, k, wanted))  # type: ignore[arg-type]


def test_the_outlook_says_what_will_be_hidden_and_what_would_help(make: Make, organisation_id: OrganisationId) -> None:
    text = rehearsed(make, organisation_id)

    assert text.startswith("0 av 4 enheter visas så gott som säkert. 4 behöver fler inbjudna.")
    assert "Enhet A1 Enhet A Aldrig Färre inbjudna än minsta antal svar Bjud in minst 7 till." in text
    assert "Fördelningar, förbättringsförslag och andelen Vet ej visas aldrig" in text
    assert "Hela organisationen har 3 inbjudna" in text


def test_the_outlook_tells_of_merges_and_of_finer_results(make: Make, organisation_id: OrganisationId) -> None:
    measurement_id = make.session.scalars(select(Measurement.id)).one()
    for unit, role_type in [("A1", 1), *[("B", 3)] * 3, *[("E", 3)] * 30]:
        make.invitation(organisation_id, MeasurementId(measurement_id), unit, role_type=role_type)

    text = rehearsed(make, organisation_id)

    merged = "eller slå ihop med enheten ovanför, Enhet E: då visas den så gott som säkert."
    assert f"Enhet B Osäkert Bjud in minst 5 till, {merged} 4" in text
    assert "Slås små enheter ihop som tabellen föreslår" in text
    assert "De visas för grupper om minst 10 svar, alltså omkring 25 inbjudna." in text
    assert "Per respondenttyp" in text


def test_the_outlook_follows_k_and_what_takes_part(make: Make, organisation_id: OrganisationId) -> None:
    with_ten = rehearsed(make, organisation_id, k=10)
    only_b = rehearsed(make, organisation_id, chosen=[[UnitId("B")]])

    assert "med minst 25 inbjudna" in with_ten
    assert only_b.startswith("0 av 1 enhet ")
    assert "Enhet A1" not in only_b
    assert rehearsed(make, organisation_id, chosen=[[]]).startswith("Ingen enhet är vald.")


def test_of_many_units_the_most_doubtful_come_first_and_the_rest_on_demand(make: Make) -> None:
    found = make.organisation()
    many = {f"A{number}": "E" for number in range(60)}
    make.units(found, {"E": None, **many})
    measurement_id = measurements.ensure_draft(make.session, make.desk(found), 2026)
    for _ in range(30):
        make.invitation(found, measurement_id, "A59", mail=MailState.NOT_SENT)
    everybody = [[UnitId(unit) for unit in ("E", *many)]]

    first, doubtful, every = (rehearsed(make, found, rows=rows, chosen=everybody) for rows in Rows)

    assert "50 av 61." in first
    assert "59 av 61." in doubtful
    assert "Alla 61." in every
    assert "Enhet A59" in every
    assert "Enhet A59" not in first + doubtful


def test_no_outlook_is_reckoned_for_a_k_that_nobody_may_choose(make: Make, organisation_id: OrganisationId) -> None:
    with pytest.raises(Invalid, match="3, 5, 7, 10"):
        rehearsed(make, organisation_id, k=10**9)


def test_the_outlook_is_for_those_who_may_start(make: Make, organisation_id: OrganisationId) -> None:
    stranger, leader = make.organisation(), context(make, organisation_id, Role.LEADER)

    with pytest.raises(NotFound):
        rehearsed(make, stranger)
    with pytest.raises(Forbidden):
        start.rehearse(leader, ResponseRate.USUAL, Rows.FIRST, 3, ALL)
