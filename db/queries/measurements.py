"""An organisation's measurements: their year, state and period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import Measurement, Organisation, Release
from dimios_dash.domain.calendar import MeasurementState, Period
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.response_goal import USUAL_GOAL
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId

NO_SUCH_MEASUREMENT = "Mätningen finns inte. Gå till startsidan för att se era mätningar."


@dataclass(frozen=True, slots=True)
class MeasurementSummary:
    """One year's measurement. `period` is None only for a draft, and for one that was cancelled as a draft."""

    id: MeasurementId
    year: int
    state: MeasurementState
    period: Period | None
    k: int
    box_destroyed: bool
    goal: int = USUAL_GOAL  # per cent who are to answer
    focus: StrategyFocus | None = None  # what the strategy says of digitalisation; None: not told


def all_years(session: Session, scope: DeskScope) -> tuple[MeasurementSummary, ...]:
    """Every measurement of the organisation but the cancelled ones, newest first."""
    return tuple(map(_summary, session.scalars(_of(scope))))


def current(session: Session, scope: DeskScope, year: int) -> MeasurementSummary | None:
    """The measurement of `year`, or the latest before it; None where nothing has been measured."""
    row = session.scalars(_of(scope).where(Measurement.year <= year).limit(1)).one_or_none()
    return None if row is None else _summary(row)


def of_year(session: Session, scope: DeskScope, year: int) -> MeasurementSummary:
    """Raises NotFound for a year without a measurement, or with cancelled ones only."""
    row = session.scalars(_of(scope).where(Measurement.year == year)).one_or_none() if _is_year(year) else None
    if row is None:
        raise NotFound(NO_SUCH_MEASUREMENT)
    return _summary(row)


def cancelled(session: Session, scope: DeskScope, year: int) -> MeasurementSummary | None:
    """A cancelled measurement of `year`, one whose answers still lie there before others; None where there is none."""
    if not _is_year(year):
        return None
    row = session.scalars(
        select(Measurement)
        .where(
            Measurement.organisation_id == scope.organisation_id,
            Measurement.year == year,
            Measurement.state == MeasurementState.CANCELLED,
        )
        .order_by(Measurement.box_destroyed_on.is_not(None))
        .limit(1)
    ).one_or_none()
    return None if row is None else _summary(row)


def smallest_k(session: Session, scope: DeskScope) -> int:
    """The organisation's own k: a measurement may have this or more."""
    return session.scalars(select(Organisation.k).where(Organisation.id == scope.organisation_id)).one()


def _is_year(year: int) -> bool:
    """A browser may send more than the column holds."""
    return MINYEAR <= year <= MAXYEAR


def _of(scope: DeskScope) -> Select[Measurement]:
    return (
        select(Measurement)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.state != MeasurementState.CANCELLED)
        .order_by(Measurement.year.desc())
    )


def _summary(row: Measurement) -> MeasurementSummary:
    period = None if row.opens is None or row.closes is None else Period(row.opens, row.closes)
    state, destroyed = MeasurementState(row.state), row.box_destroyed_on is not None
    focus = None if row.strategy_focus is None else StrategyFocus(row.strategy_focus)
    return MeasurementSummary(MeasurementId(row.id), row.year, state, period, row.k, destroyed, row.goal, focus)


def skipped_ballots(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> int:
    """How many ballots could not be counted in the measurement's release; 0 where it has none."""
    found = session.scalar(
        select(Release.skipped_ballots).where(
            Release.organisation_id == scope.organisation_id, Release.measurement_id == measurement_id
        )
    )
    return found or 0
