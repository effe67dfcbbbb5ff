"""Measurements with the keys of their ballot boxes and links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.models import Measurement, Placement, Unit
from dimios_dash import instruments
from dimios_dash.crypto.sealing import new_box
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.ids import MeasurementId, OrganisationId, new_id
from tests.factories.rows import Rows

LINK_SECRET = b"a secret for the links of tests."


@dataclass(frozen=True, slots=True)
class Measurements(Rows):
    """Measurements of the units that are there when they are made."""

    def measurement(
        self,
        organisation_id: OrganisationId,
        state: MeasurementState = MeasurementState.OPEN,
        year: int = 2026,
        k: int = 3,
    ) -> MeasurementId:
        """A measurement of the whole year, with the organisation's units as its tree and a ballot box."""
        measurement_id = MeasurementId(new_id())
        private, public = new_box()
        self.session.add(
            Measurement(
                organisation_id=organisation_id,
                id=measurement_id,
                year=year,
                state=state.value,
                opens=date(year, 1, 1),
                closes=date(year, 12, 31),
                closed_on=date(year, 12, 31) if state is MeasurementState.CLOSED else None,
                k=k,
                promised_k=None if state is MeasurementState.DRAFT else k,
                instrument_version=instruments.LATEST,
                box_public_key=public,
            )
        )
        self.session.flush()
        self.keys.write_once(f"boxes/{measurement_id}", private)
        self.keys.write_once(f"links/{measurement_id}", LINK_SECRET)
        self._freeze_tree(organisation_id, measurement_id)
        return measurement_id

    def _freeze_tree(self, organisation_id: OrganisationId, measurement_id: MeasurementId) -> None:
        for unit in self.session.query(Unit).filter_by(organisation_id=organisation_id).order_by(Unit.position):
            self.session.add(
                Placement(
                    organisation_id=organisation_id,
                    measurement_id=measurement_id,
                    unit_id=unit.id,
                    parent_id=unit.parent_id,
                    name=unit.name,
                    activity=unit.activity,
                    employees=unit.employees,
                    position=unit.position,
                    takes_part=True,
                )
            )
        self.session.flush()
