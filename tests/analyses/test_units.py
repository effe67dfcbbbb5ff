"""The units below: shown, hidden and outside are never mixed up."""

from __future__ import annotations

from dimios_dash.analyses import units
from dimios_dash.analyses.table import RowKind
from dimios_dash.analyses.units import Standing
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked


def test_units_directly_below_stand_highest_first_and_lead_on(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": 40, "A1": 90, "B": 60})

    cells = units.read(read_basis(released))
    table = units.table(cells)

    assert [(row.name, row.index) for row in cells.below] == [("Enhet B", 60), ("Enhet A", 40)]
    assert units.headline(cells) == "Enhet B högst, Enhet A lägst"
    assert units.reading(cells) == "Index går från 40,0 till 60,0; 2 av 2 enheter kan visas."
    assert [row.cells[0].unit_id for row in table.rows] == [None, "B", "A"]
    assert [cell.value for cell in table.rows[1].cells] == ["Enhet B", 60, 60, 60, 40, 60]


def test_a_click_on_a_bar_names_its_unit(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": 40, "B": 60})

    drawn = checked(units.draw(units.read(read_basis(released))))

    assert [list(trace.customdata) for trace in drawn.data] == [["B", "A"], ["B", "A"]]


def test_a_hidden_unit_is_named_with_the_reason_and_where_its_answers_are_counted(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": 40, "B": None}, hidden=Hidden.TOO_FEW, home="K")

    hidden = units.read(read_basis(released)).below[-1]

    assert (hidden.name, hidden.standing, hidden.index) == ("Enhet B", Standing.HIDDEN, None)
    assert hidden.remark == f"{Hidden.TOO_FEW.explanation} Svaren räknas in i Enhet K."


def test_a_unit_without_answers_is_counted_nowhere(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": 40, "B": None}, hidden=Hidden.NO_ANSWERS, home="K")

    hidden = units.read(read_basis(released)).below[-1]

    assert hidden.remark == Hidden.NO_ANSWERS.explanation


def test_a_unit_outside_this_year_is_never_called_hidden(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": None, "B": None}, outside=["B"])

    cells = units.read(read_basis(released))

    assert [(row.name, row.standing) for row in cells.below] == [
        ("Enhet A", Standing.HIDDEN),
        ("Enhet B", Standing.OUTSIDE),
    ]
    assert cells.below[-1].remark == "Ingår inte i årets mätning."
    assert units.table(cells).rows[-1].kind is RowKind.OUTSIDE
    assert units.headline(cells) == "Ingen enhet kan visas för sig"


def test_a_lifted_unit_is_marked_and_the_mark_explained(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": 40, "B": 60}, lifted=["A"])

    cells = units.read(read_basis(released))

    assert [row.remark for row in cells.below] == ["", units.LIFTED]
    assert "för att ingen ska kunna kännas igen" in units.notes(cells)[-1]


def test_answers_counted_above_the_users_branch_are_said_to_be_higher_up(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": 40, "A1": None}, home="K")

    (hidden,) = units.read(read_basis(released, "A", branch="A")).below

    assert hidden.remark.endswith("Svaren räknas in högre upp i organisationen.")


def test_the_lowest_units_have_nothing_to_draw(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    released = make.release(organisation, 2025, {"K": 50, "B": 60})

    cells = units.read(read_basis(released, "B"))

    assert units.draw(cells) is None
    assert units.headline(cells) == "Inga enheter under den här"
