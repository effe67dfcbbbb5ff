"""Days of their own for single units, inside those of the whole measurement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dimios_dash.domain.calendar import Period, check_running_year
from dimios_dash.domain.days import period, written
from dimios_dash.domain.tree import Tree
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId


def check_unit_period(unit: str, own: Period, whole: Period, today: date) -> None:
    """Raises Invalid, naming the unit, for days in the wrong order, outside the measurement's, or already over."""
    if own.closes < own.opens:
        raise Invalid(
            f"{unit}: den sista dagen, {written(own.closes)}, ligger före den första, {written(own.opens)}. "
            "Välj en sista dag som är samma dag eller senare."
        )
    if own.opens < whole.opens or own.closes > whole.closes:
        raise Invalid(
            f"{unit}: de egna dagarna, {period(own.opens, own.closes)}, måste ligga inom mätningens, "
            f"{period(whole.opens, whole.closes)}. Ändra enhetens dagar eller mätningens."
        )
    if own.closes < today:
        raise Invalid(f"{unit}: den sista dagen, {written(own.closes)}, har redan varit. Välj en senare dag.")


def check_later_end(unit: str, own: Period, closes: date, whole: Period, today: date) -> None:
    """Whether a unit may get `closes` as its last day. Raises Invalid, naming the unit."""
    check_running_year(whole.closes.year, today)
    if closes <= own.closes:
        raise Invalid(f"{unit} kan redan svara till och med den {written(own.closes)}. Välj en senare dag.")
    if closes > whole.closes:
        raise Invalid(
            f"{unit} kan inte ha öppet längre än mätningen, som slutar den {written(whole.closes)}. "
            "Välj en tidigare dag, eller förläng mätningen först."
        )
    check_unit_period(unit, Period(own.opens, closes), whole, today)


def inherited(tree: Tree, own: Mapping[UnitId, Period]) -> dict[UnitId, Period]:
    """The days of each unit: its own, else those of the nearest above. Left out are units with the measurement's."""
    found: dict[UnitId, Period] = {}
    for place, unit_id in enumerate(tree.ids):
        above = int(tree.parent[place])
        days = own.get(unit_id) or (found.get(tree.ids[above]) if above >= 0 else None)
        if days is not None:
            found[unit_id] = days
    return found


def first_of(tree: Tree, days: Mapping[UnitId, Period]) -> tuple[UnitId, ...]:
    """Units whose days differ from those of the unit above, in the order of the tree; `days` as from `inherited`."""
    return tuple(
        unit_id
        for place, unit_id in enumerate(tree.ids)
        if unit_id in days and (place == 0 or days.get(tree.ids[int(tree.parent[place])]) != days[unit_id])
    )


def following(tree: Tree, days: Mapping[UnitId, Period], unit_id: UnitId) -> tuple[UnitId, ...]:
    """The unit and those below that have its days from it: branches with others keep theirs."""
    found = {unit_id}
    for place in tree.subtree(tree.index(unit_id)).tolist():
        above = int(tree.parent[place])
        if above >= 0 and tree.ids[above] in found and days.get(tree.ids[place]) == days.get(unit_id):
            found.add(tree.ids[place])
    return tuple(unit for unit in tree.ids if unit in found)
