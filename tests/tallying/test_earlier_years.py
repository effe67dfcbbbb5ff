"""An earlier year as the organisation is now: stored with each release, from whole old pieces only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from db.models import RegroupedUnit, UnitChange
from db.queries import regrouped_years
from db.queries.regrouped_years import RegroupedMean, RegroupedYear
from dimios_dash import access, instruments
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from dimios_dash.tallying.moving_in import move_in
from tests.conftest import AsWeb
from tests.factories import Make
from tests.tallying.conftest import KEYS, answers, units

TODAY = date(2026, 11, 22)
THEN = {"E": None, "A": "E", "B": "E", "A1": "A"}
NOW = {"E": None, "A": "E", "B": "E", "A1": "B"}  # A1 has moved from A to B
SAID = {"E": [3, 3, 4], "A": [2, 3, 4], "B": [4, 4, 5], "A1": [5, 5, 5, 5]}


def move(
    make: Make,
    organisation_id: OrganisationId,
    year: int,
    tree: Mapping[str, str | None],
    said: Mapping[str, Sequence[int]] = SAID,
) -> MeasurementId:
    rows = [row for unit, points in said.items() for row in answers(unit, points)]
    return move_in(make.session, access.system(organisation_id), make.keys, year, 3, units(tree), rows, TODAY)


def as_now(make: Make, organisation_id: OrganisationId, year: int) -> tuple[RegroupedYear, ...]:
    return regrouped_years.of_release(make.session, access.export(make.session, organisation_id, year))


def first_statement(found: RegroupedYear) -> dict[UnitId, RegroupedMean]:
    return {unit: cells[KEYS[0]] for unit, cells in found.units.items()}


def test_a_unit_that_moved_brings_its_answers_to_where_it_is_now(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    move(make, organisation_id, 2025, NOW)

    (then,) = as_now(make, organisation_id, 2025)

    assert (then.year, then.instrument_version) == (2024, instruments.LATEST)
    assert first_statement(then) == {
        "E": RegroupedMean(60.0, whole=True),
        "A": RegroupedMean(40.0, whole=True),
        "B": RegroupedMean(74.3, whole=True),
        "A1": RegroupedMean(80.0, whole=True),
    }


def test_a_group_that_cannot_be_parted_is_counted_above_and_what_it_left_is_not_to_be_compared(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN, {**SAID, "A": [2, 3, 4], "A1": [6]})
    move(make, organisation_id, 2025, NOW)

    (then,) = as_now(make, organisation_id, 2025)

    cells = first_statement(then)
    assert cells[UnitId("A")] == cells[UnitId("A1")] == RegroupedMean(None, whole=False)
    assert cells[UnitId("B")] == RegroupedMean(66.7, whole=False)
    assert cells[UnitId("E")].whole is True


def test_years_that_are_moved_in_late_find_their_place(make: Make) -> None:
    organisation_id = make.organisation()
    for year, tree in ((2025, NOW), (2023, THEN), (2024, THEN)):
        move(make, organisation_id, year, tree)

    assert [found.year for found in as_now(make, organisation_id, 2025)] == [2023, 2024]
    assert [found.year for found in as_now(make, organisation_id, 2024)] == [2023]
    assert as_now(make, organisation_id, 2023) == ()


def test_a_unit_that_is_new_has_no_earlier_year_and_one_that_is_gone_counts_for_the_whole(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    move(make, organisation_id, 2025, {"E": None, "A": "E", "C": "E"}, {"E": [3] * 3, "A": [3] * 3, "C": [3] * 3})

    (then,) = as_now(make, organisation_id, 2025)

    cells = first_statement(then)
    assert cells[UnitId("C")] == RegroupedMean(None, whole=False)
    assert cells[UnitId("E")].mean == 60.0


def test_a_unit_that_was_merged_into_another_is_counted_there(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    merged = {"unit_id": "A1", "version": 2, "kind": "merged", "to_ids": ["B"], "after_year": 2024}
    make.session.add(UnitChange(organisation_id=organisation_id, id=new_id(), **merged))
    move(make, organisation_id, 2025, {"E": None, "A": "E", "B": "E"}, {"E": [3] * 3, "A": [3] * 3, "B": [3] * 3})

    (then,) = as_now(make, organisation_id, 2025)

    assert first_statement(then) == {
        "E": RegroupedMean(60.0, whole=True),
        "A": RegroupedMean(40.0, whole=True),
        "B": RegroupedMean(74.3, whole=True),
    }


def test_a_branch_is_given_its_own_units_and_a_stranger_none(make: Make, as_web: AsWeb) -> None:
    organisation_id, stranger = make.organisation(), make.organisation()
    move(make, organisation_id, 2024, THEN)
    later = move(make, organisation_id, 2025, NOW)
    branch = ResultsScope(organisation_id, later, 2025, UnitId("B"), UnitId("B"))
    forged = ResultsScope(stranger, later, 2025, None, UnitId("E"))

    with as_web(organisation_id) as session:
        (own,) = regrouped_years.of_release(session, branch)
    with as_web(stranger) as session:
        others = [regrouped_years.of_release(session, scope) for scope in (branch, forged)]

    assert own.units.keys() == {"B", "A1"}
    assert others == [(), ()]


def test_numbers_of_answers_are_not_stored_where_web_can_read(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024, THEN)
    move(make, organisation_id, 2025, NOW)

    columns = set(RegroupedUnit.__table__.columns.keys())
    stored = make.session.scalars(select(RegroupedUnit.mean)).all()

    assert columns == {"organisation_id", "measurement_id", "later_id", "unit_id", "mean", "whole"}
    assert all(mean is None or mean == round(mean, 1) for means in stored for mean in means)
