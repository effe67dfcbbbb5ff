"""The days of single units, once their measurement has been started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import any_, func, literal, select, update
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import Measurement, Placement
from db.queries.measurements import NO_SUCH_MEASUREMENT
from dimios_dash.domain.calendar import MeasurementState, Period
from dimios_dash.domain.days import written
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.unit_periods import check_later_end, following
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, UnitId


@dataclass(frozen=True, slots=True)
class _Places:
    """The tree of a measurement with what its units are called, and the days of those that have their own."""

    tree: Tree
    names: dict[UnitId, str]
    days: dict[UnitId, Period]


def extend(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, unit_id: UnitId, closes: date, *, today: date
) -> None:
    """Give a unit with days of its own a later last day, and those below it that share them.

    Raises Forbidden for a branch, NotFound, and Invalid for a measurement that is not open, a unit that has no days
    of its own, and a day outside the measurement's or in another year than today's.
    """
    whole = _held(session, scope, measurement_id)
    places = _places(session, scope, measurement_id)
    if unit_id not in places.names:
        raise NotFound("Enheten finns inte i mätningen. Ladda om sidan.")
    own, name = places.days.get(unit_id), places.names[unit_id]
    if own is None:
        raise Invalid(f"{name} har samma dagar som mätningen. Förläng mätningen i stället.")
    check_later_end(name, own, closes, whole, today)
    _set_last_day(session, scope, measurement_id, following(places.tree, places.days, unit_id), closes)
    audit.record(session, scope, "unit_extended", {"unit": unit_id, "opens": str(own.opens), "closes": str(closes)})


def end_with(session: Session, scope: DeskScope, measurement_id: MeasurementId, closes: date) -> None:
    """No unit's days go on after the measurement's last one. Raises Invalid where some would begin after it."""
    own = (Placement.organisation_id == scope.organisation_id, Placement.measurement_id == measurement_id)
    late = session.execute(
        select(Placement.name, Placement.opens)
        .where(*own, Placement.opens > closes, Placement.takes_part)
        .order_by(Placement.opens.desc(), Placement.position)
        .limit(1)
    ).one_or_none()
    if late is not None:
        raise Invalid(f"{late.name} börjar först den {written(late.opens)}. Välj den dagen eller en senare.")
    session.execute(
        update(Placement)
        .where(*own, Placement.opens <= closes)
        .values(closes=func.least(Placement.closes, closes))
        .execution_options(synchronize_session=False)
    )


def _held(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> Period:
    """The days of an open measurement, held until the transaction ends. Raises Forbidden, NotFound, Invalid."""
    if scope.branch is not None:
        raise Forbidden("Mätningens dagar sköts av er nyckelanvändare för hela organisationen. Be nyckelanvändaren.")
    row = session.execute(
        select(Measurement.state, Measurement.opens, Measurement.closes)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound(NO_SUCH_MEASUREMENT)
    if row.state != MeasurementState.OPEN:
        raise Invalid("Bara medan mätningen pågår kan en enhet få fler dagar. Ladda om sidan.")
    return Period(row.opens, row.closes)


def _places(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> _Places:
    rows = session.execute(
        select(Placement.unit_id, Placement.parent_id, Placement.name, Placement.opens, Placement.closes)
        .where(Placement.organisation_id == scope.organisation_id, Placement.measurement_id == measurement_id)
        .order_by(Placement.position, Placement.unit_id)
    ).all()
    if not rows:
        raise NotFound(NO_SUCH_MEASUREMENT)
    return _Places(
        Tree.build([(UnitId(row.unit_id), row.parent_id and UnitId(row.parent_id)) for row in rows]),
        {UnitId(row.unit_id): row.name for row in rows},
        {UnitId(row.unit_id): Period(row.opens, row.closes) for row in rows if row.opens is not None},
    )


def _set_last_day(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, units: tuple[UnitId, ...], closes: date
) -> None:
    session.execute(
        update(Placement)
        .where(
            Placement.organisation_id == scope.organisation_id,
            Placement.measurement_id == measurement_id,
            Placement.unit_id == any_(literal(list(units))),
        )
        .values(closes=closes)
        .execution_options(synchronize_session=False)
    )
