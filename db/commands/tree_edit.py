"""The tree, unit by unit. Each deed names the version of the unit it was made against, and leaves an audit event.

The trees of measurements that have started stay as they were: see frozen_tree.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from db.commands import audit
from db.commands.unit_writing import hold_tree, record_changes, write_order, write_units
from db.models import Invitation, Measurement
from db.queries import unit_history, units
from dimios_dash.domain.calendar import STOCKHOLM, MeasurementState
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees import tree_deeds
from dimios_dash.domain.trees.change_words import sentence
from dimios_dash.domain.trees.tree_deeds import Edit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.domain.trees.unit_description import Described
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as somebody saw it when they decided what to do with it."""

    unit_id: UnitId
    version: int


class Stale(Invalid):
    """Somebody else was first. Says what they did; nothing has been done."""


def add(session: Session, scope: DeskScope, parent: Named | None, unit_id: str, described: Described) -> Edit:
    """A new unit below the parent, or the organisation's first. Raises NotFound, Invalid, Stale."""
    tree = _held(session, scope, parent)
    edit = tree_deeds.add(tree, None if parent is None else parent.unit_id, unit_id, described)
    return _carry_out(session, scope, tree, edit, "unit_added")


def describe(session: Session, scope: DeskScope, named: Named, described: Described) -> Edit:
    """Another name, activity or number of employees. Raises NotFound, Invalid, Stale."""
    tree = _held(session, scope, named)
    return _carry_out(session, scope, tree, tree_deeds.describe(tree, named.unit_id, described), "unit_described")


def move(session: Session, scope: DeskScope, named: Named, parent_id: UnitId, before: UnitId | None = None) -> Edit:
    """Another parent, or another place among siblings: before one of them, or last. Raises NotFound, Invalid, Stale."""
    tree = _held(session, scope, named)
    return _carry_out(session, scope, tree, tree_deeds.move(tree, named.unit_id, parent_id, before), "unit_moved")


def merge(session: Session, scope: DeskScope, named: Named, into_id: UnitId) -> Edit:
    """Close the unit and let its people in a draft follow to the other. Raises NotFound, Invalid, Stale.

    People of an open measurement stay where it found them, so the deed waits until it has closed.
    """
    tree = _held(session, scope, named)
    edit = tree_deeds.merge(tree, named.unit_id, into_id)
    _require_nobody_asked(session, scope, tree, [named.unit_id], MeasurementState.OPEN)
    done = _carry_out(session, scope, tree, edit, "unit_merged")
    _move_people(session, scope, named.unit_id, into_id)
    return done


def split(session: Session, scope: DeskScope, named: Named, names: Sequence[str]) -> Edit:
    """New units beside the unit, which stays with its people until they have been moved. Raises as `move` does."""
    tree = _held(session, scope, named)
    return _carry_out(session, scope, tree, tree_deeds.split(tree, named.unit_id, names), "unit_split")


def close(session: Session, scope: DeskScope, named: Named) -> Edit:
    """Close the unit and all below it, where nobody is asked this year. Raises NotFound, Invalid, Stale."""
    tree = _held(session, scope, named)
    edit = tree_deeds.close(tree, named.unit_id)
    for state in (MeasurementState.OPEN, MeasurementState.DRAFT):
        _require_nobody_asked(session, scope, tree, edit.touched, state)
    return _carry_out(session, scope, tree, edit, "unit_closed")


def reopen(session: Session, scope: DeskScope, named: Named) -> Edit:
    """Take a closed unit into use again. Raises NotFound, Invalid, Stale."""
    tree = _held(session, scope, named)
    return _carry_out(session, scope, tree, tree_deeds.reopen(tree, named.unit_id), "unit_reopened")


def _held(session: Session, scope: DeskScope, named: Named | None) -> TreeToday:
    """The tree, which nobody else changes now. Raises NotFound, and Stale when the unit is not as it was named."""
    hold_tree(session, scope)
    tree = TreeToday.of(units.every(session, scope), scope.branch)
    if named is not None and tree.any_unit(named.unit_id).version != named.version:
        raise Stale(_what_others_did(session, scope, tree, named))
    return tree


def _what_others_did(session: Session, scope: DeskScope, tree: TreeToday, named: Named) -> str:
    since = unit_history.of_unit(session, scope, named.unit_id, named.version)
    told = [
        f"{found.who or 'Någon annan'} {sentence(found.change)} klockan {found.at.astimezone(STOCKHOLM):%H.%M}."
        for found in since[-_MOST_NAMED:]
    ]
    return " ".join(
        [
            f"{tree.units[named.unit_id].name} har ändrats sedan du öppnade sidan.",
            *told,
            "Din ändring är inte gjord. Se hur det är nu, och gör om den om den fortfarande behövs.",
        ]
    )


def _carry_out(session: Session, scope: DeskScope, tree: TreeToday, edit: Edit, event: str) -> Edit:
    """Write what the deed changes; nothing where it changes nothing."""
    changed = [replace(edit.after.units[each], version=_next_version(tree, each)) for each in edit.touched]
    write_units(session, scope, changed)
    if (order := edit.after.order) != tree.order or changed:
        write_order(session, scope, order)
        record_changes(session, scope, edit.changes, {unit.unit_id: unit.version for unit in changed})
        units_named: dict[str, object] = {"units": [change.unit_id for change in edit.changes], "told": edit.told}
        audit.record(session, scope, event, units_named)
    return edit


def _next_version(tree: TreeToday, unit_id: UnitId) -> int:
    return tree.units[unit_id].version + 1 if unit_id in tree.units else 1


def _asked(scope: DeskScope, state: MeasurementState) -> ColumnElement[bool]:
    """Invitations of the organisation's measurements in a state."""
    of_state = select(Measurement.id).where(
        Measurement.organisation_id == scope.organisation_id, Measurement.state == state
    )
    return and_(Invitation.organisation_id == scope.organisation_id, Invitation.measurement_id.in_(of_state))


def _require_nobody_asked(
    session: Session, scope: DeskScope, tree: TreeToday, unit_ids: Collection[UnitId], state: MeasurementState
) -> None:
    """Raises Invalid, with the units, where somebody belongs to one of them in a measurement of the state."""
    asked = session.scalars(
        select(Invitation.unit_id)
        .where(_asked(scope, state), Invitation.unit_id.in_(unit_ids), ~Invitation.removed)
        .group_by(Invitation.unit_id)
        .having(func.count() > 0)
    )
    names = [tree.units[UnitId(unit_id)].name for unit_id in asked]
    if not names:
        return
    named = ", ".join(names[:_MOST_NAMED]) + (f" och {len(names) - _MOST_NAMED} till" * (len(names) > _MOST_NAMED))
    if state is MeasurementState.OPEN:
        raise Invalid(f"Mätningen pågår och frågar respondenter i {named}. Gör det här när mätningen är stängd.")
    raise Invalid(f"{named} har respondenter i årets urval. Flytta dem till en annan enhet först.")


def _move_people(session: Session, scope: DeskScope, from_id: UnitId, to_id: UnitId) -> None:
    session.execute(
        update(Invitation)
        .where(_asked(scope, MeasurementState.DRAFT), Invitation.unit_id == from_id)
        .values(unit_id=to_id, version=Invitation.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
