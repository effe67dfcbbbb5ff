"""The list as it is looked at: filters, pages, searches, and nothing outside the branch."""

from __future__ import annotations

from functools import partial

import pytest

from db.queries import respondent_list, respondents
from db.queries.respondent_list import PAGE
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.respondents.respondent_filter import Progress, RespondentFilter
from dimios_dash.domain.work import MailState
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from tests.conftest import AsWeb
from tests.factories import Make

TREE = {"K": None, "A": "K", "A1": "A", "B": "K"}


def listed(make: Make) -> tuple[OrganisationId, MeasurementId]:
    """One in each state, over the units."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    measurement_id = make.measurement(organisation_id)
    add = partial(make.invitation, organisation_id, measurement_id)
    add("A", "anna.berg@ekhamn.example", 1)
    add("A1", "Bo@EKHAMN.example", 2, answered=True)
    add("B", "cia@gmail.example", mail=MailState.BOUNCED)
    add("B", "borta@ekhamn.example", 3, removed=True)
    add("K", "ny@ekhamn.example", 3, mail=MailState.NOT_SENT)
    return organisation_id, measurement_id


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (RespondentFilter(), ["ny", "anna.berg", "Bo", "cia"]),
        (RespondentFilter(UnitId("A")), ["anna.berg", "Bo"]),
        (RespondentFilter(UnitId("A1")), ["Bo"]),
        (RespondentFilter(role_type=3), ["ny"]),
        (RespondentFilter(role_type=0), ["cia"]),
        (RespondentFilter(progress=Progress.SENT), ["anna.berg"]),
        (RespondentFilter(progress=Progress.ANSWERED), ["Bo"]),
        (RespondentFilter(progress=Progress.BOUNCED), ["cia"]),
        (RespondentFilter(progress=Progress.NOT_SENT), ["ny"]),
        (RespondentFilter(progress=Progress.REMOVED), ["borta"]),
        (RespondentFilter(UnitId("A"), 1, Progress.ANSWERED), []),
    ],
)
def test_a_filter_shows_those_it_means(
    make: Make, as_web: AsWeb, chosen: RespondentFilter, expected: list[str]
) -> None:
    organisation_id, measurement_id = listed(make)
    keys = AddressVault.open(make.keys, organisation_id)

    with as_web(organisation_id) as session:
        found = respondent_list.page(session, make.desk(organisation_id), keys, measurement_id, chosen, number=1)
        everybody = respondent_list.choose_all(session, make.desk(organisation_id), measurement_id, chosen)

    assert [each.address.partition("@")[0] for each in found.rows] == expected
    assert found.total == len(expected)
    assert {one.id for one in everybody} == {each.id for each in found.rows}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ANNA.BERG@ekhamn.EXAMPLE", ["anna.berg"]),
        ("Anna <anna.berg@ekhamn.example>", ["anna.berg"]),
        ("ekhamn", ["ny", "anna.berg", "Bo"]),
        ("@gmail", ["cia"]),
        ("BO@", ["Bo"]),
        ("berg@ekhamn.example", ["anna.berg"]),
        ("finns.inte@ekhamn.example", []),
        ("borta", []),
        ("\0", []),
        ("\ud800", []),
    ],
)
def test_a_search_finds_whole_addresses_and_parts(make: Make, as_web: AsWeb, text: str, expected: list[str]) -> None:
    organisation_id, measurement_id = listed(make)
    keys = AddressVault.open(make.keys, organisation_id)

    with as_web(organisation_id) as session:
        found = respondent_list.search(
            session, make.desk(organisation_id), keys, measurement_id, RespondentFilter(), text=text, number=1
        )

    assert [each.address.partition("@")[0] for each in found.rows] == expected


def test_pages_follow_each_other_and_the_last_is_the_last(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    measurement_id = make.measurement(organisation_id)
    for _ in range(PAGE + 3):
        make.invitation(organisation_id, measurement_id, "A")
    keys, desk = AddressVault.open(make.keys, organisation_id), make.desk(organisation_id)

    with as_web(organisation_id) as session:
        pages = [
            respondent_list.page(session, desk, keys, measurement_id, RespondentFilter(), number=number)
            for number in (1, 2, 99)
        ]

    assert [(page.number, len(page.rows), page.total, page.pages) for page in pages] == [
        (1, PAGE, PAGE + 3, 2),
        (2, 3, PAGE + 3, 2),
        (2, 3, PAGE + 3, 2),
    ]
    assert len({each.id for page in pages for each in page.rows}) == PAGE + 3


def test_a_branch_finds_nobody_outside(make: Make, as_web: AsWeb) -> None:
    organisation_id, measurement_id = listed(make)
    keys, desk = AddressVault.open(make.keys, organisation_id), make.desk(organisation_id, branch="B")
    outside = respondents.listing(make.session, make.desk(organisation_id, branch="A"), keys, measurement_id)[0]

    with as_web(organisation_id) as session:
        asked = (session, desk, keys, measurement_id)
        everybody = list(respondent_list.everyone(*asked, RespondentFilter()))
        above = respondent_list.page(*asked, RespondentFilter(UnitId("K")), number=1)
        beside = respondent_list.page(*asked, RespondentFilter(UnitId("A")), number=1)
        whole = respondent_list.search(*asked, RespondentFilter(), text="anna.berg@ekhamn.example", number=1)
        part = respondent_list.search(*asked, RespondentFilter(), text="ekhamn", number=1)
        with pytest.raises(NotFound):
            respondents.one(*asked, outside.id)

    assert [each.address for each in everybody] == ["cia@gmail.example"]
    assert [found.total for found in (above, beside, whole, part)] == [1, 0, 0, 0]
