"""The list of respondents as its key user works with it: adds, filters, changes one, changes many."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.respondents.respondent_edit import Chosen
from dimios_dash.ids import InvitationId, OrganisationId
from pages.measurement.respondent_many import Looked, _digest
from tests.attacks.organisations import YEAR
from tests.factories import Make
from tests.pages.respondents import PAGE, opened, press, stored
from tests.pages.visiting import Visitor


@pytest.fixture
def organisation(committed: Make) -> OrganisationId:
    """With a tree and nobody to ask."""
    found = committed.organisation()
    committed.units(found, {"K": None, "A": "K", "B": "K"})
    return found


@pytest.fixture
def key_user(site: Flask, committed: Make, organisation: OrganisationId) -> Visitor:
    return Visitor.arrive(site, committed, organisation, Role.KEY_USER)


def add(site: Flask, visitor: Visitor, address: str, unit: str = "Enhet A") -> str:
    return press(
        site,
        visitor,
        "respondent-adding-add.n_clicks",
        respondent_adding_address__value=address,
        respondent_adding_unit__value=unit,
    )


def test_the_first_respondent_is_added_by_hand_and_the_list_grows_in_its_place(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    told = add(site, key_user, "Anna@ekhamn.example")
    again = add(site, key_user, "ANNA@ekhamn.example")

    assert "Anna@ekhamn.example är tillagd" in told
    assert "Respondenter i år: 1" in told
    assert "ANNA@ekhamn.example finns redan" in again
    assert stored(committed, organisation) == [("A", None, "sv", False)]


@pytest.mark.parametrize(
    ("address", "unit", "sentence"),
    [
        ("", "A", "Skriv personens e-postadress först."),
        ("anna", "A", "Det här är inte en e-postadress"),
        ("anna@ekhamn.example", "", "Välj en enhet."),
        ("anna@ekhamn.example", "Q", "Enheten ”Q” finns inte i organisationsträdet."),
    ],
)
def test_what_is_missing_is_said(site: Flask, key_user: Visitor, address: str, unit: str, sentence: str) -> None:
    told = add(site, key_user, address, unit)

    assert sentence in told
    assert "tillagd" not in told


def test_a_name_that_several_units_have_is_asked_about(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    committed.units(organisation, {"enhet a": "K"})
    committed.session.commit()

    assert "A" in add(site, key_user, "anna@ekhamn.example", "Enhet A (A)")
    assert stored(committed, organisation) == [("A", None, "sv", False)]


def test_the_address_follows_the_filters_but_never_what_is_searched_for(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    opened(committed, organisation, "anna@ekhamn.example", "bo@ekhamn.example")

    told = press(
        site,
        key_user,
        "respondent-list-search.value",
        respondent_list_search__value="anna@",
        respondent_list_unit__value="Enhet A (A)",
        respondent_list_progress__value="skickad",
    )

    assert '"search": "?enhet=A&status=skickad"' in told
    assert "anna@ekhamn.example" in told
    assert "bo@ekhamn.example" not in told
    assert "anna" not in told.partition('"search"')[2].partition("}")[0]
    assert "anna@ekhamn.example" in key_user.open(f"{PAGE}?enhet=A&status=skickad")
    assert "anna@ekhamn.example" not in key_user.open(f"{PAGE}?enhet=B")


def test_the_list_is_fetched_as_it_is_filtered(
    key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    opened(committed, organisation, "anna@ekhamn.example")

    found = key_user.browser.get("/hamta/respondenter.csv?enhet=A").data.decode("utf-8-sig")
    nobody = key_user.browser.get("/hamta/respondenter.csv?enhet=B").data.decode("utf-8-sig")

    assert list(csv.reader(StringIO(found), delimiter=";")) == [
        ["epost", "enhet_id", "respondenttyp", "sprak", "enhetsnamn", "inbjudan"],
        ["anna@ekhamn.example", "A", "", "sv", "Enhet A", "Skickad, inte svarat"],
    ]
    assert len(nobody.splitlines()) == 1


def test_what_is_fetched_can_be_read_in_again_and_changes_nothing(
    key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    opened(committed, organisation, "anna@ekhamn.example")
    content = key_user.browser.get("/hamta/respondenter.xlsx").data

    preview = key_user.open(key_user.send("/ladda-upp/respondenter", "lista.xlsx", content))

    assert "Alla i filen finns redan" in preview
    assert "Att titta på först" not in preview


def person_page(person: InvitationId, address: str, unit: str = "B", version: int = 1) -> dict[str, Any]:
    return {
        "respondent_address__value": address,
        "respondent_unit__value": unit,
        "respondent_role_type__value": "2",
        "respondent_language__value": "fi",
        "respondent_seen__data": {
            "id": str(person), "version": version, "unit_id": "A", "role_type": None, "language": "sv",
        },
    }  # fmt: skip


def test_one_respondent_is_changed_removed_and_taken_back(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    [anna] = opened(committed, organisation, "anna@ekhamn.example")
    fields = person_page(anna, "anna@ekhamn.example")

    shown = key_user.open(f"/matning/respondent?id={anna}")
    changed = press(site, key_user, "respondent-save.n_clicks", **fields)
    after_change = stored(committed, organisation)
    fields["respondent_seen__data"]["version"] = 2
    removed = press(site, key_user, "respondent-remove.n_clicks", **fields)
    after_removal = stored(committed, organisation)
    fields["respondent_seen__data"]["version"] = 3
    back = press(site, key_user, "respondent-remove.n_clicks", **fields)

    assert "Spara" in shown
    assert "Ändringen är sparad" in changed
    assert after_change == [("B", 2, "fi", False)]
    assert "Personen är borttagen" in removed
    assert after_removal == [("B", 2, "fi", True)]
    assert "Personen är med igen" in back
    assert stored(committed, organisation) == [("B", 2, "fi", False)]


def test_the_second_of_two_key_users_is_told_what_the_first_has_changed(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    [anna] = opened(committed, organisation, "anna@ekhamn.example")
    other = Visitor.arrive(site, committed, organisation, Role.KEY_USER)
    press(site, other, "respondent-save.n_clicks", **person_page(anna, "anna@ekhamn.example"))

    told = press(site, key_user, "respondent-save.n_clicks", **person_page(anna, "anna@ekhamn.example", "K"))

    assert "Någon annan hann före" in told
    assert "enheten är nu Enhet B, respondenttypen är nu 2 Styr, språket är nu finska" in told
    assert stored(committed, organisation) == [("B", 2, "fi", False)]


def test_many_are_looked_at_first_and_moved_after_the_yes(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    anna, _bo = opened(committed, organisation, "anna@ekhamn.example", "bo@ekhamn.example")

    looked = press(
        site,
        key_user,
        "respondent-many-ticked.data",
        respondent_many_ticked__data={"rows": [f"{anna}:1"], "clicks": 1},
        respondent_many_deed__value="move",
        respondent_many_unit__value="Enhet B",
    )
    before = stored(committed, organisation)
    asked = Looked(
        deed="move", unit_id="B", role_type=None, language=None, rows=[f"{anna}:1"], digest=_digest([Chosen(anna, 1)])
    )
    done = press(
        site, key_user, "respondent-many-yes.n_clicks", respondent_many_asked__data=asked.model_dump(mode="json")
    )

    assert "1 respondent flyttas." in looked
    assert [row[0] for row in before] == ["A", "A"]
    assert "Klart" in done
    assert [row[0] for row in stored(committed, organisation)] == ["A", "B"]


def test_all_that_the_list_shows_are_not_changed_when_the_list_has_changed(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    anna, _bo = opened(committed, organisation, "anna@ekhamn.example", "bo@ekhamn.example")
    of_one = Looked(
        deed="remove", unit_id=None, role_type=None, language=None, rows=None, digest=_digest([Chosen(anna, 1)])
    )

    told = press(
        site, key_user, "respondent-many-yes.n_clicks", respondent_many_asked__data=of_one.model_dump(mode="json")
    )

    assert "Listan är inte längre den som du granskade" in told
    assert [row[3] for row in stored(committed, organisation)] == [False, False]


def test_ticking_nobody_is_said(site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId) -> None:
    opened(committed, organisation, "anna@ekhamn.example")

    told = press(
        site,
        key_user,
        "respondent-many-ticked.data",
        respondent_many_deed__value="remove",
        respondent_many_unit__value="",
    )

    assert "Markera först dem det gäller i listan" in told


def test_a_closed_measurement_shows_its_list_and_takes_no_changes(
    key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    measurement_id = committed.measurement(organisation, MeasurementState.CLOSED, YEAR)
    anna = committed.invitation(organisation, measurement_id, "A", "anna@ekhamn.example")
    committed.session.commit()

    shown, person = key_user.open(PAGE), key_user.open(f"/matning/respondent?id={anna.id}")

    assert "anna@ekhamn.example" in shown
    assert "Årets mätning är stängd" in shown
    assert "Ändra flera" not in shown
    assert "respondent-save" not in person


def test_who_has_a_list_and_may_start_is_led_on(
    site: Flask, key_user: Visitor, committed: Make, organisation: OrganisationId
) -> None:
    helper = Visitor.arrive(site, committed, organisation, Role.SUB_ADMINISTRATOR, "A")
    before = key_user.open(PAGE)
    committed.invitation(organisation, committed.measurement(organisation, MeasurementState.DRAFT, YEAR), "A")
    committed.session.commit()

    onward = "Gå vidare till starten"
    assert onward not in before
    assert onward in key_user.open(PAGE)
    assert onward not in helper.open(PAGE)
