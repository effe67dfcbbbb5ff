"""What organisations see of those that have agreed to it: on fixed dates, and never of others through them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.commands import consents, groups
from db.models import AuditEvent, Organisation, SharedResult
from db.queries import benchmarks, memberships, shared_results
from dimios_dash import access
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.sector import Sector
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.intake.unit_row import UnitRow
from dimios_dash.tallying.benchmarks import compute
from dimios_dash.tallying.moving_in import move_in
from tests.conftest import AsWeb
from tests.factories import Make
from tests.tallying.conftest import answers

RELEASED, FEBRUARY, MAY = date(2026, 1, 10), date(2026, 2, 22), date(2026, 5, 2)
YEAR = 2025
TREE = (
    UnitRow(2, UnitId("E"), None, "Hela", Activity.OVRIGT, None),
    UnitRow(3, UnitId("S"), UnitId("E"), "Skolan", Activity.SKOLA, None),
    UnitRow(4, UnitId("S1"), UnitId("S"), "Norra skolan", Activity.SKOLA, None),
)


def measured(
    make: Make, point: int, *given: Consent, sector: Sector = Sector.KOMMUN, school: int | None = None
) -> OrganisationId:
    """Ten answers of `point`; with `school`, ten more of the school and ten of a school below it."""
    organisation_id = make.organisation(sector=sector)
    kept = make.session.get_one(Organisation, organisation_id)
    kept.employees, kept.county = 500, County.SKANE
    rows = [*answers("E", [point] * 10)]
    if school is not None:
        rows += [*answers("S", [school] * 10), *answers("S1", [school] * 10)]
    scope = access.system(organisation_id)
    move_in(make.session, scope, make.keys, YEAR, 3, TREE, _numbered(rows), RELEASED)
    consents.change(make.session, make.desk(organisation_id), frozenset(given))
    return organisation_id


def _numbered(rows: list[AnswerRow]) -> list[AnswerRow]:
    return [replace(row, row=place) for place, row in enumerate(rows, start=2)]


def counted(make: Make, today: date = FEBRUARY) -> None:
    compute(make.session, access.system(), YEAR, today)


def looking(make: Make, organisation_id: OrganisationId) -> ResultsScope:
    return access.export(make.session, organisation_id, YEAR)


def test_nobody_is_seen_who_has_not_agreed_to_it(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(8)]
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        seen = (
            shared_results.points(session, scope),
            shared_results.comparable(session, scope),
            dict(shared_results.areas(session, scope)),
            shared_results.groups(session, scope),
        )

    assert seen == ((), (), {}, ())


def test_a_named_point_has_its_name_and_nothing_but_its_place_on_the_map(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(8)]
    named = measured(make, 4, Consent.NAMED)
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        (point,) = shared_results.points(session, scope)

    name = make.session.get_one(Organisation, named).name
    assert (point.name, point.size, point.county) == (name, None, None)
    assert point.values == {"index": 60.0, "F": 60.0, "A": 60.0}


@pytest.mark.parametrize(("others", "shown"), [(4, 0), (5, 5)])
def test_points_without_names_are_shown_from_five_others(make: Make, as_web: AsWeb, others: int, shown: int) -> None:
    own = measured(make, 3, Consent.POINT)
    for _ in range(others):
        measured(make, 4, Consent.POINT)
    for _ in range(8):
        measured(make, 2)
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        points = shared_results.points(session, scope)

    assert [point.name for point in points] == [None] * shown


@pytest.mark.parametrize(("newcomers", "shown"), [(5, 6), (6, 12)])
def test_new_points_wait_until_six_come_at_once(make: Make, as_web: AsWeb, newcomers: int, shown: int) -> None:
    """Beside an older map, fewer new points would say whose they are."""
    own, *_others = [measured(make, 2) for _ in range(8)]
    for _ in range(6):
        measured(make, 3, Consent.POINT)
    counted(make)
    for _ in range(newcomers):
        measured(make, 4, Consent.POINT)
    counted(make, MAY)
    scope = looking(make, own)

    with as_web(own) as session:
        assert len(shared_results.points(session, scope)) == shown


def test_points_are_those_of_the_own_sector(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(8)]
    measured(make, 4, Consent.NAMED, sector=Sector.MYNDIGHET)
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        assert shared_results.points(session, scope) == ()


def test_similar_ones_are_of_any_sector_with_size_and_county_and_without_a_name(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(8)]
    measured(make, 4, Consent.SIMILAR, Consent.NAMED, sector=Sector.REGION)
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        (similar,) = shared_results.comparable(session, scope)

    assert (similar.name, similar.sector, similar.size, similar.county) == (
        *(None, Sector.REGION, SizeClass.SMALL, County.SKANE),
    )
    assert similar.values["F1.1"] == similar.values["A3"] == 60.0


def test_an_area_is_its_highest_units_together(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(8)]
    measured(make, 2, Consent.AREAS, school=5)
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        areas = shared_results.areas(session, scope)

    assert {area: [each.values["index"] for each in found] for area, found in areas.items()} == {Activity.SKOLA: [80.0]}


@pytest.mark.parametrize(("unnamed", "shown"), [(6, True), (5, False)])
def test_nobody_is_shown_by_whom_the_others_of_a_pool_could_be_reckoned_out(
    make: Make, as_web: AsWeb, unnamed: int, *, shown: bool
) -> None:
    """The pool is told whole; without the named one five others would be left to somebody among them, or four."""
    own, *_others = [measured(make, 3) for _ in range(unnamed)]
    measured(make, 4, Consent.NAMED)
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        assert bool(shared_results.points(session, scope)) is shown


def test_a_consent_counts_from_the_next_fixed_date(make: Make, as_web: AsWeb) -> None:
    own, other, *_others = [measured(make, 3) for _ in range(8)]
    counted(make)
    consents.change(make.session, make.desk(other), frozenset({Consent.NAMED}))
    counted(make, date(2026, 4, 30))
    scope = looking(make, own)

    with as_web(own) as session:
        before = shared_results.points(session, scope)
    counted(make, MAY)
    with as_web(own) as session:
        after = shared_results.points(session, scope)

    assert (len(before), len(after)) == (0, 1)


def test_what_is_taken_back_is_gone_at_once(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(8)]
    other = measured(make, 4, Consent.NAMED, Consent.SIMILAR)
    counted(make)
    scope = looking(make, own)

    with as_web(other) as session:
        consents.change(session, make.desk(other), frozenset({Consent.SIMILAR}))
    with as_web(own) as session:
        seen = shared_results.points(session, scope), shared_results.comparable(session, scope)

    assert (len(seen[0]), len(seen[1])) == (0, 1)
    events = make.session.scalars(
        select(AuditEvent.details).where(AuditEvent.organisation_id == other, AuditEvent.event == "consent_taken_back")
    )
    assert events.all() == [{"kind": "named"}]


def test_members_of_a_group_see_each_other_by_name_and_nobody_else_does(make: Make, as_web: AsWeb) -> None:
    own, stranger, other, *_others = [measured(make, 3) for _ in range(10)]
    with as_web(own) as session:
        groups.propose(session, make.desk(own), "Koncernen")
        code = memberships.own(session, make.desk(own))[0].code
    with as_web(other) as session:
        groups.join(session, make.desk(other), code.lower().replace("-", " "))
    counted(make)

    of_own, of_stranger = looking(make, own), looking(make, stranger)
    with as_web(own) as session:
        (group,) = shared_results.groups(session, of_own)
    with as_web(stranger) as session:
        groups_of_stranger = shared_results.groups(session, of_stranger)
        any_row = session.scalars(select(SharedResult.name)).all()

    name = make.session.get_one(Organisation, other).name
    assert (group.name, [member.name for member in group.members]) == ("Koncernen", [name])
    assert set(group.members[0].values) == {"index", "F", "A", "F1", "F2", "F3", "A1", "A2", "A3"}
    assert (groups_of_stranger, any_row) == ((), [])


def test_groups_that_together_would_leave_one_other_of_a_pool_are_not_shown(make: Make, as_web: AsWeb) -> None:
    """Eight are told: any one group leaves five or more, all three leave the last one's own result."""
    own, *others = [measured(make, 3) for _ in range(8)]
    for first in (0, 2, 4):
        founded(make, own, *others[first : first + 2])
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        seen = [group for group in shared_results.groups(session, scope) if group.members]

    assert len(seen) == 1


def test_who_joins_a_group_sees_it_from_the_next_fixed_date(make: Make, as_web: AsWeb) -> None:
    """Before that, nobody has reckoned with what the newcomer knows of other groups."""
    own, other, new, *_others = [measured(make, 3) for _ in range(12)]
    founded(make, own, other)
    counted(make)
    groups.join(make.session, make.desk(new), memberships.own(make.session, make.desk(own))[0].code)
    scope = looking(make, new)

    with as_web(new) as session:
        before = shared_results.groups(session, scope)[0].members
    counted(make, MAY)
    with as_web(new) as session:
        after = shared_results.groups(session, scope)[0].members

    assert (len(before), len(after)) == (0, 2)


def test_areas_that_are_whole_organisations_leave_nobody_alone_in_a_pool(make: Make, as_web: AsWeb) -> None:
    """An agency with one area is its area: the pool of seven less five of them and the own one was the seventh."""
    own, *_five = [all_at_school(make, point, Consent.AREAS) for point in (3, 2, 3, 4, 2, 4)]
    all_at_school(make, 6)
    counted(make)
    scope = looking(make, own)

    with as_web(own) as session:
        (pool,) = (each for each in benchmarks.pools(session, scope) if each.pool == "sector:kommun")
        areas = shared_results.areas(session, scope).get(Activity.SKOLA, ())

    assert pool.organisations - len(areas) >= 5


def all_at_school(make: Make, point: int, *given: Consent) -> OrganisationId:
    """An organisation whose ten answers all come from its school."""
    organisation_id = make.organisation(sector=Sector.KOMMUN)
    answered = _numbered([*answers("S", [point] * 10)])
    move_in(make.session, access.system(organisation_id), make.keys, YEAR, 3, TREE, answered, RELEASED)
    consents.change(make.session, make.desk(organisation_id), frozenset(given))
    return organisation_id


def founded(make: Make, *organisations: OrganisationId) -> None:
    """A group of these."""
    founder, *joining = organisations
    group_id = groups.propose(make.session, make.desk(founder), "Koncernen")
    (own,) = (each for each in memberships.own(make.session, make.desk(founder)) if each.group_id == group_id)
    for other in joining:
        groups.join(make.session, make.desk(other), own.code)


def test_who_leaves_a_group_takes_results_and_name_along_at_once(make: Make, as_web: AsWeb) -> None:
    own, other, *_others = [measured(make, 3) for _ in range(10)]
    group_id = groups.propose(make.session, make.desk(own), "Koncernen")
    groups.join(make.session, make.desk(other), memberships.own(make.session, make.desk(own))[0].code)
    counted(make)
    scope = looking(make, own)

    with as_web(other) as session:
        groups.leave(session, make.desk(other), group_id)
    with as_web(own) as session:
        (group,), (standing,) = shared_results.groups(session, scope), memberships.own(session, make.desk(own))

    assert group.members == ()
    assert standing.members == (make.session.get_one(Organisation, own).name,)


@pytest.mark.parametrize("typed", ["", "hej", "AAAA-BBBB-CCCC-DDDD"])
def test_a_code_that_leads_nowhere_says_so(make: Make, typed: str) -> None:
    with pytest.raises(Invalid, match="Koden leder inte till någon grupp"):
        groups.join(make.session, make.desk(make.organisation()), typed)


def test_nobody_joins_twice_nor_leaves_what_they_are_not_in(make: Make) -> None:
    own, other = make.organisation(), make.organisation()
    group_id = groups.propose(make.session, make.desk(own), "Koncernen")
    code = memberships.own(make.session, make.desk(own))[0].code

    with pytest.raises(Invalid, match="redan med"):
        groups.join(make.session, make.desk(own), code)
    with pytest.raises(NotFound):
        groups.leave(make.session, make.desk(other), group_id)


def test_somebody_of_a_branch_decides_nothing_for_the_whole(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None, "B": "E"})
    desk = make.desk(organisation_id, "B")

    for deed in (
        lambda: consents.change(make.session, desk, frozenset()),
        lambda: consents.describe(make.session, desk, None, None),
        lambda: groups.propose(make.session, desk, "Koncernen"),
        lambda: groups.join(make.session, desk, "x"),
    ):
        with pytest.raises(Forbidden):
            deed()


@pytest.mark.parametrize("employees", [-1, 1_000_001])
def test_a_number_of_employees_that_no_organisation_has_is_refused(make: Make, employees: int) -> None:
    with pytest.raises(Invalid, match="anställda"):
        consents.describe(make.session, make.desk(make.organisation()), County.SKANE, employees)
