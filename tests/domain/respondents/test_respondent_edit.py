from __future__ import annotations

from dataclasses import replace

import pytest

from dimios_dash.domain.respondents.respondent_edit import Chosen, Deed, Order, OrderPlan, Present, plan_order
from dimios_dash.ids import InvitationId, UnitId, new_id
from dimios_dash.language import Language

ANNA = Present(InvitationId(new_id()), 3, UnitId("A"), 2, Language.SWEDISH, answered=False, removed=False)
MOVE = Order(Deed.MOVE, unit_id=UnitId("B"))


def plan(order: Order, now: Present | None, version: int = 3) -> tuple[int, int, int, int]:
    """Changed, answered, overtaken, already."""
    found = plan_order(order, [Chosen(ANNA.id, version)], {} if now is None else {ANNA.id: now})
    return len(found.changed), found.answered, found.overtaken, found.already


@pytest.mark.parametrize(
    ("order", "now", "becomes"),
    [
        (MOVE, ANNA, (1, 0, 0, 0)),
        (MOVE, replace(ANNA, answered=True), (0, 1, 0, 0)),
        (MOVE, replace(ANNA, unit_id=UnitId("B")), (0, 0, 0, 1)),
        (MOVE, replace(ANNA, unit_id=UnitId("B"), answered=True), (0, 0, 0, 1)),
        (MOVE, replace(ANNA, version=4), (0, 0, 1, 0)),
        (MOVE, None, (0, 0, 1, 0)),
        (Order(Deed.RETYPE, role_type=None), ANNA, (1, 0, 0, 0)),
        (Order(Deed.RETYPE, role_type=3), replace(ANNA, answered=True), (0, 1, 0, 0)),
        (Order(Deed.TRANSLATE, language=Language.SWEDISH), ANNA, (0, 0, 0, 1)),
        (Order(Deed.TRANSLATE, language=Language.FINNISH), replace(ANNA, answered=True), (1, 0, 0, 0)),
        (Order(Deed.REMOVE), replace(ANNA, answered=True), (1, 0, 0, 0)),
        (Order(Deed.REMOVE), replace(ANNA, removed=True), (0, 0, 0, 1)),
        (Order(Deed.RESTORE), replace(ANNA, removed=True), (1, 0, 0, 0)),
    ],
)
def test_each_one_chosen_has_one_outcome(order: Order, now: Present | None, becomes: tuple[int, ...]) -> None:
    assert plan(order, now) == becomes


def test_somebody_chosen_twice_is_changed_once() -> None:
    chosen = [Chosen(ANNA.id, 3), Chosen(ANNA.id, 3)]

    assert plan_order(MOVE, chosen, {ANNA.id: ANNA}) == OrderPlan((ANNA.id,), 0, 0, 0)
