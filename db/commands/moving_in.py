"""Makes room for an earlier measurement of another tool: its units, its tree, and the measurement itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_if_new
from sqlalchemy.orm import Session

from db.models import Measurement, Organisation, Placement, Unit
from db.models.measurement import COUNTS
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tree import ROOT, Tree
from dimios_dash.domain.trees.tree_plan import UnitInFile
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, UnitId, new_id

_TAKEN = {
    MeasurementState.DRAFT: "{name} förbereder redan mätningen för {year}. Två mätningar för samma år går inte.",
    MeasurementState.OPEN: "{name} har redan en öppen mätning för {year}. Två mätningar för samma år går inte.",
    MeasurementState.CLOSED: "{name} har redan en stängd mätning för {year}. Två mätningar för samma år går inte.",
    MeasurementState.RELEASED: "{name} har redan en publicerad mätning för {year}. "
    "En publicerad mätning ändras inte och läses inte in en gång till.",
    MeasurementState.DESTROYED: "{name} har gjort en mätning för {year}, vars svar är förstörda. "
    "Två mätningar för samma år går inte.",
}


def create_closed_measurement(
    session: Session,
    scope: SystemScope,
    rows: Sequence[UnitInFile],
    *,
    year: int,
    k: int,
    instrument_version: str,
    focus: StrategyFocus | None = None,
) -> MeasurementId:
    """A measurement of the whole year that is closed, with the file's units as its tree.

    The organisation is held until the transaction ends. Units that it lacks are created; those it has stay as they
    are today. Raises Invalid where the year has a measurement, where k is below the organisation's own, and where
    the organisation's tree has another root than the file.
    """
    organisation = session.get_one(Organisation, scope.organisation_id, with_for_update=True)
    if k < organisation.k:
        raise Invalid(f"{organisation.name} visar inget för färre än {organisation.k} svar. Ange det eller högre.")
    newest = session.scalar(select(func.max(Measurement.year)).where(Measurement.organisation_id == organisation.id))
    facts = {"k": k, "instrument_version": instrument_version, "strategy_focus": focus}
    measurement_id = _insert_measurement(session, organisation, year, facts)
    _add_missing_units(session, organisation, rows, of_today=newest is not None and newest < year)
    placements = [_placement(organisation, measurement_id, place, row) for place, row in enumerate(rows)]
    session.execute(insert(Placement), placements)
    return measurement_id


def _insert_measurement(
    session: Session, organisation: Organisation, year: int, facts: Mapping[str, object]
) -> MeasurementId:
    made = session.scalar(
        insert_if_new(Measurement)
        .values(
            organisation_id=organisation.id,
            id=new_id(),
            year=year,
            state=MeasurementState.CLOSED.value,
            opens=date(year, 1, 1),
            closes=date(year, 12, 31),
            closed_on=date(year, 12, 31),
            **facts,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "year"], index_where=COUNTS)
        .returning(Measurement.id)
    )
    if made is None:
        raise Invalid(_taken(session, organisation, year))
    return MeasurementId(made)


def _taken(session: Session, organisation: Organisation, year: int) -> str:
    state = session.scalars(
        select(Measurement.state).where(
            Measurement.organisation_id == organisation.id,
            Measurement.year == year,
            Measurement.state != MeasurementState.CANCELLED,
        )
    ).one()
    return _TAKEN[MeasurementState(state)].format(name=organisation.name, year=year)


def _add_missing_units(
    session: Session, organisation: Organisation, rows: Sequence[UnitInFile], *, of_today: bool
) -> None:
    """Units of the file that the organisation lacks.

    They are in use when they are its first, or `of_today`: the measurement is newer than all it has. Otherwise they
    belonged to a tree that is no more.
    """
    standing = {
        UnitId(unit.id): unit for unit in session.scalars(select(Unit).where(Unit.organisation_id == organisation.id))
    }
    tree = Tree.build([(row.unit_id, row.parent_id) for row in rows])
    if standing and tree.ids[ROOT] not in standing:
        raise Invalid(_another_root(tree.ids[ROOT], standing))
    closed = _closed(tree, standing, in_use=of_today or not standing)
    behind = max((unit.position for unit in standing.values()), default=-1) + 1
    missing = [
        _unit(organisation, row, behind + place, closed=closed[row.unit_id])
        for place, row in enumerate(rows)
        if row.unit_id not in standing
    ]
    if missing:
        session.execute(insert(Unit), missing)


def _another_root(root: UnitId, standing: Mapping[UnitId, Unit]) -> str:
    ours = " eller ".join(f"”{unit.id}”" for unit in standing.values() if unit.parent_id is None and not unit.closed)
    return (
        f"Överst i filens träd ligger ”{root}”, men överst i organisationens träd ligger {ours}. "
        "Använd samma id för organisationen i alla filer."
    )


def _closed(tree: Tree, standing: Mapping[UnitId, Unit], *, in_use: bool) -> dict[UnitId, bool]:
    """Whether each unit of the file is closed: known ones stay as they are, and nothing opens below a closed one."""
    closed: dict[UnitId, bool] = {}
    for index, unit_id in enumerate(tree.ids):
        below_closed = index != ROOT and closed[tree.ids[tree.parent[index]]]
        closed[unit_id] = standing[unit_id].closed if unit_id in standing else below_closed or not in_use
    return closed


def _unit(organisation: Organisation, row: UnitInFile, position: int, *, closed: bool) -> dict[str, object]:
    return {
        "organisation_id": organisation.id,
        "id": row.unit_id,
        "parent_id": row.parent_id,
        "name": row.name,
        "activity": row.activity.value,
        "employees": row.employees,
        "position": position,
        "closed": closed,
    }


def _placement(
    organisation: Organisation, measurement_id: MeasurementId, position: int, row: UnitInFile
) -> dict[str, object]:
    return {
        "organisation_id": organisation.id,
        "measurement_id": measurement_id,
        "unit_id": row.unit_id,
        "parent_id": row.parent_id,
        "name": row.name,
        "activity": row.activity.value,
        "employees": row.employees,
        "position": position,
        "takes_part": True,
    }
