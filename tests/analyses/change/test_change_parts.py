"""What a change is made of: the parts add up, and what cannot be told apart says why."""

from __future__ import annotations

import pytest

from dimios_dash.analyses import CHANGE_PARTS
from dimios_dash.analyses.change.parts import PartsCells
from dimios_dash.analyses.summary import Key
from tests.analyses.change.two_years import HIGH, LOW, MOVED, looked_at, release
from tests.factories import Make

FEW_OF_THREE, MANY_OF_THREE = (1, 2, 3, 1, 2), (1, 2, 3, 3, 3)


def parts(make: Make, unit: str = "E", tree: dict[str, str | None] | None = None) -> PartsCells:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024, LOW, roles=FEW_OF_THREE)
    if tree is None:
        release(make, organisation_id, 2025, HIGH, roles=MANY_OF_THREE)
    else:
        release(make, organisation_id, 2025, HIGH, tree, roles=MANY_OF_THREE)
    return CHANGE_PARTS.read(looked_at(make, organisation_id, unit))


def test_the_parts_of_the_whole_add_up_to_the_published_change(make: Make) -> None:
    cells = parts(make)

    for key in Key:
        each = cells.three[key]
        assert each.tree == 0.0
        assert each.mix is not None
        assert each.rest is not None
        assert each.published == pytest.approx(each.rest + each.mix + each.tree)
    assert CHANGE_PARTS.headline(cells).endswith("poäng är verklig förändring")
    assert "En annan blandning av respondenttyper står för" in CHANGE_PARTS.reading(cells)


def test_a_change_that_may_be_chance_is_not_called_real(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024, roles=(1, 2, 3))
    release(make, organisation_id, 2025, {**LOW, "E": [3, 3, 4]}, roles=(1, 2, 3))

    headline = CHANGE_PARTS.headline(CHANGE_PARTS.read(looked_at(make, organisation_id)))

    assert headline.endswith("poäng kan vara verklig förändring, eller slump")


def test_a_unit_with_another_tree_shows_the_tree_apart_and_says_why_the_mix_is_not(make: Make) -> None:
    cells = parts(make, "B", MOVED)

    index = cells.index
    assert index.mix is None
    assert cells.why_no_mix == "Medelvärden per respondenttyp finns inte för enheten som den är nu."
    assert index.published is not None
    assert index.tree is not None
    assert index.rest is not None
    assert index.published == pytest.approx(index.rest + index.tree)
    assert "blandningen inte kan skiljas ut" in CHANGE_PARTS.headline(cells)


def test_where_means_by_role_type_are_not_shown_the_mix_says_so(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024, roles=(2,) * 40 + (3,))
    release(make, organisation_id, 2025, HIGH, roles=(1, 2, 3))

    cells = CHANGE_PARTS.read(looked_at(make, organisation_id, "A2"))

    assert cells.index.mix is None
    assert cells.why_no_mix == "Medelvärden per respondenttyp visas inte båda åren."


def test_what_cannot_be_compared_cannot_be_divided(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2024, {**LOW, "B": [3]})
    release(make, organisation_id, 2025, HIGH)

    cells = CHANGE_PARTS.read(looked_at(make, organisation_id, "B"))

    assert CHANGE_PARTS.headline(cells) == "Förändringen går inte att dela upp"
    assert CHANGE_PARTS.draw(cells) is None
    assert all(cell.value is None for row in CHANGE_PARTS.table(cells).rows for cell in row.cells[1:])


def test_before_the_second_release_there_is_nothing_to_divide(make: Make) -> None:
    organisation_id = make.organisation()
    release(make, organisation_id, 2025)

    cells = CHANGE_PARTS.read(looked_at(make, organisation_id))

    assert CHANGE_PARTS.headline(cells) == "Förändringen går inte att dela upp"
