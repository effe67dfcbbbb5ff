"""Respondents read in from a file or pasted: looked at, faulty rows given back, nothing written before a yes."""

from __future__ import annotations

from io import BytesIO

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from db.models import Invitation
from dimios_dash.exports.respondent_list import as_xlsx
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.pages.granvik import PEOPLE, PEOPLE_PAGE, TREE, invited
from tests.pages.visiting import Visitor, upload_in


def test_respondents_are_shown_before_anything_is_written_and_are_there_after_the_yes(
    key_user: Visitor, committed: Make, granvik: OrganisationId
) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    address = key_user.send("/ladda-upp/respondenter", "urval.csv", PEOPLE.encode())

    preview = key_user.open(address)
    before = invited(committed, granvik)
    done = key_user.confirm("respondents", upload_in(address))

    assert "anna@granvik.example" in preview
    assert "Östra äldreboendet" in preview
    assert before == 0
    assert "Respondenterna är inlästa" in done
    assert "Inga mejl har skickats" in done
    assert "/matning/start" in done
    assert invited(committed, granvik) == 2
    assert "Respondenter i år: 2" in key_user.open(PEOPLE_PAGE)


def test_those_who_are_there_already_are_told_apart_from_new_ones(key_user: Visitor) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    first = key_user.send("/ladda-upp/respondenter", "urval.csv", PEOPLE.encode())
    key_user.confirm("respondents", upload_in(first))
    longer = PEOPLE.replace("Bo@", "BO@") + "cia@granvik.example;A;3\nANNA2@granvik.example;B;\n"

    preview = key_user.open(key_user.send("/ladda-upp/respondenter", "urval2.csv", longer.encode()))

    assert "Finns redan, ändras inte" in preview
    assert "cia@granvik.example" in preview
    assert "BO@granvik.example" not in preview


def test_a_list_with_the_same_address_in_other_letters_says_on_which_row(
    key_user: Visitor, committed: Make, granvik: OrganisationId
) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    double = PEOPLE + "ANNA@Granvik.example;B;2\n;A;\nanna@granvik;Q;9\n"

    preview = key_user.open(key_user.send("/ladda-upp/respondenter", "urval.csv", double.encode()))

    assert "Adressen finns redan på rad 2. Stora och små bokstäver gör ingen skillnad." in preview
    assert "E-postadressen saknas." in preview
    assert "Enheten ”Q” finns inte i organisationsträdet." in preview
    assert "”9” är ingen respondenttyp." in preview
    assert "Importera de 2 rader som är rätt" in preview
    assert invited(committed, granvik) == 0


def test_the_rows_that_are_right_are_read_in_and_the_others_come_back_with_their_reasons(
    key_user: Visitor, committed: Make, granvik: OrganisationId
) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    address = key_user.send(
        "/ladda-upp/respondenter", "urval.csv", (PEOPLE + "cia@granvik;A;\n=x@granvik.example;Q;9\n").encode()
    )

    faulty = key_user.browser.get(f"/hamta/felrader/{upload_in(address)}")
    key_user.confirm("respondents", upload_in(address))

    assert invited(committed, granvik) == 2
    assert faulty.headers["Content-Disposition"] == "attachment; filename=felrader.csv"
    header, first, second = faulty.data.decode("utf-8-sig").splitlines()
    assert header == "epost;enhet_id;respondenttyp;fel"
    assert first.startswith("cia@granvik;A;;Det som står efter @ är inte en domän")
    assert second.startswith("'=x@granvik.example;Q;9;Enheten ”Q” finns inte i organisationsträdet. ”9” är ingen")


def test_a_workbook_gives_its_faulty_rows_as_a_workbook(key_user: Visitor) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    sent = as_xlsx(("E-post", "Enhet", "Anteckning"), [("anna@granvik.example", "Skola", "x"), ("fel", "Vård", "y")])
    address = key_user.send("/ladda-upp/respondenter", "urval.xlsx", sent)

    faulty = key_user.browser.get(f"/hamta/felrader/{upload_in(address)}")
    again = key_user.open(key_user.send("/ladda-upp/respondenter", "felrader.xlsx", faulty.data))

    rows = list(load_workbook(BytesIO(faulty.data)).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("e-post", "enhet", "anteckning", "fel")
    assert rows[1][:3] == ("fel", "Vård", "y")
    assert "enda @" in str(rows[1][3])
    assert "Det här är inte en e-postadress" in again
    assert len(rows) == 2


def test_a_pasted_list_is_looked_at_like_a_file(key_user: Visitor, committed: Make, granvik: OrganisationId) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    pasted = "Anna Berg <anna@granvik.example>\tSkola\t1\tfi\r\n\r\nbo@granvik.example\r\n"
    form = {"csrf": key_user.csrf, "lista": pasted, "enhet": "Vård (B)"}

    answer = key_user.browser.post("/ladda-upp/respondenter/inklistat", data=form)
    preview = key_user.open(str(answer.location))
    key_user.confirm("respondents", upload_in(str(answer.location)))

    found = select(Invitation.unit_id, Invitation.role_type, Invitation.language)
    committed.session.rollback()
    rows = committed.session.execute(found.where(Invitation.organisation_id == granvik).order_by(Invitation.unit_id))
    assert "anna@granvik.example" in preview
    assert [tuple(row) for row in rows] == [("A", 1, "fi"), ("B", None, "sv")]


def test_an_empty_paste_and_a_strangers_are_refused(site: Flask, key_user: Visitor) -> None:
    empty = key_user.browser.post("/ladda-upp/respondenter/inklistat", data={"csrf": key_user.csrf, "lista": " \n"})
    forged = key_user.browser.post("/ladda-upp/respondenter/inklistat", data={"csrf": "x", "lista": "a@b.se"})
    stranger = site.test_client().post("/ladda-upp/respondenter/inklistat", data={"lista": "a@b.se"})

    assert (empty.status_code, forged.status_code, stranger.status_code) == (400, 403, 401)


def test_domains_that_few_have_are_pointed_out_and_not_refused(key_user: Visitor) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    many = "".join(f"p{number}@granvik.example;A\n" for number in range(20))
    content = f"epost;enhet_id\n{many}q@granvlk.example;A\nr@gmail.example;A\n"

    preview = key_user.open(key_user.send("/ladda-upp/respondenter", "urval.csv", content.encode()))

    assert "granvlk.example (1, skulle det vara granvik.example?)" in preview
    assert "gmail.example (1)" in preview
    assert "respondents-confirm" in preview
