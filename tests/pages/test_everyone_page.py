"""Allas resultat as a leader meets it: whose results are there, whose are not, and what an address can change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from dash.development.base_component import Component
from sqlalchemy import event

from db.models import Organisation
from dimios_dash import access
from dimios_dash.analyses.everyone.chosen import LevelChoice, PoolChoice
from dimios_dash.analyses.everyone.similar import Weight
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.sector import Sector
from dimios_dash.errors import Forbidden
from dimios_dash.ids import OrganisationId
from pages.results import everyone
from tests.conftest import AsWeb
from tests.factories import Make
from tests.neighbours import counted, neighbour, neighbours, released
from tests.pages.context import context, links, words


@contextmanager
def statements(make: Make) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    connection = make.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


def drawn(
    make: Make,
    as_web: AsWeb,
    organisation_id: OrganisationId,
    *,
    role: Role = Role.LEADER,
    branch: str | None = None,
    urval: PoolChoice = PoolChoice.SECTOR,
    vikt_sektor: Weight = Weight.MUCH,
) -> Component:
    with as_web(organisation_id) as session:
        ctx = context(make, organisation_id, role, branch=branch, session=session)
        return everyone.layout(ctx, access.results(ctx), urval=urval, vikt_sektor=vikt_sektor)


def test_nobody_elses_name_is_there_without_consent(make: Make, as_web: AsWeb) -> None:
    own, *others = neighbours(make, [40, 45, 50, 55, 60, 65, 70])
    names = [make.session.get_one(Organisation, each).name for each in others]
    counted(make)

    text = words(drawn(make, as_web, own))

    assert "Ja, högre" in text or "Nej, lägre" in text
    assert not any(name in text for name in names)


def test_somebody_of_a_branch_sees_the_wholes_place_and_how_many_answered_there(make: Make, as_web: AsWeb) -> None:
    own = make.organisation()
    make.units(own, {"R": None, "B": "R"})
    released(make, make.release(own, 2025, {"R": 70, "B": 10}, answered=33))
    neighbours(make, [40] * 7)
    counted(make)

    text = words(drawn(make, as_web, own, branch="B"))

    assert "Hela organisationen 2025" in text
    assert "Ja, högre än medel (kommuner)" in text
    assert "Index är 70,0" in text


def test_another_pool_is_another_address(make: Make, as_web: AsWeb) -> None:
    own, *_others = neighbours(make, [50] * 7)
    neighbours(make, [90] * 6, sector=Sector.REGION, county=County.DALARNA)
    counted(make)

    in_sector, in_nation = (
        words(drawn(make, as_web, own, urval=pool)) for pool in (PoolChoice.SECTOR, PoolChoice.NATION)
    )

    assert "0 av 6 ligger över medel för de andra (kommuner)." in in_sector
    assert "0 av 6 ligger över medel för de andra (hela landet)." in in_nation


def test_weights_choose_who_is_similar(make: Make, as_web: AsWeb) -> None:
    own, *_others = neighbours(make, [50] * 8)
    for _ in range(5):
        neighbour(make, 30, Consent.SIMILAR, employees=20_000)
        neighbour(make, 80, Consent.SIMILAR, sector=Sector.REGION)
    neighbours(make, [40] * 8, sector=Sector.REGION, employees=20_000)
    counted(make)

    by_sector = words(drawn(make, as_web, own))
    without = words(drawn(make, as_web, own, vikt_sektor=Weight.NONE))

    assert "medel för de 5 mest lika är 30,0" in by_sector
    assert "medel för de 5 mest lika är 80,0" in without


def test_the_weights_are_links_that_keep_what_else_is_chosen(make: Make, as_web: AsWeb) -> None:
    own, *_others = neighbours(make, [50] * 7)
    counted(make)

    found = [link for link in links(drawn(make, as_web, own, urval=PoolChoice.NATION)) if "vikt_lan=mycket" in link]

    assert found
    assert all("urval=landet" in link for link in found)


@pytest.mark.parametrize("role", [Role.SUB_ADMINISTRATOR, Role.ACCOUNT_ADMINISTRATOR, Role.OPERATOR])
def test_only_those_who_may_read_results_see_it(make: Make, role: Role) -> None:
    own = neighbour(make, 50)

    with pytest.raises(Forbidden):
        access.results(context(make, own, role))


def test_it_asks_the_database_as_often_however_many_others_there_are(make: Make, as_web: AsWeb) -> None:
    own, *_others = neighbours(make, [50] * 7)
    counted(make)
    with statements(make) as few:
        drawn(make, as_web, own)
    for _ in range(12):
        neighbour(make, 60, Consent.SIMILAR, Consent.AREAS, Consent.NAMED, county=County.DALARNA)
    counted(make, today=date(2026, 5, 20))
    with statements(make) as many:
        text = words(drawn(make, as_web, own))

    assert len(few) == len(many)
    assert "medel för de 12 mest lika är 60,0" in text


def test_a_year_that_nobody_has_counted_says_so(make: Make, as_web: AsWeb) -> None:
    own = neighbour(make, 50)

    text = words(drawn(make, as_web, own))

    assert "Det finns ännu inga att jämföra med" in text
    assert "Inget län kan visas än" in text
    assert LevelChoice.INDEX.label in text
