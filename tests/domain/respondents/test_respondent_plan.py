from __future__ import annotations

from dataclasses import dataclass

import pytest

from dimios_dash.domain.respondents.respondent_plan import (
    RespondentDeed,
    RespondentPlan,
    StandingRespondent,
    plan_respondents,
)
from dimios_dash.ids import InvitationId, UnitId, new_id
from dimios_dash.language import Language

A, B = UnitId("A"), UnitId("B")


@dataclass(frozen=True)
class Row:
    """A row of a file, as intake reads it."""

    unit_id: UnitId = A
    role_type: int | None = 2
    address: str = "a@b.se"
    row: int = 2
    language: Language | None = None


def before(*, answered: bool = False, removed: bool = False, reachable: bool = True) -> StandingRespondent:
    """Somebody in unit A with role type 2."""
    return StandingRespondent(InvitationId(new_id()), A, 2, answered, removed, reachable)


def plan(row: Row, found: StandingRespondent | None) -> RespondentPlan:
    return plan_respondents({} if found is None else {b"a": found}, [(b"a", row)], {A, B})


@pytest.mark.parametrize(
    ("row", "found", "deed"),
    [
        (Row(), None, RespondentDeed.NEW),
        (Row(), before(), RespondentDeed.UNCHANGED),
        (Row(role_type=None), before(), RespondentDeed.UNCHANGED),
        (Row(B), before(), RespondentDeed.CHANGED),
        (Row(role_type=3), before(), RespondentDeed.CHANGED),
        (Row(language=Language.SWEDISH), before(), RespondentDeed.UNCHANGED),
        (Row(language=Language.FINNISH), before(), RespondentDeed.CHANGED),
        (Row(), before(answered=True), RespondentDeed.UNCHANGED),
        (Row(B), before(answered=True), RespondentDeed.ANSWERED),
        (Row(B), before(answered=True, removed=True), RespondentDeed.ANSWERED),
        (Row(), before(removed=True), RespondentDeed.RETURNING),
        (Row(B), before(reachable=False), RespondentDeed.UNCHANGED),
        (Row(B), before(reachable=False, answered=True), RespondentDeed.UNCHANGED),
    ],
)
def test_each_row_has_one_outcome(row: Row, found: StandingRespondent | None, deed: RespondentDeed) -> None:
    outcome = plan(row, found).outcomes[0]

    assert outcome.deed is deed
    assert outcome.before is found


@pytest.mark.parametrize(("said", "becomes"), [(None, 2), (3, 3)])
def test_a_file_that_does_not_say_the_role_type_leaves_the_one_that_is_known(said: int | None, becomes: int) -> None:
    assert plan(Row(B, said), before()).outcomes[0].role_type == becomes


def test_a_plan_counts_its_outcomes_and_knows_when_there_is_nothing_to_do() -> None:
    rows = [(b"a", Row()), (b"b", Row(B)), (b"c", Row())]

    found = plan_respondents({b"a": before(), b"b": before(answered=True)}, rows, {A, B})

    assert dict(found.counts) == {RespondentDeed.UNCHANGED: 1, RespondentDeed.ANSWERED: 1, RespondentDeed.NEW: 1}
    assert not found.nothing_to_do
    assert plan(Row(B), before(answered=True)).nothing_to_do


def test_a_unit_that_does_not_take_part_is_an_obstacle_only_to_what_would_be_written() -> None:
    rows = [(b"a", Row(B, row=4)), (b"b", Row(B, row=5))]
    already_there = StandingRespondent(InvitationId(new_id()), B, 2, answered=False, removed=False, reachable=True)

    found = plan_respondents({b"b": already_there}, rows, {A})

    assert [obstacle.row for obstacle in found.obstacles] == [4]
    assert found.obstacles[0].message == (
        "Enheten B ingår inte i årets mätning. Välj en enhet som ingår, eller ta bort raden."
    )
