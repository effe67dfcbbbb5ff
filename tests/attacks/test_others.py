"""Other organisations: what is not agreed to is reached by no row, no address and no role."""

from __future__ import annotations

import pytest
from flask import Flask
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Executable, delete, insert, select, text, update
from sqlalchemy.exc import ProgrammingError

from db.commands import consents, groups
from db.models import Benchmark, GivenConsent, GroupMember, GroupMembership, SharedResult, ToldPool
from db.queries import memberships
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import PLATFORM, OrganisationId, new_id
from tests.attacks.people import Person
from tests.conftest import AsWeb
from tests.factories import Make
from tests.neighbours import YEAR, counted, neighbour, neighbours
from tests.signing_in import callback

SHARED = (SharedResult.year, SharedResult.part, SharedResult.name)


@pytest.fixture
def victim(make: Make) -> OrganisationId:
    """Among nine others, agreeing to everything, in a group of its own, counted."""
    neighbours(make, [40, 45, 50, 55, 60, 65, 70, 75])
    found = neighbour(make, 91.3, *Consent)
    groups.propose(make.session, make.desk(found), "Offrets grupp")
    counted(make)
    return found


def test_web_reads_pools_of_its_own_and_of_the_platform_and_of_nobody_else(
    make: Make, as_web: AsWeb, victim: OrganisationId
) -> None:
    intruder = neighbour(make, 10)

    with as_web(intruder) as session:
        owners = set(session.scalars(select(Benchmark.organisation_id)))

    assert owners == {PLATFORM}
    assert make.session.scalars(select(Benchmark.organisation_id).where(Benchmark.organisation_id == victim)).all()


@pytest.mark.parametrize("organisation_id", [None, PLATFORM])
def test_neither_a_stranger_nor_the_platforms_operator_reads_what_is_shared_in_groups(
    make: Make, as_web: AsWeb, victim: OrganisationId, organisation_id: OrganisationId | None
) -> None:
    of_victim = select(SharedResult.part).where(SharedResult.organisation_id == victim)
    assert make.session.scalars(of_victim).all()

    with as_web(organisation_id) as session:
        in_groups = session.execute(select(*SHARED).where(SharedResult.group_id.is_not(None))).all()
        names = session.scalars(select(GroupMember.name)).all()
        given = session.scalars(select(GivenConsent.kind)).all()

    assert (in_groups, names, given) == ([], [], [])


def test_without_an_organisation_nothing_is_shared_with_anybody(
    as_web: AsWeb,
    victim: OrganisationId,  # noqa: ARG001, it shows everything
) -> None:
    with as_web(None) as session:
        assert session.execute(select(*SHARED)).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        select(SharedResult.organisation_id), select(SharedResult.consent), select(ToldPool.members),
        update(SharedResult).values(name="Kapad"), delete(SharedResult), text("truncate shared_result"),
        update(Benchmark).values(synthetic=False), delete(Benchmark), text("delete from told_pool"),
        update(GroupMembership).values(code="kapad"), update(GroupMember).values(name="Kapad"),
        text("update organisation set sector = 'region'"), text("update organisation set name = 'Kapad'"),
        text("update group_code set group_id = gen_random_uuid()"), text("delete from group_code"),
    ],
)  # fmt: skip
def test_web_may_not_tell_whose_a_row_is_nor_change_what_was_counted(
    as_web: AsWeb, victim: OrganisationId, statement: Executable
) -> None:
    with pytest.raises(ProgrammingError) as refused, as_web(victim) as session:
        session.execute(statement)

    assert isinstance(refused.value.orig, InsufficientPrivilege)


def test_nobody_makes_a_pool_of_the_platforms_or_speaks_for_another(
    make: Make, as_web: AsWeb, victim: OrganisationId
) -> None:
    intruder = make.organisation()
    forged: tuple[Executable, ...] = (
        insert(GivenConsent).values(organisation_id=victim, kind="named"),
        insert(GroupMembership).values(organisation_id=victim, group_id=new_id(), code="x"),
        insert(GroupMember).values(organisation_id=PLATFORM, group_id=new_id(), group_name="x", name="x"),
    )

    for statement in forged:
        with pytest.raises(ProgrammingError, match="row-level security"), as_web(intruder) as session:
            session.execute(statement)


def test_describing_oneself_describes_nobody_else(make: Make, as_web: AsWeb, victim: OrganisationId) -> None:
    intruder = make.organisation()

    with as_web(intruder) as session:
        session.execute(text("update organisation set employees = 7"))

    described = make.session.execute(text("select id from organisation where employees = 7")).scalars().all()
    assert described == [intruder]
    assert victim not in described


def test_a_consent_that_is_taken_back_leaves_no_row_behind(make: Make, as_web: AsWeb, victim: OrganisationId) -> None:
    with as_web(victim) as session:
        consents.change(session, make.desk(victim), frozenset())
        (group,) = memberships.own(session, make.desk(victim))
        groups.leave(session, make.desk(victim), group.group_id)

    of_victim = select(SharedResult.part).where(SharedResult.organisation_id == victim)
    assert make.session.scalars(of_victim).all() == []


FORGED = ("?urval=sector:kommun", "?urval=size:kommun:1", "?niva=F1.1", "?vikt_lan=9", f"?ar={YEAR}&enhet=annan")


@pytest.mark.parametrize("query", FORGED)
def test_a_forged_pool_or_level_is_no_page_and_no_file(site: Flask, committed: Make, query: str) -> None:
    own = neighbour(committed, 40)
    leader = Person.arrive(site, committed, own, Role.LEADER)

    page = leader.post(callback("/resultat/alla", query))[0]
    file = leader.browser.get(f"/hamta/analys/resultat/alla/plats.csv{query}").status_code

    assert (page, file) == (404, 404)


@pytest.mark.parametrize("role", [Role.SUB_ADMINISTRATOR, Role.ACCOUNT_ADMINISTRATOR, Role.OPERATOR])
def test_who_may_not_read_results_gets_none_of_others(site: Flask, committed: Make, role: Role) -> None:
    own = neighbour(committed, 40)
    person = Person.arrive(site, committed, own, role)

    page = person.post(callback("/resultat/alla", ""))[0]
    files = {
        person.browser.get(f"/hamta/analys/resultat/alla/{slug}.csv").status_code
        for slug in ("plats", "lan", "liknande", "koncern")
    }

    assert (page, files) == (403, {403})


@pytest.mark.parametrize("role", [Role.LEADER, Role.FACILITATOR, Role.EVALUATOR, Role.SUB_ADMINISTRATOR, Role.OPERATOR])
def test_who_may_not_decide_it_does_not_open_what_is_shared(site: Flask, committed: Make, role: Role) -> None:
    person = Person.arrive(site, committed, committed.organisation(), role)

    assert person.post(callback("/administration/organisation", ""))[0] == 403
