"""Files on their way out: the list of respondents and the rows that could not be read in, asked for by others."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask

from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Permission, Role, may
from tests.attacks.organisations import SECRET, Victim
from tests.attacks.people import Person
from tests.factories import Make

TREES = ("/hamta/trad.csv", "/hamta/trad.xlsx")
LISTS = ("/hamta/respondenter.csv", "/hamta/respondenter.xlsx")


@pytest.fixture
def victim(site: Flask, committed: Make) -> Victim:
    return Victim.begin(site, committed, MeasurementState.OPEN)


def papers(victim: Victim) -> tuple[str, ...]:
    """What is printed of the victim's open links."""
    return f"/utskrift/lank/{victim.link}", f"/utskrift/koder/{victim.codes}", f"/hamta/koder/{victim.codes}.csv"


def fetched(person: Person, address: str) -> tuple[int, bytes]:
    answer = person.browser.get(address)
    return answer.status_code, answer.data


def test_the_owner_gets_what_the_others_do_not(victim: Victim) -> None:
    status, content = fetched(victim.key_user, LISTS[0])

    assert status == 200
    assert content.count(SECRET.encode()) >= 3


def test_every_role_without_the_permission_is_refused(site: Flask, committed: Make, victim: Victim) -> None:
    barred = [role for role in Role if not may(role, Permission.RESPONDENTS_EDIT)]
    people = [Person.arrive(site, committed, victim.organisation_id, role) for role in barred]

    statuses = {
        fetched(person, each)[0] for person in people for each in (*LISTS, f"/hamta/felrader/{victim.people_file}")
    }

    assert statuses == {403}


def test_another_organisation_gets_its_own_list_and_nobodys_file(site: Flask, committed: Make, victim: Victim) -> None:
    own = committed.organisation()
    committed.units(own, {"X": None})
    intruder = Person.arrive(site, committed, own, Role.KEY_USER)

    lists = [fetched(intruder, each) for each in LISTS]
    forged = [
        fetched(intruder, f"{LISTS[0]}?enhet=E-{SECRET}"),
        fetched(intruder, f"/hamta/felrader/{victim.people_file}"),
    ]

    assert [status for status, _ in lists] == [200, 200]
    assert [status for status, _ in forged] == [404, 404]
    assert not any(SECRET.encode() in content for _, content in lists)


def test_a_branch_gets_its_own_respondents_only(site: Flask, committed: Make, victim: Victim) -> None:
    committed.units(victim.organisation_id, {"B": "E"})
    helper = Person.arrive(site, committed, victim.organisation_id, Role.SUB_ADMINISTRATOR, branch="B")

    status, content = fetched(helper, LISTS[0])

    assert (status, SECRET.encode() in content) == (200, False)
    assert fetched(helper, f"{LISTS[0]}?enhet=E")[0] == 404


def test_the_file_of_a_colleague_stays_with_the_colleague(site: Flask, committed: Make, victim: Victim) -> None:
    colleague = Person.arrive(site, committed, victim.organisation_id, Role.KEY_USER)

    assert fetched(colleague, f"/hamta/felrader/{victim.people_file}")[0] == 404
    assert fetched(colleague, f"/hamta/felrader/{victim.tree_file}")[0] == 404


@pytest.mark.parametrize(
    "address",
    [
        *("/hamta/respondenter.exe", "/hamta/felrader/x", "/hamta/../app.py", "/hamta/respondenter.csv?typ=9"),
        *(f"/hamta/respondenter.csv?{query}" for query in ("status=x", "sida=0", "enhet=%00")),
    ],
)
def test_nonsense_is_not_found(victim: Victim, address: str) -> None:
    assert fetched(victim.key_user, address)[0] == 404


def test_a_file_that_is_no_table_gives_no_rows(site: Flask, committed: Make) -> None:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    key_user = Person.arrive(site, committed, organisation_id, Role.KEY_USER)
    sent = {"csrf": key_user.csrf, "fil": (BytesIO(b"%PDF-1.7"), "fil.csv")}
    address = str(key_user.browser.post("/ladda-upp/respondenter", data=sent).location)

    assert fetched(key_user, f"/hamta/felrader/{address.partition('fil=')[2]}")[0] == 400


def test_the_tree_goes_to_those_who_may_change_it(site: Flask, committed: Make, victim: Victim) -> None:
    barred = [role for role in Role if not may(role, Permission.TREE_EDIT)]
    people = [Person.arrive(site, committed, victim.organisation_id, role) for role in barred]
    forbidden = (*TREES, f"/hamta/felrader-trad/{victim.tree_file}")

    assert {fetched(person, each)[0] for person in people for each in forbidden} == {403}
    assert {site.test_client().get(each).status_code for each in forbidden} == {303}
    assert SECRET.encode() in fetched(victim.key_user, TREES[0])[1]


def test_another_organisation_gets_its_own_tree_and_nobodys_file(site: Flask, committed: Make, victim: Victim) -> None:
    own = committed.organisation()
    committed.units(own, {"X": None})
    intruder = Person.arrive(site, committed, own, Role.KEY_USER)
    colleague = Person.arrive(site, committed, victim.organisation_id, Role.KEY_USER)

    trees = [fetched(intruder, each) for each in TREES]
    forged = [fetched(person, f"/hamta/felrader-trad/{victim.tree_file}")[0] for person in (intruder, colleague)]

    assert [status for status, _ in trees] == [200, 200]
    assert b"X;;Enhet X" in trees[0][1]
    assert forged == [404, 404]
    assert fetched(victim.key_user, f"/hamta/felrader-trad/{victim.people_file}")[0] == 404
    assert fetched(victim.key_user, "/hamta/trad.exe")[0] == 404


def test_a_branch_gets_its_own_part_of_the_tree_only(site: Flask, committed: Make, victim: Victim) -> None:
    committed.units(victim.organisation_id, {"B": "E", "B1": "B"})
    helper = Person.arrive(site, committed, victim.organisation_id, Role.SUB_ADMINISTRATOR, branch="B")

    _, content = fetched(helper, TREES[0])

    assert content.decode("utf-8-sig").splitlines()[1:] == ["B;;Enhet B;ovrigt;", "B1;B;Enhet B1;ovrigt;"]


def test_codes_and_links_are_printed_for_their_owner_alone(site: Flask, committed: Make, victim: Victim) -> None:
    barred = [role for role in Role if not may(role, Permission.RESPONDENTS_EDIT)]
    people = [Person.arrive(site, committed, victim.organisation_id, role) for role in barred]
    committed.units(victim.organisation_id, {"B": "E"})
    own = committed.organisation()
    committed.units(own, {"X": None})
    strangers = [
        Person.arrive(site, committed, own, Role.KEY_USER),
        Person.arrive(site, committed, victim.organisation_id, Role.SUB_ADMINISTRATOR, branch="B"),
    ]

    owners = [fetched(victim.key_user, each) for each in papers(victim)]

    assert [(status, SECRET.encode() in content) for status, content in owners] == [(200, True)] * 3
    assert {fetched(person, each)[0] for person in people for each in papers(victim)} == {403}
    assert {fetched(person, each)[0] for person in strangers for each in papers(victim)} == {404}
    assert {site.test_client().get(each).status_code for each in papers(victim)} == {303}


def test_a_link_is_printed_as_what_it_is(victim: Victim) -> None:
    wrong = [
        *(f"/utskrift/lank/{victim.codes}", f"/utskrift/koder/{victim.link}", f"/utskrift/lank/{victim.people_file}"),
        *("/utskrift/lank/x", "/utskrift/koder/", f"/hamta/koder/{victim.people_file}.csv"),
    ]

    assert {fetched(victim.key_user, each)[0] for each in wrong} == {404}
