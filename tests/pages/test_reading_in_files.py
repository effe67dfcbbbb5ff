"""The first step as a person meets it: where it begins, who may send files, templates, files of others."""

from __future__ import annotations

import pytest
from flask import Flask

from dimios_dash.domain.permissions import Role
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.pages.granvik import PEOPLE_PAGE, TREE, TREE_PAGE, units, uploads
from tests.pages.visiting import Visitor, upload_in


def test_an_empty_organisation_is_told_where_to_begin(key_user: Visitor) -> None:
    assert "Eller börja för hand med organisationen själv" in key_user.open(TREE_PAGE)
    assert "Först behövs ett organisationsträd" in key_user.open(PEOPLE_PAGE)


@pytest.mark.parametrize("same_organisation", [True, False])
def test_anothers_file_looks_gone_and_cannot_be_imported(
    site: Flask, key_user: Visitor, committed: Make, granvik: OrganisationId, *, same_organisation: bool
) -> None:
    organisation_id = granvik if same_organisation else committed.organisation()
    stranger = Visitor.arrive(site, committed, organisation_id, Role.KEY_USER)
    address = key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())

    shown = stranger.open(address)
    forced = stranger.press("tree-content.children", "tree-confirm", upload_in(address))

    assert "Filen finns inte längre" in shown
    assert "Granviks kommun" not in shown
    assert forced.status_code == 404
    assert units(committed, organisation_id) == []


@pytest.mark.parametrize("address", ["/ladda-upp/trad", "/ladda-upp/respondenter"])
def test_those_without_the_permission_cannot_send_files(
    site: Flask, committed: Make, granvik: OrganisationId, address: str
) -> None:
    leader = Visitor.arrive(site, committed, granvik, Role.LEADER)

    with pytest.raises(AssertionError, match="Du har inte behörighet"):
        leader.send(address, "x.csv", b"enhet_id\nK\n")
    assert uploads(committed, granvik) == 0


def test_a_file_without_the_forms_proof_is_refused(key_user: Visitor, committed: Make, granvik: OrganisationId) -> None:
    forger = Visitor(key_user.browser, "forged")

    with pytest.raises(AssertionError, match="Sidan är för gammal"):
        forger.send("/ladda-upp/trad", "träd.csv", TREE.encode())
    assert uploads(committed, granvik) == 0


def test_a_stranger_can_neither_send_a_file_nor_fetch_a_template(site: Flask) -> None:
    stranger = site.test_client()

    assert stranger.post("/ladda-upp/trad", data={}).status_code == 401
    assert stranger.get("/mallar/respondenter.csv").status_code == 303


def test_sending_no_file_says_so(key_user: Visitor) -> None:
    answer = key_user.browser.post("/ladda-upp/trad", data={"csrf": key_user.csrf})

    assert answer.status_code == 400
    assert "Ingen fil kom fram" in answer.text


def test_the_templates_are_files_that_can_be_read_in(key_user: Visitor) -> None:
    tree, people = (key_user.browser.get(f"/mallar/{name}.csv") for name in ("organisationstrad", "respondenter"))

    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "mall.csv", tree.data)))
    preview = key_user.open(key_user.send("/ladda-upp/respondenter", "mall.csv", people.data))

    assert tree.headers["Content-Disposition"] == "attachment; filename=organisationstrad.csv"
    assert "anna.berg@kommunen.example" in preview
    assert "respondents-confirm" in preview
