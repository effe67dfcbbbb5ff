"""The first step as a person meets it: files in, previews, errors in plain words, and nothing written before a yes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from db.models import Invitation, Unit, Upload
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Role
from dimios_dash.exports.respondent_list import as_xlsx
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.pages.visiting import Visitor, upload_in, words

TREE = "enhet_id;overordnad_id;namn\nK;;Granviks kommun\nA;K;Skola\nB;K;Vård\nB1;B;Östra äldreboendet\n"
PEOPLE = "epost;enhet_id;respondenttyp\nanna@granvik.example;A;1\nBo@granvik.example;B1;\n"
TREE_PAGE, PEOPLE_PAGE = "/matning/trad", "/matning/respondenter"


@pytest.fixture
def granvik(committed: Make) -> OrganisationId:
    """A new customer with nothing."""
    return committed.organisation()


@pytest.fixture
def key_user(site: Flask, committed: Make, granvik: OrganisationId) -> Visitor:
    """Somebody who may do the whole first step there."""
    return Visitor.arrive(site, committed, granvik, Role.KEY_USER)


def this_year() -> int:
    return today_in_stockholm(datetime.now(UTC)).year


def units(committed: Make, organisation_id: OrganisationId) -> list[str]:
    """Ids of the open units."""
    committed.session.rollback()
    found = select(Unit.id).where(Unit.organisation_id == organisation_id, ~Unit.closed)
    return sorted(committed.session.scalars(found))


def invited(committed: Make, organisation_id: OrganisationId) -> int:
    committed.session.rollback()
    found = select(func.count()).select_from(Invitation).where(Invitation.organisation_id == organisation_id)
    return committed.session.scalars(found).one()


def uploads(committed: Make, organisation_id: OrganisationId) -> int:
    committed.session.rollback()
    found = select(func.count()).select_from(Upload).where(Upload.organisation_id == organisation_id)
    return committed.session.scalars(found).one()


def test_an_empty_organisation_is_told_where_to_begin(key_user: Visitor) -> None:
    assert "Eller börja för hand med organisationen själv" in key_user.open(TREE_PAGE)
    assert "Först behövs ett organisationsträd" in key_user.open(PEOPLE_PAGE)


def test_a_tree_is_shown_before_anything_is_written_and_is_there_after_the_yes(
    key_user: Visitor, committed: Make, granvik: OrganisationId
) -> None:
    address = key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())

    preview = key_user.open(address)
    before = units(committed, granvik)
    done = key_user.confirm("tree", upload_in(address))

    assert address.startswith("/matning/trad?fil=")
    assert "Granska träd.csv" in preview
    assert "Nya enheter" in preview
    assert "ny under Vård" in preview
    assert before == []
    assert "Organisationsträdet är inläst" in done
    assert "/matning/respondenter" in done
    assert units(committed, granvik) == ["A", "B", "B1", "K"]
    assert uploads(committed, granvik) == 0
    assert "Östra äldreboendet" in key_user.open(TREE_PAGE)


def test_a_file_that_is_done_with_looks_gone_and_its_button_does_nothing_more(key_user: Visitor) -> None:
    address = key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())
    key_user.confirm("tree", upload_in(address))

    again = key_user.press("tree-content.children", "tree-confirm", upload_in(address))

    assert "Filen finns inte längre" in key_user.open(address)
    assert again.status_code == 404


def test_the_same_file_once_more_offers_nothing_to_import(key_user: Visitor) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))

    preview = key_user.open(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode()))

    assert "Trädet är redan som i filen" in preview
    assert "tree-confirm" not in preview


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


WARTS = [
    pytest.param(
        "enhet_id;overordnad_id;namn\nK;;Kommun\nA;B;Skola\nB;A;Vård\n".encode(),
        ["Enheterna ligger i en ring: A → B → A", "overordnad_id"],
        id="a cycle",
    ),
    pytest.param(
        "enhet_id;överordnad_id;namn\nK;;Kommun\nA;X;Småskola\n".encode("cp1252"),
        ["Den överordnade enheten ”X” finns inte i filen"],
        id="an unknown unit in Windows-1252",
    ),
    pytest.param(
        b"enhet_id;overordnad_id;namn\nK;;Kommun\nK;;Kommun\n",
        ["Id ”K” finns redan på rad 2", "Den har 2 fel"],
        id="a unit twice",
    ),
    pytest.param(b"%PDF-1.7 nothing like a table", ["Filen kan inte läsas in än", "Hela filen"], id="a PDF"),
]


@pytest.mark.parametrize(("content", "sentences"), WARTS)
def test_a_tree_file_with_errors_says_which_and_cannot_be_imported(
    key_user: Visitor, committed: Make, granvik: OrganisationId, content: bytes, sentences: list[str]
) -> None:
    address = key_user.send("/ladda-upp/trad", "fel.csv", content)

    preview = key_user.open(address)
    forced = key_user.press("tree-content.children", "tree-confirm", upload_in(address))

    for sentence in [*sentences, "Ingenting har ändrats"]:
        assert sentence in preview
    assert "tree-confirm" not in preview
    assert "Filen har fel och kan inte läsas in" in words(forced)
    assert units(committed, granvik) == []


def test_a_tree_in_windows_1252_keeps_its_letters(key_user: Visitor) -> None:
    preview = key_user.open(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode("cp1252")))

    assert "Östra äldreboendet" in preview


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


def test_units_missing_from_the_file_are_named_before_they_close(key_user: Visitor) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    shorter = TREE.replace("A;K;Skola\n", "")

    preview = key_user.open(key_user.send("/ladda-upp/trad", "kort.csv", shorter.encode()))

    assert "Enheter som saknas i filen och stängs: 1" in preview
    assert "stängs: finns inte i filen" in preview


def test_units_with_respondents_cannot_be_left_out(key_user: Visitor) -> None:
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", TREE.encode())))
    people = key_user.send("/ladda-upp/respondenter", "urval.csv", PEOPLE.encode())
    key_user.confirm("respondents", upload_in(people))

    preview = key_user.open(key_user.send("/ladda-upp/trad", "k.csv", TREE.replace("A;K;Skola\n", "").encode()))

    assert "har respondenter i årets mätning: Skola (A)" in preview
    assert "tree-confirm" not in preview


def test_while_a_measurement_is_open_it_is_said_that_its_tree_stays(
    key_user: Visitor, committed: Make, granvik: OrganisationId
) -> None:
    committed.units(granvik, {"K": None})
    committed.measurement(granvik, MeasurementState.OPEN, this_year())
    committed.session.commit()

    shown = key_user.open(TREE_PAGE)

    assert f"Mätningen för {this_year()} pågår på trädet som det var när den startade" in shown
    assert "/ladda-upp/trad" in shown


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


def test_a_sub_administrator_is_told_which_part_is_theirs(
    site: Flask, committed: Make, granvik: OrganisationId
) -> None:
    committed.units(granvik, {"K": None, "A": "K", "B": "K"})
    visitor = Visitor.arrive(site, committed, granvik, Role.SUB_ADMINISTRATOR, branch="A")

    shown = visitor.open(TREE_PAGE)
    refused = visitor.open(visitor.send("/ladda-upp/trad", "träd.csv", TREE.encode()))

    assert "Enhet A" in shown
    assert "Enhet B" not in shown
    assert "Låt A stå överst i filen" in refused
    assert "tree-confirm" not in refused


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


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_tree_goes_out_and_comes_in_again_unchanged(key_user: Visitor, kind: str) -> None:
    odd = 'enhet_id;overordnad_id;namn;verksamhet;anstallda\nK;;"=Kommun; ""A""";ledning;4\n-A;K;@Skola;skola;\n'
    key_user.confirm("tree", upload_in(key_user.send("/ladda-upp/trad", "träd.csv", odd.encode())))

    exported = key_user.browser.get(f"/hamta/trad.{kind}")
    preview = key_user.open(key_user.send("/ladda-upp/trad", f"igen.{kind}", exported.data))

    assert exported.headers["Content-Disposition"] == f"attachment; filename=organisationstrad.{kind}"
    assert "Trädet är redan som i filen" in preview


def test_a_tree_with_faults_is_counted_and_comes_back_with_the_reasons_beside_its_rows(key_user: Visitor) -> None:
    wrong = "enhet_id;overordnad_id;namn\nK;;Kommun\nA;K;Skola\nA;K;Skola två\nB;X;Vård\nC;K;Kultur\n"
    address = key_user.send("/ladda-upp/trad", "fel.csv", wrong.encode())

    preview = key_user.open(address)
    returned = key_user.browser.get(f"/hamta/felrader-trad/{upload_in(address)}").data.decode("utf-8-sig")
    again = key_user.open(key_user.send("/ladda-upp/trad", "fel2.csv", returned.encode()))

    assert [word in preview for word in ("Dubbletter", "Okänd överordnad", "Rader med fel")] == [True] * 3
    lines = returned.splitlines()
    assert lines[0] == "enhet_id;overordnad_id;namn;fel"
    assert lines[1:3] == ["K;;Kommun;", "A;K;Skola;"]
    assert lines[3].startswith("A;K;Skola två;Id ”A” finns redan på rad 3.")
    assert lines[4].startswith("B;X;Vård;Den överordnade enheten ”X” finns inte i filen.")
    assert "känns inte igen" not in again


def test_a_file_chosen_before_somebody_else_changed_the_tree_is_chosen_again(
    site: Flask, key_user: Visitor, committed: Make, granvik: OrganisationId
) -> None:
    colleague = Visitor.arrive(site, committed, granvik, Role.KEY_USER)
    mine = key_user.send("/ladda-upp/trad", "min.csv", TREE.encode())
    colleague.confirm(
        "tree", upload_in(colleague.send("/ladda-upp/trad", "din.csv", b"enhet_id;overordnad_id;namn\nK;;Ny\n"))
    )

    forced = key_user.confirm("tree", upload_in(mine))
    preview = key_user.open(mine)

    assert "ändrade trädet klockan" in forced
    assert "Trädet är inte längre som när du valde filen" in preview
    assert "tree-confirm" not in preview
    assert units(committed, granvik) == ["K"]
