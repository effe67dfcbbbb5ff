"""Targets beside what the release shows, in honest words."""

from __future__ import annotations

from datetime import date

import pytest

from db.commands import targets as commands
from dimios_dash.analyses import TARGETS
from dimios_dash.analyses import targets as analysis
from dimios_dash.domain.scoring import LevelHidden
from dimios_dash.domain.targets import Change, Standing, Wish, progress
from dimios_dash.ids import OrganisationId, UnitId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make

TODAY = date(2026, 4, 10)


def aim(make: Make, organisation: OrganisationId, level: str, value: float, unit: str = "K") -> None:
    wish = Wish(value, 2027, "Kim Prov")
    commands.add(make.session, make.desk(organisation), UnitId(unit), level, wish, today=TODAY)


def test_what_is_left_stands_beside_the_value_and_the_target(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 45.8, "A": 60}})
    aim(make, organisation, "F1", 55.0)
    aim(make, organisation, "A", 50.0)
    aim(make, organisation, "F1", 99.0, unit="B")

    cells = TARGETS.read(read_basis(released))
    dimension, category = TARGETS.table(cells).rows

    assert TARGETS.headline(cells) == "1 av 2 mål är nådda"
    assert TARGETS.reading(cells) == "Längst kvar har Effektivitet: 9,2 poäng till målet 55,0 år 2027."
    assert [cell.value for cell in category.cells[:5]] == ["Effektivitet", 45.8, 55.0, "2027", 9.2]
    assert [cell.value for cell in dimension.cells[:5]] == ["Digitalt arv", 60.0, 50.0, "2027", 0.0]
    assert dimension.cells[0].note == "Nått."
    assert category.cells[0].note == (
        "Det återstår 4,6 poäng om året. Det finns inget tidigare år att jämföra takten med."
    )


def test_each_bar_has_its_target_as_a_mark(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    released = make.release(organisation, 2025, {"K": 45.8})
    aim(make, organisation, "index", 55.0)
    aim(make, organisation, "A1", 30.0)

    drawn = TARGETS.draw(TARGETS.read(read_basis(released)))

    assert drawn is not None
    (marks,) = (trace for trace in drawn.data if trace["name"] == "marks")
    assert marks["x"] == [55.0, 30.0]


def test_a_hidden_level_says_why_and_nothing_is_left(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": {"F": 50}})
    aim(make, organisation, "A1", 55.0)

    cells = TARGETS.read(read_basis(released))
    (row,) = TARGETS.table(cells).rows

    assert (row.cells[1].value, row.cells[4].value) == (None, None)
    assert row.cells[4].note == row.cells[1].note == LevelHidden.FEW_STATEMENTS.explanation
    assert TARGETS.reading(cells) == "Inget mål som kan jämföras återstår."


@pytest.mark.parametrize(
    ("change", "ends_with"),
    [
        (None, "Det finns inget tidigare år att jämföra takten med."),
        (Change(2023, 9.6, certain=True), "Sedan 2023 är det +4,8 om året, minst så mycket som behövs."),
        (Change(2023, 4.0, certain=True), "Sedan 2023 är det +2,0 om året, mindre än vad som behövs."),
        (Change(2023, -4.0, certain=True), "Sedan 2023 är det −2,0 om året, mindre än vad som behövs."),
        (Change(2023, 9.6, certain=False), "men den förändringen är inte säker."),
    ],
)
def test_the_way_there_is_told_by_what_has_been_certain(change: Change | None, ends_with: str) -> None:
    said = analysis.path(progress(55.0, 2027, 45.8, 2025, change))

    assert said.startswith("Det återstår 4,6 poäng om året.")
    assert said.endswith(ends_with)


def test_a_year_that_has_come_is_called_so() -> None:
    there = progress(55.0, 2025, 45.8, 2025, None)

    assert there.standing is Standing.LATE
    assert analysis.path(there) == "Året är här och målet är inte nått."


def test_without_targets_it_says_who_sets_them(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    cells = TARGETS.read(read_basis(make.release(organisation, 2025, {"K": 50})))

    assert (TARGETS.headline(cells), TARGETS.draw(cells)) == ("Inga mål är satta för enheten", None)
    assert TARGETS.reading(cells).startswith("Nyckelanvändaren kan sätta mål")
