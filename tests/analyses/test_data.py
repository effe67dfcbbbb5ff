"""Levels, role types and distributions of one unit, from rows that the test makes, and from the file of a release."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from statistics import fmean
from typing import Any

import pytest
from sqlalchemy import update

from db.models import ReleasedUnit
from dimios_dash import access
from dimios_dash.analyses import basis, each_level, role_gap, spread_of_answers
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.depth import Depth, Order
from dimios_dash.domain.gate.split_blunting import Bound
from dimios_dash.errors import NotFound
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.ids import OrganisationId
from tests.factories import Make
from tests.figures.checked import checked

Reader = Callable[..., Basis]
MEANS: dict[str, float] = {"F1": 60, "F2": 50, "F3": 40, "A1": 55, "A2": 45, "A3": 30}


@pytest.fixture
def whole(make: Make, organisation: OrganisationId) -> Reader:
    """The released whole, with what is chosen on the page."""
    released = make.release(organisation, 2025, {"K": MEANS}, spread=20)

    def read(**choices: object) -> Basis:
        scope = access.export(make.session, organisation, 2025)
        assert scope.measurement_id == released
        return basis.read(make.session, scope, choices)

    return read


def detailed(make: Make, **columns: object) -> None:
    """The only unit shows these details too."""
    make.session.execute(update(ReleasedUnit).where(ReleasedUnit.unit_id == "K").values(**columns))


def roles(*means: float | None, bound: Bound = Bound.INSIDE) -> dict[str, object]:
    """The same for all thirty statements: types 1, 2, 3 and 1 + 2 together."""
    groups = 3 if means[0] is not None else 2
    row = [None if each is None else float(each) for each in means]
    return {"role_groups": [groups] * 30, "role_mean": [row] * 30, "role_bound": [[int(bound)] * 4] * 30}


def test_the_lowest_is_named_and_said_to_be_sure_only_where_no_margin_reaches_it(whole: Reader) -> None:
    cells = each_level.read(whole())

    assert each_level.headline(cells) == "Effektivitet högst, Användning lägst"
    assert "30,0 av 100" in each_level.reading(cells)


def test_levels_are_chosen_and_put_in_order(whole: Reader) -> None:
    dimensions = each_level.read(whole(niva=Depth.DIMENSION))
    lowest_first = each_level.read(whole(ordning=Order.LOWEST))
    in_one = each_level.read(whole(niva=Depth.STATEMENT, kategori="A1"))

    assert [row.mean for row in dimensions.rows] == [50.0, 43.3]
    assert [row.mean for row in lowest_first.rows] == [30, 40, 45, 50, 55, 60]
    assert [row.key for row in in_one.rows] == ["A1.1", "A1.2", "A1.3", "A1.4", "A1.5"]


def test_words_are_looked_for_in_names_and_statements(whole: Reader) -> None:
    found = each_level.read(whole(niva=Depth.STATEMENT, sok=" NYTTA "))
    nothing = each_level.read(whole(niva=Depth.STATEMENT, sok="finns inte"))

    assert "F1.3" in [row.key for row in found.rows]
    assert each_level.headline(nothing) == "Ingen förmåga har de orden"
    assert each_level.draw(nothing) is None


def test_a_category_that_does_not_exist_is_not_found(whole: Reader) -> None:
    with pytest.raises(NotFound):
        each_level.read(whole(kategori="Z9"))


def test_the_number_of_answers_is_exact_only_where_a_distribution_is_shown(make: Make, whole: Reader) -> None:
    counts = [[2, 3, 5, 6, 3, 1]] + [[0] * 6] * 29
    detailed(make, distribution=counts)

    rows = each_level.read(whole(niva=Depth.STATEMENT)).rows

    assert [row.answers for row in rows[:2]] == ["20 svar", "av 40 svarande"]


def test_vet_ej_of_a_category_is_the_mean_of_its_five_and_missing_where_one_is(make: Make, whole: Reader) -> None:
    detailed(make, dont_know=[0.1, 0.2, 0.3, 0.0, 0.4, *[0.1] * 4, None, *[0.2] * 20])

    first, second, third, *_ = each_level.read(whole()).rows

    assert [first.dont_know, third.dont_know] == [pytest.approx(0.2), pytest.approx(0.2)]
    assert second.dont_know is None
    assert second.dont_know_hidden


def test_those_who_design_are_compared_with_those_who_act(make: Make, whole: Reader) -> None:
    detailed(make, **roles(60, 50, 45.5, 55))

    cells = role_gap.read(whole())

    assert role_gap.headline(cells).startswith("De som utformar styrningen ser ljusare på Effektivitet")
    assert {row.gap for row in cells.rows} == {14.5}
    assert [trace.name for trace in checked(role_gap.draw(cells)).data][-3:] == [
        "Utformar styrningen",
        "Styr",
        "Verkar inom styrningen",
    ]


def test_two_groups_are_compared_where_three_would_tell_too_much(make: Make, whole: Reader) -> None:
    detailed(make, **roles(None, None, 50, 40))

    cells = role_gap.read(whole(niva=Depth.STATEMENT))

    assert role_gap.headline(cells).startswith("De som verkar i det ser ljusare")
    assert {row.gap for row in cells.rows} == {-10}
    assert "tillsammans" in " ".join(role_gap.notes(cells))


def test_groups_that_cannot_be_told_apart_are_not_said_to_be_alike(make: Make, whole: Reader) -> None:
    detailed(make, **roles(98, 98, 98, 98, bound=Bound.NOT_TOLD))

    cells = role_gap.read(whole(niva=Depth.STATEMENT))

    assert cells.shown == []
    assert "skalans ände" in role_gap.reading(cells)
    assert role_gap.draw(cells) is None


def test_without_role_types_it_says_why(whole: Reader) -> None:
    cells = role_gap.read(whole(niva=Depth.STATEMENT))

    assert role_gap.headline(cells) == "Respondenttyperna kan inte jämföras här"
    assert all(row.hidden for row in cells.rows)


def test_the_most_divided_statement_is_named(make: Make, whole: Reader) -> None:
    agreed, divided = [0, 0, 10, 10, 0, 0], [5, 3, 2, 2, 4, 4]
    detailed(make, distribution=[agreed, divided, *[[0] * 6] * 28])

    cells = spread_of_answers.read(whole())

    assert spread_of_answers.headline(cells) == "Mest delade meningar om Prioritering"
    assert spread_of_answers.reading(cells) == "40\u00a0% av svaren är 1 eller 2, och 40\u00a0% är 5 eller 6 (20 svar)."
    bars = checked(spread_of_answers.draw(cells)).data
    assert [sum(bar.x[place] for bar in bars) for place in range(2)] == [pytest.approx(100)] * 2


def test_without_a_distribution_nothing_is_drawn_and_every_row_says_why(whole: Reader) -> None:
    cells = spread_of_answers.read(whole())

    assert spread_of_answers.draw(cells) is None
    assert all(row.cells[0].note for row in spread_of_answers.table(cells).rows)


def test_every_number_is_that_of_the_release_file(make: Make, organisation: OrganisationId, whole: Reader) -> None:
    detailed(
        make,
        **roles(60, 50, 45.5, 55),
        distribution=[[2, 3, 5, 6, 3, 1]] * 30,
        dont_know=[0.1] * 30,
    )
    file = exported(make, organisation)

    rows = each_level.read(whole(niva=Depth.STATEMENT)).rows
    categories = each_level.read(whole()).rows
    gaps = role_gap.read(whole(niva=Depth.STATEMENT)).rows

    means = {entry["statement"]: entry for entry in file["means"]}
    assert [row.mean for row in rows] == [means[row.key]["mean"] for row in rows]
    assert [round(row.interval.low, 1) if row.interval else None for row in rows] == [
        means[row.key]["interval_low"] for row in rows
    ]
    for row in categories:
        assert row.mean == pytest.approx(fmean(each["mean"] for key, each in means.items() if key.startswith(row.key)))
    assert {row.gap for row in gaps} == {14.5}


def exported(make: Make, organisation_id: OrganisationId) -> Mapping[str, Any]:
    """What a program reads of the release."""
    found: dict[str, Any] = json.loads(
        as_json(gather(make.session, access.export(make.session, organisation_id, 2025)))
    )
    return found
