"""The curve over days: counted every night, read for a branch, and without anything finer than a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.engine import transaction
from db.models import AnswerCount
from db.queries import answer_curve
from db.queries.answer_curve import Night
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.tallying.boxes import remix
from tests.tallying.conftest import Town, sheet

MONDAY = date(2026, 5, 4)
TREE = {"E": None, "A": "E", "A1": "A", "B": "E"}


def night(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.fixture
def lived(town: Town) -> tuple[OrganisationId, MeasurementId]:
    """Four nights: two answers in A1, one more there and one by link in B, nothing, one in A."""
    found = town.closed_measurement(TREE)
    first, second = ("A1", Channel.EMAIL), ("B", Channel.LINK)
    evenings: list[list[tuple[str, Channel]]] = [[first, first], [first, second], [], [("A", Channel.EMAIL)]]
    for number, arrivals in enumerate(evenings):
        for unit, channel in arrivals:
            town.put(found[1], unit, sheet(4), channel)
        remix(town.engine, night(number))
    return found


def read(
    town: Town, found: tuple[OrganisationId, MeasurementId], unit: str | None = None, branch: str | None = None
) -> tuple[Night, ...]:
    scope = DeskScope(found[0], None, None if branch is None else UnitId(branch))
    with transaction(town.engine, found[0]) as session:
        return answer_curve.read(session, scope, found[1], None if unit is None else UnitId(unit))


def test_the_whole_adds_up_its_units_as_they_stood_each_night(
    town: Town, lived: tuple[OrganisationId, MeasurementId]
) -> None:
    assert read(town, lived) == (Night(night(0), 2, 0), Night(night(1), 3, 1), Night(night(3), 4, 1))


def test_a_branch_has_a_curve_of_its_own(town: Town, lived: tuple[OrganisationId, MeasurementId]) -> None:
    assert read(town, lived, "A") == (Night(night(0), 2, 0), Night(night(1), 3, 0), Night(night(3), 4, 0))
    assert read(town, lived, "B", branch="B") == read(town, lived, branch="B") == (Night(night(1), 0, 1),)


@pytest.mark.parametrize(("unit", "branch"), [("B", "A"), ("E", "A"), ("nowhere", None)])
def test_a_unit_outside_the_branch_or_the_measurement_looks_missing(
    town: Town, lived: tuple[OrganisationId, MeasurementId], unit: str, branch: str | None
) -> None:
    with pytest.raises(NotFound):
        read(town, lived, unit, branch)


def test_another_organisation_sees_nothing(town: Town, lived: tuple[OrganisationId, MeasurementId]) -> None:
    stranger, _ = town.closed_measurement(TREE)

    assert read(town, (stranger, lived[1])) == ()


@pytest.mark.usefixtures("lived")
def test_a_night_without_answers_and_a_night_twice_leave_no_row(town: Town) -> None:
    remix(town.engine, night(3))
    remix(town.engine, night(4))

    with transaction(town.engine, None) as session:
        rows = session.execute(
            select(AnswerCount.unit_id, AnswerCount.night, AnswerCount.answers).order_by(AnswerCount.night)
        ).all()
    assert sorted(map(tuple, rows)) == [
        *(("A", night(3), 1), ("A1", night(0), 2), ("A1", night(1), 3), ("B", night(1), 1)),
    ]
