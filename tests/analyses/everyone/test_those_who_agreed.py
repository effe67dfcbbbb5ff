"""Single others, of those that have agreed: areas, similar ones and groups, in words, pictures and tables."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from db.commands import consents, groups
from db.models import Organisation, Placement
from db.queries import memberships
from dimios_dash import access
from dimios_dash.analyses import basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import AREAS, OWN_GROUP, SIMILAR
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.ids import OrganisationId
from tests.conftest import AsWeb
from tests.factories import Make
from tests.neighbours import YEAR, counted, neighbour, neighbours, released


def with_school(make: Make, value: float) -> OrganisationId:
    """An organisation at 50 with one school at `value`, which it shows."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"R": None, "S": "R"})
    measurement_id = make.release(organisation_id, YEAR, {"R": 50, "S": value})
    released(make, measurement_id)
    school = update(Placement).where(Placement.measurement_id == measurement_id, Placement.unit_id == "S")
    make.session.execute(school.values(activity=Activity.SKOLA))
    return organisation_id


@pytest.fixture
def shown(make: Make) -> list[OrganisationId]:
    """Six with schools that are shown, and eight more of whom nothing is known."""
    found = [with_school(make, value) for value in (70, 20, 30, 40, 50, 60)]
    for each in found:
        consents.change(make.session, make.desk(each), frozenset({Consent.AREAS}))
    neighbours(make, [50] * 8)
    counted(make)
    return found


def read(make: Make, as_web: AsWeb, organisation_id: OrganisationId) -> Basis:
    """With everything asked of the database as web asks it."""
    scope = access.export(make.session, organisation_id, YEAR)
    with as_web(organisation_id) as session:
        found = basis.read(session, scope)
        _ = (found.whole, found.years, found.results, found.pools, found.others.own)
        _ = (found.others.areas, found.others.comparable, found.others.groups)
    return found


def test_our_school_stands_beside_the_schools_of_others(make: Make, as_web: AsWeb, shown: list[OrganisationId]) -> None:
    cells = AREAS.read(read(make, as_web, shown[0]))

    assert AREAS.headline(cells) == "Skola +30,0 mot andras"
    assert AREAS.reading(cells) == "1 av 1 verksamheter ligger över medel för samma verksamhet hos andra."
    (row,) = AREAS.table(cells).rows
    assert [cell.value for cell in row.cells[:3]] == ["Skola", 70.0, 40.0]
    assert "ni själva borträknade: 5 organisationer" in AREAS.notes(cells)[0]
    assert AREAS.draw(cells) is not None


def test_without_five_others_no_area_is_compared(make: Make, as_web: AsWeb) -> None:
    own = with_school(make, 70)
    counted(make)

    cells = AREAS.read(read(make, as_web, own))

    assert AREAS.headline(cells) == "Ingen verksamhet kan jämföras än"
    assert AREAS.draw(cells) is None
    assert AREAS.notes(cells) == ()


def test_similar_ones_are_told_by_how_many_are_like_us(make: Make, as_web: AsWeb) -> None:
    own, *_others = neighbours(make, [60] * 8)
    for value in (40, 45, 50, 55, 60):
        neighbour(make, value, Consent.SIMILAR)
    counted(make)

    cells = SIMILAR.read(read(make, as_web, own))

    assert SIMILAR.headline(cells) == "Högre än de som liknar oss"
    assert SIMILAR.reading(cells) == "Index är 60,0; medel för de 5 mest lika är 50,0."
    assert SIMILAR.notes(cells)[0] == (
        "Av dem är 5 i er sektor, 5 av er storlek och 5 i ert län. De väljs bland 5 organisationer som har samtyckt; "
        "ni själva är inte med."
    )


def test_members_of_a_group_are_ranked_by_name_with_the_own_one_among_them(make: Make, as_web: AsWeb) -> None:
    own, other, *_others = neighbours(make, [40, 60, *[50] * 9])
    groups.propose(make.session, make.desk(own), "Koncernen")
    groups.join(make.session, make.desk(other), memberships.own(make.session, make.desk(own))[0].code)
    counted(make)

    cells = OWN_GROUP.read(read(make, as_web, own))

    names = [make.session.get_one(Organisation, each).name for each in (other, own)]
    assert OWN_GROUP.headline(cells) == f"{names[0]} högst"
    assert [(member.name, member.value, member.own) for member in cells.members] == [
        (names[0], 60.0, False),
        (names[1], 40.0, True),
    ]
    assert OWN_GROUP.reading(cells) == "Index är 40,0 hos er. Gruppen har 2 medlemmar med resultat."


def test_a_group_without_results_of_others_says_when_they_come(make: Make, as_web: AsWeb) -> None:
    own, *_others = neighbours(make, [40] * 7)
    groups.propose(make.session, make.desk(own), "Koncernen")
    counted(make)

    cells = OWN_GROUP.read(read(make, as_web, own))

    assert OWN_GROUP.headline(cells) == "Inga andra i gruppen har resultat att visa"
    assert OWN_GROUP.reading(cells).startswith("Resultaten visas från nästa fasta dag")
    assert OWN_GROUP.draw(cells) is None
