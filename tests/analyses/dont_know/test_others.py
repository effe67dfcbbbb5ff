"""Vet ej beside other organisations: what is said where they know more, know less, and where nothing is told."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from db.models import ReleasedUnit
from dimios_dash import access, instruments
from dimios_dash.analyses import basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.dont_know import others
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.figures.checked import checked
from tests.neighbours import YEAR, counted, neighbour

KEYS = instruments.load().statement_keys


def with_shares(make: Make, shares: Mapping[str, float] | None) -> OrganisationId:
    """An organisation with a share for each beginning of a key, the longest counts; None: it shows none."""
    own = neighbour(make, 50)
    given = shares and [shares[max((each for each in shares if key.startswith(each)), key=len)] for key in KEYS]
    make.session.execute(update(ReleasedUnit).where(ReleasedUnit.organisation_id == own).values(dont_know=given))
    return own


def five_others(make: Make) -> None:
    for share in (0.1, 0.1, 0.2, 0.3, 0.3):
        with_shares(make, {"": 0.1, "F1.3": share})


def looked_at(make: Make, organisation_id: OrganisationId) -> Basis:
    return basis.read(make.session, access.export(make.session, organisation_id, YEAR))


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ")


def test_more_vet_ej_than_others_is_said_with_the_capability_that_lies_furthest_off(make: Make) -> None:
    own = with_shares(make, {"": 0.1, "F1.3": 0.4, "A1.1": 0.05})
    five_others(make)
    counted(make)

    cells = others.read(looked_at(make, own))

    assert plain(others.headline(cells)) == "Mer Vet ej än hos andra: 11 % mot 10 %"
    assert plain(others.reading(cells)) == (
        "Längst ifrån ligger Nyttorealisering: 40 % mot 20 %."
        " 1 av 30 förmågor har mer Vet ej än medel för de andra (kommuner)."
    )
    assert [cell.value for cell in others.table(cells).rows[1].cells] == [
        *("Nyttorealisering", 40.0, 20.0, "", "", "", 5, "")
    ]
    assert [cell.value for cell in others.table(cells).rows[-1].cells][1:3] == [5.0, 10.0]


def test_less_vet_ej_than_others_is_said_without_naming_what_lies_nowhere_above(make: Make) -> None:
    own = with_shares(make, {"": 0.02})
    five_others(make)
    counted(make)

    cells = others.read(looked_at(make, own))

    assert plain(others.headline(cells)) == "Mindre Vet ej än hos andra: 2 % mot 10 %"
    assert others.reading(cells) == "0 av 30 förmågor har mer Vet ej än medel för de andra (kommuner)."


def test_the_picture_has_all_statements_together_and_the_ends(make: Make) -> None:
    own = with_shares(make, {"": 0.1, "F1.3": 0.4})
    five_others(make)
    counted(make)

    drawing = others.draw(others.read(looked_at(make, own)))

    assert drawing is not None
    told = [str(each.text) for each in checked(drawing).layout.annotations]
    assert len([each for each in told if "<b>" in each and "medel" in each]) == 7
    assert any("Alla påståenden" in each for each in told)


def test_own_shares_that_are_hidden_are_told_as_hidden(make: Make) -> None:
    own = neighbour(make, 50)
    for _ in range(6):
        with_shares(make, {"": 0.1})
    counted(make)

    cells = others.read(looked_at(make, own))

    assert others.draw(cells) is None
    assert others.headline(cells) == "Andelen Vet ej kan inte jämföras med andras"
    assert others.notes(cells) == ()
    assert "var och en i urvalet" in others.reading(cells)  # the own one is in it


def test_who_is_not_compared_is_told_that_its_own_share_is_hidden(make: Make) -> None:
    own = with_shares(make, None)
    make.session.execute(update(ReleasedUnit).where(ReleasedUnit.organisation_id == own).values(answered=9))
    for _ in range(6):
        with_shares(make, {"": 0.1})
    counted(make)

    cells = others.read(looked_at(make, own))

    assert others.reading(cells) == "Hela organisationens egen andel Vet ej kan inte visas."
    assert {cell.cells[2].value for cell in others.table(cells).rows} == {10.0}


def test_without_others_the_reason_is_that_of_the_pool(make: Make) -> None:
    own = with_shares(make, {"": 0.1})

    cells = others.read(looked_at(make, own))

    assert others.reading(cells) == "Kommuner: inga andra är räknade än."
    assert others.draw(cells) is None
    assert others.notes(cells) == ()
