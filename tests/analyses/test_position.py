"""Where a unit stands, and how sure that is."""

from __future__ import annotations

import pytest

from dimios_dash.analyses import position
from dimios_dash.domain.positions import Position
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked


def test_a_point_far_from_the_cuts_has_one_position(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 70, "A": 30}}, answered=100)

    cells = position.read(read_basis(released))

    assert cells.possible == (Position.B,)
    assert position.headline(cells) == "Läget är Driven men bunden"
    assert position.reading(cells) == (
        "Digital förmåga är 70,0 och digitalt arv 30,0 av 100, båda utanför felmarginalen kring 50."
    )


def test_within_the_band_both_neighbours_are_possible_and_the_sentence_says_which_axis(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 70, "A": 48}}, answered=100)

    cells = position.read(read_basis(released))

    assert cells.possible == (Position.B, Position.D)
    assert position.headline(cells) == "På gränsen mellan Driven men bunden och Handlingskraftig"
    assert "arvet ligger så nära 50 att läget är osäkert" in position.reading(cells)
    assert "förmågan" not in position.reading(cells)


def test_the_band_is_said_to_rest_on_an_assumed_spread(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 60}, answered=100)

    notes = position.notes(position.read(read_basis(released)))

    assert "± 3,9" in notes[0]
    assert "antagen spridning mellan svaren (20 poäng)" in notes[0]


def test_the_band_follows_the_released_spread_of_the_organisation(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 53, "A": 70}}, answered=100, spread=12.4)

    cells = position.read(read_basis(released))

    assert cells.possible == (Position.D,)
    assert position.notes(cells)[0] == (
        "Det grå bandet är felmarginalen, ± 2,4. Den räknas på antalet svarande och hur mycket svaren skiljer sig i "
        "hela organisationen (12 poäng)."
    )


@pytest.mark.parametrize(("answered", "warned"), [(9, True), (10, False)])
def test_with_few_answers_the_position_is_called_a_clue(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis, answered: int, warned: bool
) -> None:
    released = make.release(organisation, 2025, {"K": 80}, answered=answered)

    notes = position.notes(position.read(read_basis(released)))

    assert any("ledtråd" in note for note in notes) is warned


def test_the_path_goes_through_the_earlier_years_that_show_the_unit(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    make.release(organisation, 2022, {"A": {"F": 30, "A": 40}})
    make.release(organisation, 2023, {"A": None})
    released = make.release(organisation, 2025, {"K": 50, "A": {"F": 35, "A": 45}})
    make.release(organisation, 2026, {"A": 90})

    cells = position.read(read_basis(released, "A"))
    drawn = checked(position.draw(cells))

    assert list(drawn.data[0].y) == [30, 35]
    assert list(drawn.data[0].x) == [40, 45]
    assert [row.cells[0].value for row in position.table(cells).rows] == ["2022", "2023", "2025"]


def test_a_year_whose_tree_lacks_the_unit_is_no_part_of_its_path(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    make.release(organisation, 2024, {"K": 40})
    make.units(organisation, {"N": "K"})
    released = make.release(organisation, 2025, {"K": 50, "N": 60})

    cells = position.read(read_basis(released, "N"))

    assert cells.earlier == ()


def test_a_hidden_dimension_leaves_no_position_and_says_why(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 60}})

    cells = position.read(read_basis(released))

    assert cells.possible == ()
    assert position.draw(cells) is None
    assert position.headline(cells) == "Läget kan inte visas"
    assert "minst en av de tre kategorierna" in position.table(cells).rows[0].cells[2].note
