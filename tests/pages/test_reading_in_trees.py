"""A tree read in from a file: looked at, errors in plain words, nothing written before a yes, and out again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.pages.granvik import PEOPLE, TREE, TREE_PAGE, units, uploads
from tests.pages.visiting import Visitor, upload_in, words


def this_year() -> int:
    return today_in_stockholm(datetime.now(UTC)).year


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
