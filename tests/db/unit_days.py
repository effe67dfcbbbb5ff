"""A measurement of units with days of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select, update

from db.commands import measurements
from db.models import Measurement, Placement
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.work import MailState
from dimios_dash.ids import MeasurementId, UnitId
from tests.conftest import AsWeb
from tests.db.measuring import SPRING, TODAY, Prepared
from tests.factories import Make

TREE = {"E": None, "A": "E", "A1": "A", "B": "E"}
EARLY = Period(date(2026, 4, 10), date(2026, 4, 15))
LATE = Period(date(2026, 4, 20), date(2026, 4, 25))
ALL = [UnitId(unit) for unit in TREE]


def four_units(make: Make) -> Prepared:
    """A draft of four units, A1 below A, with one respondent in each."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    measurement_id = measurements.ensure_draft(make.session, make.desk(organisation_id), 2026)
    for unit in TREE:
        make.invitation(organisation_id, measurement_id, unit, mail=MailState.NOT_SENT)
    return Prepared(organisation_id, measurement_id, make.desk(organisation_id))


def start(
    make: Make,
    as_web: AsWeb,
    prepared: Prepared,
    own: Mapping[str, Period],
    *,
    period: Period = SPRING,
    units: list[UnitId] = ALL,
) -> None:
    with as_web(prepared.organisation_id) as session:
        measurements.start(
            *(session, prepared.desk, prepared.measurement_id, period),
            k=3,
            units_taking_part=units,
            today=TODAY,
            own_days={UnitId(unit): days for unit, days in own.items()},
        )
    key = {"box_public_key": b"key", "promised_k": 3}
    make.session.execute(update(Measurement).where(Measurement.id == prepared.measurement_id).values(key))


def placed(make: Make, measurement_id: MeasurementId) -> dict[str, Period]:
    rows = make.session.execute(
        select(Placement.unit_id, Placement.opens, Placement.closes).where(
            Placement.measurement_id == measurement_id, Placement.opens.is_not(None)
        )
    )
    return {row.unit_id: Period(row.opens, row.closes) for row in rows}
