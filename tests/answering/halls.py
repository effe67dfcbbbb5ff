"""Open links to answer through, and what came in."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OpenLinkUnit
from dimios_dash.crypto.sealing import Associated, Sheet, open_envelope, seal
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from tests.answering.links import ANSWERS, THIS_YEAR, Box, Link
from tests.factories import Make

SHEET = Sheet(2, ANSWERS, {})


@dataclass(frozen=True)
class Hall:
    """An open link of an organisation of its own, with the units E, E1 and E2."""

    box: Box
    organisation_id: OrganisationId
    measurement_id: MeasurementId
    codes: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/oppen/{self.codes[0]}"

    @property
    def link(self) -> Link:
        """As the box's own deeds take it."""
        return Link(self.organisation_id, self.measurement_id, "")

    def sheets(self, unit: str = "E1") -> list[Sheet]:
        private = self.box.keys.read(f"boxes/{self.measurement_id}")
        sealed_to = Associated(self.measurement_id, UnitId(unit), Channel.LINK)
        rows = [row for row in self.box.ballots(self.link) if row["unit_id"] == unit]
        return [open_envelope(private, sealed_to, bytes(row["envelope"])) for row in rows]

    def answers(self) -> int:
        """As counted beside the link."""
        with Session(self.box.engine) as session:
            own = select(OpenLinkUnit.answers).where(OpenLinkUnit.organisation_id == self.organisation_id)
            return sum(session.scalars(own))

    def parcel(self, unit: str = "E1", envelope: bytes | None = None) -> dict[str, object]:
        """What the script sends."""
        from base64 import b64encode

        public = self.box.public_key(self.link)
        sealed = envelope or self.seal(unit)
        fields = {"measurement": str(self.measurement_id), "unit": unit, "box": b64encode(public).decode()}
        return fields | {"envelope": (BytesIO(sealed), "blob")}

    def seal(self, unit: str = "E1") -> bytes:
        return seal(self.box.public_key(self.link), Associated(self.measurement_id, UnitId(unit), Channel.LINK), SHEET)


def hall(
    box: Box,
    units: tuple[str, ...] = ("E1",),
    codes: int | None = None,
    state: MeasurementState = MeasurementState.OPEN,
    year: int = THIS_YEAR,
) -> Hall:
    with Session(box.engine) as session, session.begin():
        make = Make(session, box.keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None, "E1": "E", "E2": "E"})
        measurement_id = make.measurement(organisation_id, state, year)
        made = make.open_link(organisation_id, measurement_id, dict.fromkeys(units), codes=codes)
    return Hall(box, organisation_id, measurement_id, made.codes)
