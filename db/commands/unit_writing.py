"""How changes of the tree reach the database: one at a time, with their versions, their order and their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ARRAY, Integer, String, cast, column, func, select, update
from sqlalchemy import insert as insert_rows
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import Measurement, UnitChange
from db.models import Unit as Row
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.lineage import Change
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.ids import UnitId, new_id

_WRITTEN = ("parent_id", "name", "activity", "employees", "position", "closed", "version")


def hold_tree(session: Session, scope: DeskScope) -> None:
    """Nobody else changes the tree, and no measurement starts, until this transaction ends; answers still come in."""
    session.flush()
    not_started = Measurement.state.in_([MeasurementState.DRAFT, MeasurementState.OPEN])
    for held in (
        select(Measurement.id).where(Measurement.organisation_id == scope.organisation_id, not_started),
        select(Row.id).where(Row.organisation_id == scope.organisation_id, Row.parent_id.is_(None)),
    ):
        session.execute(held.with_for_update(key_share=True))
    session.expire_all()


def write_units(session: Session, scope: DeskScope, units: Iterable[Unit]) -> None:
    """As they are given, new ones too. In one statement: the tree holds together at its end, in whatever order."""
    rows = [_row(scope, unit) for unit in units]
    if rows:
        new = insert(Row)
        written = {name: new.excluded[name] for name in _WRITTEN}
        session.execute(new.on_conflict_do_update(index_elements=["organisation_id", "id"], set_=written), rows)
        session.expire_all()


def write_order(session: Session, scope: DeskScope, order: Sequence[UnitId]) -> None:
    """Number the units in this order; those that have their number already are left alone."""
    ids, places = cast(order, ARRAY(String)), cast([*range(len(order))], ARRAY(Integer))
    wanted = func.unnest(ids, places).table_valued(column("id", String), column("place", Integer)).render_derived()
    session.execute(
        update(Row)
        .where(Row.organisation_id == scope.organisation_id, Row.id == wanted.c.id, Row.position != wanted.c.place)
        .values(position=wanted.c.place)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def record_changes(
    session: Session, scope: DeskScope, changes: Iterable[Change], versions: Mapping[UnitId, int]
) -> None:
    """Keep what has happened to units, each with its version after it."""
    frozen = Measurement.state.not_in([MeasurementState.DRAFT, MeasurementState.CANCELLED])
    after_year = session.scalar(
        select(func.max(Measurement.year)).where(Measurement.organisation_id == scope.organisation_id, frozen)
    )
    rows = [_change(scope, change, versions[change.unit_id], after_year) for change in changes]
    if rows:
        session.execute(insert_rows(UnitChange), rows)


def _row(scope: DeskScope, unit: Unit) -> dict[str, object]:
    return {
        "organisation_id": scope.organisation_id,
        "id": unit.unit_id,
        "parent_id": unit.parent_id,
        "name": unit.name,
        "activity": unit.activity.value,
        "employees": unit.employees,
        "position": unit.position,
        "closed": unit.closed,
        "version": unit.version,
    }


def _change(scope: DeskScope, change: Change, version: int, after_year: int | None) -> dict[str, object]:
    return {
        "organisation_id": scope.organisation_id,
        "id": new_id(),
        "unit_id": change.unit_id,
        "version": version,
        "kind": change.kind.value,
        "to_ids": list(change.to),
        "was": change.was,
        "became": change.became,
        "after_year": after_year,
        "account_id": scope.account_id,
    }
