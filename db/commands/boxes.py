"""The ballot boxes of measurements that have just been opened: only their public half comes into the database."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.models import Measurement, Organisation
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import MeasurementId


def without_box(session: Session, _scope: SystemScope) -> list[MeasurementId]:
    """Open measurements of all organisations that cannot receive answers yet; held, so that none is cancelled now."""
    found = session.scalars(
        select(Measurement.id)
        .where(Measurement.state == MeasurementState.OPEN, Measurement.box_public_key.is_(None))
        .with_for_update(skip_locked=True)
    )
    return [MeasurementId(measurement_id) for measurement_id in found]


def store_public_key(session: Session, _scope: SystemScope, measurement_id: MeasurementId, public: bytes) -> None:
    """Open the box for answers and fix the k that everybody is told from now on; does nothing where it is open.

    Never below the organisation's own k, whatever *web* has written.
    """
    own = select(Organisation.k).where(Organisation.id == Measurement.organisation_id).scalar_subquery()
    k = func.greatest(Measurement.k, own)
    session.execute(
        update(Measurement)
        .where(Measurement.id == measurement_id, Measurement.box_public_key.is_(None))
        .values(box_public_key=public, k=k, promised_k=k)
    )
