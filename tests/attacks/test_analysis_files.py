"""/hamta/analys/…: what stands on a page of results as a file, asked for by those who may not see the page."""

from __future__ import annotations

import pytest
from flask import Flask

from dimios_dash.analyses import ANALYSES
from dimios_dash.domain.permissions import Permission, Role, may
from dimios_dash.ids import OrganisationId
from dimios_dash.web import PAGES
from tests.attacks.people import Person
from tests.factories import Make

SECRET = "hemlighet"
TREE = {"K": None, f"A-{SECRET}": "K", "B": "K"}
FILE = "/hamta/analys/resultat/oversikt/enheter.csv"


@pytest.fixture
def victim(committed: Make) -> OrganisationId:
    """An organisation with a release, one of whose units is a secret to the other branch."""
    organisation_id = committed.organisation()
    committed.units(organisation_id, TREE)
    committed.release(organisation_id, 2025, dict.fromkeys(TREE, 50.0))
    committed.session.commit()
    return organisation_id


def fetched(person: Person, address: str) -> tuple[int, str]:
    answer = person.browser.get(address)
    return answer.status_code, answer.get_data().decode(errors="replace")


def test_a_leader_gets_the_file(site: Flask, committed: Make, victim: OrganisationId) -> None:
    leader = Person.arrive(site, committed, victim, Role.LEADER)

    status, content = fetched(leader, f"{FILE}?ar=2025")

    assert (status, SECRET in content) == (200, True)


def test_nobody_gets_it_without_a_session_or_the_permission(
    site: Flask, committed: Make, victim: OrganisationId
) -> None:
    barred = [role for role in Role if not may(role, Permission.RESULTS_READ)]
    statuses = {fetched(Person.arrive(site, committed, victim, role), FILE)[0] for role in barred}

    assert statuses == {403}
    assert site.test_client().get(FILE).status_code == 303  # to the sign-in


def test_another_organisation_and_another_branch_find_nothing(
    site: Flask, committed: Make, victim: OrganisationId
) -> None:
    own = committed.organisation()
    committed.units(own, {"X": None})
    committed.release(own, 2025, {"X": 50.0})
    intruder = Person.arrive(site, committed, own, Role.LEADER)
    colleague = Person.arrive(site, committed, victim, Role.LEADER, branch="B")

    found = [fetched(intruder, f"{FILE}?ar=2025&enhet=A-{SECRET}"), fetched(colleague, f"{FILE}?ar=2025&enhet=K")]

    assert [status for status, _ in found] == [404, 404]
    assert not any("Enhet" in content and SECRET in content for _, content in found)


def test_no_file_of_a_branch_holds_anything_of_another(site: Flask, committed: Make, victim: OrganisationId) -> None:
    colleague = Person.arrive(site, committed, victim, Role.LEADER, branch="B")
    pages = [path for path, page in PAGES.items() if page.needs is Permission.RESULTS_READ and page.in_languages]
    files = [f"/hamta/analys{page}/{analysis.slug}.csv?ar=2025" for page in pages for analysis in ANALYSES]

    found = [fetched(colleague, file) for file in files]

    assert {status for status, _ in found} == {200, 404}
    assert not any(SECRET in content for _, content in found)


@pytest.mark.parametrize(
    "address",
    [
        *("/hamta/analys/resultat/oversikt/finns-inte.csv", "/hamta/analys/resultat/oversikt/enheter.exe"),
        *(
            "/hamta/analys/finns/inte/enheter.csv",
            "/hamta/analys/matning/trad/enheter.csv",
            "/hamta/analys//enheter.csv",
        ),
        *(f"{FILE}?{query}" for query in ("ar=x", "ar=1999", "enhet=%00", "ar=2025&ar=2024", "enhet=finns-inte")),
    ],
)
def test_nonsense_is_not_found(site: Flask, committed: Make, victim: OrganisationId, address: str) -> None:
    key_user = Person.arrive(site, committed, victim, Role.KEY_USER)

    assert fetched(key_user, address)[0] == 404
