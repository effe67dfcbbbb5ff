"""Targets in Förändring: the same numbers and words as everywhere else, where a level that has one is shown."""

from __future__ import annotations

from datetime import date

import pytest

from db.commands import targets as commands
from db.queries.targets import Target
from dimios_dash.analyses import CHANGE, CHANGE_LEVELS
from dimios_dash.analyses.change import tables
from dimios_dash.analyses.change.between_years import Beside
from dimios_dash.analyses.change.levels import LevelShown
from dimios_dash.analyses.summary import key_figures
from dimios_dash.analyses.table import Table
from dimios_dash.analyses.targets import TargetCells, TargetRow
from dimios_dash.domain.scoring import Level, LevelMean
from dimios_dash.domain.targets import Wish, progress
from dimios_dash.figures.drawing import Drawing
from dimios_dash.ids import OrganisationId, TargetId, UnitId, new_id
from tests.analyses.change.two_years import HIGH, LOW, looked_at, release
from tests.factories import Make
from tests.figures.checked import checked


@pytest.fixture
def organisation_id(make: Make) -> OrganisationId:
    """Every level at 40,0 in 2024 and higher in 2025."""
    made = make.organisation()
    release(make, made, 2024)
    release(make, made, 2025, HIGH)
    return made


def aim(make: Make, organisation: OrganisationId, level: str, value: float, unit: str = "E") -> None:
    wish = Wish(value, 2027, "Kim Prov")
    commands.add(make.session, make.desk(organisation), UnitId(unit), level, wish, today=date(2026, 4, 10))


def told(table: Table, name: str) -> list[object]:
    """Target, year and what is left."""
    (row,) = (row for row in table.rows if row.cells[0].value == name)
    return [cell.value for cell in row.cells[6:]]


def stars(drawn: Drawing | None) -> list[float]:
    assert drawn is not None
    return [y for trace in checked(drawn).data if trace.name == "aims" for y in trace.y]


def test_index_and_dimensions_have_their_targets_in_words_table_and_picture(
    make: Make, organisation_id: OrganisationId
) -> None:
    aim(make, organisation_id, "index", 90.0)
    aim(make, organisation_id, "A", 30.0)
    found = looked_at(make, organisation_id)
    cells = CHANGE.read(found)
    now = found.levels["index"].mean or 0.0

    assert [column.name for column in CHANGE.table(cells).columns[6:]] == ["Mål", "Senast", "Kvar"]
    assert told(CHANGE.table(cells), "Index") == [90.0, "2027", pytest.approx(90.0 - now)]
    assert told(CHANGE.table(cells), "Digitalt arv") == [30.0, "2027", 0.0]
    assert told(CHANGE.table(cells), "Digital förmåga") == [None, None, None]
    assert stars(CHANGE.draw(cells)) == [90.0, 30.0]
    assert CHANGE.reading(cells).endswith("Mål 30,0 till 2027: nått.")


def test_the_words_are_those_of_the_overview(make: Make, organisation_id: OrganisationId) -> None:
    aim(make, organisation_id, "index", 90.0)
    aim(make, organisation_id, "F", 70.5)
    found = looked_at(make, organisation_id)

    said = CHANGE.reading(CHANGE.read(found))

    aims = [each.aim for each in key_figures(found) if each.aim]
    assert len(aims) == 2
    assert all(f"{words}." in said for words in aims)


def test_categories_have_theirs_and_name_the_one_with_furthest_to_go(
    make: Make, organisation_id: OrganisationId
) -> None:
    aim(make, organisation_id, "F1", 90.0)
    aim(make, organisation_id, "A2", 85.0)
    aim(make, organisation_id, "index", 100.0)
    found = looked_at(make, organisation_id)
    cells = CHANGE_LEVELS.read(found)
    now = found.levels["F1"].mean or 0.0

    assert told(CHANGE_LEVELS.table(cells), "Effektivitet") == [90.0, "2027", pytest.approx(90.0 - now)]
    assert sorted(stars(CHANGE_LEVELS.draw(cells))) == [85.0, 90.0]
    assert CHANGE_LEVELS.reading(cells).endswith("poäng till målet 90,0 år 2027.")
    assert "Längst kvar har Effektivitet" in CHANGE_LEVELS.reading(cells)


def test_capabilities_and_levels_without_targets_say_nothing_of_any(
    make: Make, organisation_id: OrganisationId
) -> None:
    aim(make, organisation_id, "F1", 90.0)
    aim(make, organisation_id, "A1", 90.0, unit="A")
    capabilities = CHANGE_LEVELS.read(looked_at(make, organisation_id, niva=LevelShown.CAPABILITIES))
    below = CHANGE_LEVELS.read(looked_at(make, organisation_id, "B"))
    whole = CHANGE.read(looked_at(make, organisation_id))

    for cells in (capabilities, below):
        assert len(CHANGE_LEVELS.table(cells).columns) == 6
        assert stars(CHANGE_LEVELS.draw(cells)) == []
        assert "mål" not in CHANGE_LEVELS.reading(cells).lower()
    assert len(CHANGE.table(whole).columns) == 6
    assert (stars(CHANGE.draw(whole)), "mål" in CHANGE.reading(whole).lower()) == ([], False)


def test_what_is_left_is_counted_from_the_published_value_though_another_is_compared() -> None:
    target = Target(TargetId(new_id()), UnitId("E"), "index", 65.0, 2027, "", None, 1)
    published = LevelMean(Level.INDEX, "index", 60.8, None)
    row = TargetRow("Index", target, published, "", progress(65.0, 2027, 60.8, 2025, None))
    compared = [Beside("index", 55.0, now, now - 55.0, None) for now in (61.3, 60.8)]

    other, same = (
        tables.of_levels("", "", 2024, 2025, [("Index", one)], TargetCells(2025, (row,))).rows[0].cells[8]
        for one in compared
    )

    assert (other.value, other.note) == (4.2, "räknat från det publicerade värdet, 60,8")
    assert (same.value, same.note) == (4.2, "")


def test_a_hidden_level_keeps_its_target_and_says_why_nothing_is_left(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, {**LOW, "A1": [3]})
    aim(make, organisation_id, "index", 90.0, unit="A1")

    cells = CHANGE.read(looked_at(make, organisation_id, "A1"))
    (row,) = (row for row in CHANGE.table(cells).rows if row.cells[0].value == "Index")

    assert (row.cells[6].value, row.cells[8].value) == (90.0, None)
    assert row.cells[8].note.startswith("Visas inte, eftersom")
    assert "Mål 90,0 till 2027." in CHANGE.reading(cells)
