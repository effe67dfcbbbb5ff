"""Chosen units side by side."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from db.models import Release
from dimios_dash.analyses.internal import beside
from dimios_dash.analyses.internal.beside import BesideCells, read
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked

EVEN = {"K": 50.0, "A": 50.0, "A1": 50.0, "A2": 50.0, "B": 50.0}


@pytest.fixture
def shown(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> BesideCells:
    """A beside B, which is 12 below it in one category."""
    released = make.release(organisation, 2025, {**EVEN, "A": 55.0, "B": {"F": 55.0, "A": 55.0, "A2": 43.0}})
    here = update(Release).where(Release.measurement_id == released)
    make.session.execute(here.values(spread_keys=["A2"], spread_sd=[10.0], spread_n=[100]))
    found = read_basis(released)
    found._choices = {"jamfor": "A,B"}
    return read(found)


def test_the_largest_difference_is_named_and_weighed(shown: BesideCells) -> None:
    assert beside.headline(shown) == "Enhet B ligger längst från Enhet A i Organisation: 12,0 under"
    assert beside.reading(shown) == ("Svarande: Enhet A 40 och Enhet B 40. Mer än slump är skillnaden i Organisation.")


def test_the_table_has_both_and_what_lies_between(shown: BesideCells) -> None:
    table = beside.table(shown)

    (row,) = (row for row in table.rows if row.cells[0].value == "Organisation")
    assert [cell.value for cell in row.cells] == ["Organisation", 55.0, 43.0, -12.0]
    assert row.cells[3].note == "mer än slump"


def test_each_unit_has_marks_of_its_own_shape(shown: BesideCells) -> None:
    _distances, first, second = checked(beside.draw(shown)).data

    assert (first.name, second.name) == ("Enhet A", "Enhet B")
    assert first.marker.symbol != second.marker.symbol


@pytest.mark.parametrize(
    ("asked", "branch", "names"),
    [
        ("A", None, ("Enhet A", "Hela organisationen")),
        ("A,A,finns-inte,B", None, ("Enhet A", "Enhet B")),
        ("A,B,A1,A2,K", None, ("Enhet A", "Enhet B", "Enhet A1", "Enhet A2")),
        ("A1,B,K", "A", ("Enhet A1", "Hela organisationen")),
        ("finns-inte", None, ()),
        ("", None, ()),
    ],
)
def test_only_units_that_one_may_see_are_compared_and_four_at_most(  # noqa: PLR0917
    make: Make,
    organisation: OrganisationId,
    read_basis: ReadBasis,
    asked: str,
    branch: str | None,
    names: tuple[str, ...],
) -> None:
    found = read_basis(make.release(organisation, 2025, EVEN), branch or "K", branch)
    found._choices = {"jamfor": asked}

    cells = read(found)

    assert cells.names == names
    assert {len(row.cells) for row in beside.table(cells).rows} <= {2 * len(names)}
