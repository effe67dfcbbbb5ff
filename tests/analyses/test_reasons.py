"""No value is missing without a sentence beside it that says why, in any analysis."""

from __future__ import annotations

from typing import Any

import pytest

from dimios_dash.analyses import ANALYSES, Analysis, blunted, categories, position, strengths, summary, units
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.figures.numbers import HIDDEN
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make

Means = dict[str, float | dict[str, float] | None]
STATES: dict[str, Means] = {
    "a category": {"K": {"F": 50, "A2": 40, "A3": 60}, "A": 40, "B": {"F": 50}},
    "a dimension": {"K": {"F": 50}, "A": {"A": 40}, "B": None},
    "single statements": {"K": {"F": 50, "A": 40, "F1.1": 50}, "A": {"F1": 40, "A1.2": 3}, "B": 60},
    "everything": {"K": None, "A": None, "B": None},
    "nothing": {"K": 50, "A": 40, "B": 60},
}


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.slug)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("reason", [Hidden.TOO_FEW, Hidden.PROTECTS_OTHERS])
def test_whatever_is_hidden_says_why_in_its_cell_or_at_the_head_of_its_row(
    make: Make,
    organisation: OrganisationId,
    read_basis: ReadBasis,
    *,
    analysis: Analysis[Any],
    state: str,
    reason: Hidden,
) -> None:
    make.release(organisation, 2024, STATES[state], hidden=reason)
    released = make.release(organisation, 2025, STATES[state], hidden=reason, home="K", invited=None, outside=["B"])

    table = analysis.table(analysis.read(read_basis(released)))

    bare = [
        [cell.value for cell in row.cells]
        for row in table.rows
        if not row.cells[0].note and any(cell.value in (None, HIDDEN) and not cell.note for cell in row.cells)
    ]
    assert bare == []


def test_a_unit_at_the_end_of_the_scale_says_so_wherever_its_numbers_stand(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    found = read_basis(make.release(organisation, 2025, {"K": 86.7, "A": 86.7}, bound=1))

    below = units.read(found)
    assert {cell.note for row in units.table(below).rows for cell in row.cells[1:4]} == {"eller högre"}
    assert {row.cells[1].note for row in categories.table(categories.read(found)).rows} == {"eller högre"}
    assert summary.key_figures(found)[0].note == "eller högre · Första mätningen för enheten"
    for notes in (units.notes(below), categories.notes(categories.read(found)), strengths.notes(strengths.read(found))):
        assert any(blunted.WHY in note for note in notes)
    assert summary.at_the_ends(found) == blunted.WHY


def test_a_level_is_at_the_end_only_with_all_its_statements(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    found = read_basis(make.release(organisation, 2025, {"K": 50}))

    assert blunted.level(found.unit, "F1") == ""
    assert summary.at_the_ends(found) == ""


def test_a_lifted_unit_says_so_on_its_own_page(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    released = make.release(organisation, 2025, {"K": 50, "A": 40}, lifted=["A"])

    assert summary.lifted(read_basis(released, "A")).startswith("Enheten är delvis lyft: några av svaren räknas")
    assert summary.lifted(read_basis(released)) == ""


def test_hidden_capabilities_are_counted_by_reason(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 50}}, hidden=Hidden.PROTECTS_OTHERS)

    note = strengths.notes(strengths.read(read_basis(released)))[-1]

    assert (
        note
        == "15 förmågor saknas. Visas inte, eftersom värdet jämfört med andra kunde avslöja vad några få har svarat."
    )


def test_a_hidden_category_is_named_beside_the_picture(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 50, "A2": 40, "A3": 60}})

    (why, _) = categories.notes(categories.read(read_basis(released)))

    assert why == "Infrastruktur visas inte, eftersom färre än tre av de fem påståendena kan visas."


def test_a_year_that_is_not_on_the_map_is_accounted_for(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    make.release(organisation, 2023, {"K": {"F": 50}})
    released = make.release(organisation, 2025, {"K": 80})

    assert "2023 saknas på kartan, eftersom båda talen inte kan visas." in position.notes(
        position.read(read_basis(released))
    )
