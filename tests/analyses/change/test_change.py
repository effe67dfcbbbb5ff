"""Have we really become better? Answered only where the rule of a certain change allows it."""

from __future__ import annotations

import pytest

from dimios_dash.analyses import CHANGE, CHANGE_LEVELS, CHANGE_UNITS
from dimios_dash.analyses.change.between_years import TreeShown, Verdict, beside_of_unit
from dimios_dash.analyses.change.levels import LevelShown
from dimios_dash.errors import NotFound
from tests.analyses.change.two_years import HIGH, LOW, MOVED, TREE, looked_at, release
from tests.factories import Make


def test_a_large_change_of_many_is_answered_yes_or_no(make: Make) -> None:
    organisation_id = make.organisation()
    for year, said in ((2023, LOW), (2024, HIGH), (2025, LOW)):
        release(make, organisation_id, year, said)

    answers = [CHANGE.headline(CHANGE.read(looked_at(make, organisation_id, year=year))) for year in (2024, 2025)]

    notes = CHANGE.notes(CHANGE.read(looked_at(make, organisation_id)))
    assert notes[0] == "Svarande: 42 år 2024 och 42 år 2025."
    assert answers == ["Ja, säkert bättre än 2023", "Nej, säkert sämre än 2024"]


def test_a_change_that_may_be_chance_is_never_called_certain(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, {**LOW, "E": [3, 3, 4]})

    cells = CHANGE.read(looked_at(make, organisation_id))

    assert CHANGE.headline(cells) == "Högre än 2024, men det kan vara slump"
    assert "säker)" not in CHANGE.reading(cells)
    assert "Prövad ensam" in " ".join(CHANGE.notes(cells))


def test_the_same_answers_are_the_same_level(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025)

    assert CHANGE.headline(CHANGE.read(looked_at(make, organisation_id))) == "Samma nivå som 2024"


def test_the_first_release_has_nothing_to_compare_with(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2025)

    cells = CHANGE.read(looked_at(make, organisation_id))

    assert CHANGE.headline(cells) == "Det finns ingen tidigare mätning att jämföra med"
    assert CHANGE.draw(cells) is None
    assert CHANGE.table(cells).rows[0].cells[1].value == 40.0


def test_the_year_that_is_chosen_is_compared_with_and_else_the_newest(make: Make) -> None:
    organisation_id = make.organisation()
    for year in (2022, 2024, 2025):
        release(make, organisation_id, year)

    found = [looked_at(make, organisation_id, fran=fran).since for fran in (2022, None, 2025, 2030)]

    assert [since.year for since in found if since is not None] == [2022, 2024, 2024, 2024]


@pytest.mark.parametrize("fran", [2023, 1999, -1, 0])
def test_an_earlier_year_without_a_release_is_not_found(make: Make, fran: int) -> None:
    organisation_id = make.organisation()
    for year in (2022, 2025):
        release(make, organisation_id, year)

    with pytest.raises(NotFound, match=f"inget publicerat resultat för {fran}"):
        CHANGE.read(looked_at(make, organisation_id, fran=fran))


def test_levels_come_with_certain_changes_first_and_then_by_size(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, HIGH)

    cells = CHANGE_LEVELS.read(looked_at(make, organisation_id, niva=LevelShown.CAPABILITIES))

    assert len(cells.rows) == 30
    assert len(cells.certain) == 30
    sizes = [abs(one.difference or 0) for _, one in cells.rows]
    assert sizes == sorted(sizes, reverse=True)
    assert CHANGE_LEVELS.headline(cells).startswith("Säkert förändrat: ")


def test_units_come_with_certain_changes_first_and_name_the_largest(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, HIGH)

    cells = CHANGE_UNITS.read(looked_at(make, organisation_id))

    assert [(unit.name, unit.one.verdict) for unit in cells.below] == [
        ("Enhet A", Verdict.CERTAIN),
        ("Enhet B", Verdict.CHANCE),
    ]
    assert "mest i Enhet A" in CHANGE_UNITS.reading(cells)
    assert [tuple(cell.value for cell in row.cells[6:]) for row in CHANGE_UNITS.table(cells).rows] == [
        (42, 42), (27, 27), (12, 12)
    ]  # fmt: skip
    assert cells.below[0].leads_to == "A"


@pytest.mark.parametrize(
    ("unit", "why"),
    [("N", "Enheten fanns inte här 2024."), ("B", "Enheten hade inget att visa 2024."), ("A1", "Visas inte, eftersom")],
)
def test_what_cannot_be_compared_says_why(make: Make, unit: str, why: str) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024, {**LOW, "B": [3]})
    release(make, organisation_id, 2025, {**LOW, "A1": [3], "N": [3, 3, 3]}, {**TREE, "N": "E"})

    cells = CHANGE.read(looked_at(make, organisation_id, unit))

    assert cells.index.difference is None
    assert cells.index.why.startswith(why)
    assert CHANGE.headline(cells) == "Index går inte att jämföra med 2024"
    assert not cells.index.certain


def test_a_unit_that_moved_is_followed_as_it_is_now_and_not_tested_as_it_was(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, HIGH, MOVED)

    as_now, as_then = (looked_at(make, organisation_id, "A", trad=tree) for tree in TreeShown)
    now, then = (beside_of_unit(each)["index"] for each in (as_now, as_then))

    assert now.verdict is Verdict.CERTAIN
    assert then.verdict is Verdict.UNTESTED
    assert not then.certain
    assert (now.now, then.now) == (as_now.levels["index"].mean, as_now.levels["index"].mean)
    assert then.then == 40.0


def test_units_that_lay_here_then_are_named_where_the_tree_is_shown_as_it_was(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024)
    release(make, organisation_id, 2025, HIGH, MOVED)

    as_now, as_then = (CHANGE_UNITS.read(looked_at(make, organisation_id, "A", trad=tree)).below for tree in TreeShown)

    assert [unit.name for unit in as_now] == ["Enhet A2"]
    assert [(unit.name, unit.one.why, unit.leads_to) for unit in as_then if unit.one.why] == [
        ("Enhet A1", "Låg här 2024 men inte 2025.", None)
    ]


def test_small_organisations_without_a_spread_are_compared_and_not_tested(make: Make) -> None:
    organisation_id = make.organisation()
    for year, said in ((2024, {"E": [2, 2, 3, 3]}), (2025, {"E": [5, 5, 6, 6]})):
        release(make, organisation_id, year, said, {"E": None})

    cells = CHANGE.read(looked_at(make, organisation_id))

    assert cells.index.verdict is Verdict.UNTESTED
    assert CHANGE.headline(cells) == "Högre än 2024, men det kan vara slump"
    assert CHANGE.draw(cells) is not None
