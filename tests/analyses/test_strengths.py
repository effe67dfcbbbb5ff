"""What stands out, against fixed limits and against the rest."""

from __future__ import annotations

from dimios_dash.analyses import strengths
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked

EVEN = {"F": 50.0, "A": 50.0}


def test_three_highest_and_three_lowest_are_drawn_in_two_groups(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    means = {**EVEN, "F1.2": 72.4, "A1.4": 69, "F2.5": 66, "F1.3": 31, "A2.4": 38, "A3.1": 40}
    released = make.release(organisation, 2025, {"K": means})

    cells = strengths.read(read_basis(released))
    drawn = checked(strengths.draw(cells))

    assert list(drawn.data[1].x) == [72.4, 69, 66, 31, 38, 40]
    assert [note.text.count("De högsta") for note in drawn.layout.annotations if "Prioritering" in note.text] == [1]
    assert strengths.headline(cells) == "Prioritering högst, Nyttorealisering lägst"


def test_the_absolute_limits_are_counted_in_the_sentence_and_named_below(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {**EVEN, "F1.2": 67, "A1.4": 70, "F1.3": 33}})

    cells = strengths.read(read_basis(released))

    assert strengths.reading(cells) == "Starka (67 eller mer): 2 av 30 förmågor. Svaga (33 eller mindre): 1."
    assert strengths.notes(cells)[1:] == ("Svaga: Nyttorealisering.", "Tre är alltid lägst, också hos den bästa.")


def test_even_results_have_no_absolute_strength_nor_weakness(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": EVEN})

    cells = strengths.read(read_basis(released))

    assert strengths.reading(cells) == "Starka (67 eller mer): 0 av 30 förmågor. Svaga (33 eller mindre): 0."
    assert "Tre är alltid lägst, också hos den bästa." in strengths.notes(cells)


def test_a_mean_at_the_end_of_what_may_be_shown_says_or_higher(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 86.7}, bound=1)

    cells = strengths.read(read_basis(released))
    drawn = checked(strengths.draw(cells))

    assert sum("86,7 eller högre" in note.text for note in drawn.layout.annotations) == 6
    assert {row.cells[1].note for row in strengths.table(cells).rows} == {"eller högre"}


def test_hidden_statements_are_left_out_and_counted(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 50}})

    cells = strengths.read(read_basis(released))

    assert (cells.shown, sum(cells.hidden.values())) == (15, 15)
    assert "15 förmågor saknas. Visas inte, eftersom för få har svarat" in strengths.notes(cells)[-1]


def test_with_nothing_to_show_there_is_no_picture_but_a_reason(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": None})

    cells = strengths.read(read_basis(released))

    assert strengths.draw(cells) is None
    assert strengths.headline(cells) == "Förmågorna kan inte visas"
