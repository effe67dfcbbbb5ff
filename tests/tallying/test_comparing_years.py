"""How two years compare: stored with the later release, and what anybody can compute from the two release files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import select
from statsmodels.stats.multitest import multipletests

from db.models import UnitChange, YearComparison
from db.queries import year_comparisons
from db.queries.regrouped_years import RegroupedMean
from db.queries.year_comparisons import Change, ComparedUnit
from dimios_dash import access, instruments
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.statistics import level_columns
from dimios_dash.exports.release_file import gather
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from dimios_dash.tallying.moving_in import move_in
from tests.conftest import AsWeb
from tests.factories import Make
from tests.tallying.conftest import KEYS, answers, units
from tests.tallying.from_files import TODAY, Key, by_welch, differences, ekhamn, exported

LEVELS = level_columns.keys(instruments.load())
THEN = {"E": None, "A": "E", "B": "E", "A1": "A"}
NOW = {"E": None, "A": "E", "B": "E", "A1": "B"}  # A1 has moved from A to B
SAID = {"E": [3, 3, 4, 2], "A": [2, 3, 4], "B": [4, 4, 5], "A1": [5, 5, 5, 5]}
BETTER = {"E": [3, 3, 4, 2], "A": [4, 5, 6], "B": [5, 4, 5], "A1": [5, 5, 5, 5]}


def move(
    make: Make,
    organisation_id: OrganisationId,
    year: int,
    tree: Mapping[str, str | None],
    said: Mapping[str, Sequence[int]] = SAID,
) -> MeasurementId:
    rows = [row for unit, points in said.items() for row in answers(unit, points)]
    return move_in(make.session, access.system(organisation_id), make.keys, year, 3, units(tree), rows, TODAY)


def stored(make: Make, organisation_id: OrganisationId, year: int) -> dict[Key, Change]:
    """Everything stored of the only earlier year, by unit and level."""
    scope = access.export(make.session, organisation_id, year)
    every = [row.id for row in gather(make.session, scope).units]
    found = {}
    for unit in every:
        for compared in year_comparisons.of_unit(make.session, scope.narrow(unit)).values():
            found.update({(str(unit), key): change for key, change in compared.changes.items()})
    return found


@pytest.mark.parametrize("years", [(2024, 2025), (2023, 2025)])
def test_every_stored_number_is_what_anybody_computes_from_the_two_release_files(
    make: Make, years: tuple[int, int]
) -> None:
    organisation_id = ekhamn(make, *years)
    then, now = (exported(make, organisation_id, year) for year in years)
    expected = differences(then, now)
    tested = by_welch(then, now, expected)
    by_many = multipletests([p for p, _ in tested.values()], method="fdr_bh")[1]
    adjusted = dict(zip(tested, by_many.tolist(), strict=True))
    headline = [(now.root, key) for key in ("F", "A", "index")]
    for place, p in zip(headline, multipletests([tested[each][0] for each in headline], method="holm")[1], strict=True):
        adjusted[place] = float(p)

    found = stored(make, organisation_id, years[1])

    assert len(found) > 1000
    assert found.keys() == expected.keys()
    assert {place for place, change in found.items() if change.adjusted_p is not None} == tested.keys()
    for place, change in found.items():
        assert change.difference == pytest.approx(expected[place], abs=0.0501)
        if change.adjusted_p is not None:
            assert change.adjusted_p == pytest.approx(adjusted[place], abs=1e-9)
            assert change.margin == pytest.approx(tested[place][1], abs=0.0501)
            assert change.certain == (adjusted[place] <= 0.05)


def compared(make: Make, organisation_id: OrganisationId, year: int, unit: str) -> ComparedUnit:
    (only,) = year_comparisons.of_unit(
        make.session, access.export(make.session, organisation_id, year).narrow(UnitId(unit))
    ).values()
    return only


def test_a_unit_that_moved_is_compared_where_it_is_now_with_those_who_belonged_there(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    move(make, organisation_id, 2025, NOW, BETTER)

    below_b = compared(make, organisation_id, 2025, "B")

    # Then: B's 4, 4, 5 and A1's four fives, 33 / 7 points; now 34 / 7.
    assert below_b.changes[KEYS[0]].difference == pytest.approx(77.1 - 74.3)
    assert (below_b.answered_before, below_b.same_people) == (7, False)
    assert compared(make, organisation_id, 2025, "A1").same_people
    assert compared(make, organisation_id, 2025, "E").same_people


def test_a_unit_whose_people_cannot_all_be_brought_is_not_compared_at_all(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN, {**SAID, "A1": [6]})  # A and A1 were one group
    move(make, organisation_id, 2025, NOW, BETTER)
    scope = access.export(make.session, organisation_id, 2025)

    found = {unit: year_comparisons.of_unit(make.session, scope.narrow(UnitId(unit))) for unit in NOW}

    assert [unit for unit, years in found.items() if years[2024].changes] == ["E"]
    assert found["A"][2024].means[KEYS[0]] == RegroupedMean(None, whole=False)


def test_a_unit_that_shows_only_some_of_its_people_now_is_not_compared_either(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    move(make, organisation_id, 2025, THEN, {**BETTER, "A": [4]})  # A's own single answer is counted in E
    scope = access.export(make.session, organisation_id, 2025)

    found = {unit: year_comparisons.of_unit(make.session, scope.narrow(UnitId(unit))) for unit in THEN}

    assert [unit for unit, years in found.items() if years[2024].changes] == ["E", "B", "A1"]
    assert found["A"][2024].means[KEYS[0]].whole


def test_a_unit_that_was_merged_into_another_is_compared_with_both(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    merged = {"unit_id": "A1", "version": 2, "kind": "merged", "to_ids": ["B"], "after_year": 2024}
    make.session.add(UnitChange(organisation_id=organisation_id, id=new_id(), **merged))
    move(make, organisation_id, 2025, {"E": None, "A": "E", "B": "E"}, {"E": [3] * 3, "A": [3] * 3, "B": [3] * 3})

    found = compared(make, organisation_id, 2025, "B")

    assert (found.answered_before, found.same_people) == (7, False)
    assert found.changes["index"].difference == pytest.approx(40 - 74.3)


def test_each_year_is_compared_with_every_later_one_in_whichever_order_they_come(make: Make) -> None:
    organisation_id = make.organisation()
    for year in (2025, 2023, 2024):
        move(make, organisation_id, year, THEN)

    scopes = [access.export(make.session, organisation_id, year) for year in (2023, 2024, 2025)]

    assert [list(year_comparisons.of_unit(make.session, scope)) for scope in scopes] == [[], [2023], [2023, 2024]]


def test_children_are_read_in_one_statement_and_the_unit_in_another(make: Make, as_web: AsWeb) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    later = move(make, organisation_id, 2025, THEN, BETTER)
    scope = ResultsScope(organisation_id, later, 2025, None, UnitId("E"))

    with as_web(organisation_id) as session:
        below = year_comparisons.of_children(session, scope, 2024)
        another = year_comparisons.of_children(session, scope, 2023)
        above = year_comparisons.of_children(session, scope.narrow(UnitId("A1")), 2024)

    assert below.keys() == {"A", "B"}
    assert {found.year for found in below.values()} == {2024}
    assert below[UnitId("A")].means[KEYS[0]] == RegroupedMean(62.9, whole=True)
    assert another == above == {}


def test_a_stranger_is_told_of_no_comparison(make: Make, as_web: AsWeb) -> None:
    organisation_id, stranger = make.organisation(), make.organisation()
    move(make, organisation_id, 2024, THEN)
    later = move(make, organisation_id, 2025, NOW)
    own = ResultsScope(organisation_id, later, 2025, None, UnitId("E"))
    forged = ResultsScope(stranger, later, 2025, None, UnitId("E"))

    with as_web(stranger) as session:
        told = [year_comparisons.of_unit(session, scope) for scope in (own, forged)]
        below = [year_comparisons.of_children(session, scope, 2024) for scope in (own, forged)]

    assert told == [{}, {}]
    assert below == [{}, {}]


def test_what_is_stored_is_rounded_except_the_border_of_what_is_certain(make: Make) -> None:
    organisation_id = ekhamn(make, 2024, 2025)

    rows = make.session.scalars(select(YearComparison).where(YearComparison.organisation_id == organisation_id)).all()

    for row in rows:
        assert len(row.difference) == len(LEVELS)
        for numbers, decimals in ((row.difference, 1), (row.margin, 1), (row.smallest, 1), (row.hedges_g, 2)):
            assert all(number is None or number == round(number, decimals) for number in numbers)
