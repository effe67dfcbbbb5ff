"""An open measurement with open links, and what came in through them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.commands import link_ballots, open_links
from db.commands.ballots import SealedAnswer
from db.models import Ballot, Measurement, OpenLinkUnit
from dimios_dash import access
from dimios_dash.domain.scopes import LinkScope
from dimios_dash.ids import MeasurementId, OpenLinkId, OrganisationId, UnitId
from tests.conftest import AsWeb
from tests.db.measuring import TODAY, TREE
from tests.factories import LINK_SECRET, Linked, Make

A, B = UnitId("A"), UnitId("B")


@dataclass(frozen=True)
class Town:
    """An open measurement of 2026 of the units E, A and B."""

    make: Make
    as_web: AsWeb
    organisation_id: OrganisationId
    measurement_id: MeasurementId

    @classmethod
    def begin(cls, make: Make, as_web: AsWeb) -> Town:
        organisation_id = make.organisation()
        make.units(organisation_id, TREE)
        return cls(make, as_web, organisation_id, make.measurement(organisation_id))

    def link(self, units: dict[str, int | None], codes: int | None = None, *, closed: bool = False) -> Linked:
        return self.make.open_link(self.organisation_id, self.measurement_id, units, codes=codes, closed=closed)

    def answer(self, code: str, unit: UnitId = A, once: UUID | None = None, today: date = TODAY) -> bool:
        """As the form does: without knowing the organisation first."""
        scope = self.scope(code)
        with self.as_web(scope.organisation_id) as session:
            return link_ballots.submit(session, scope, SealedAnswer(unit, b"sealed"), once or uuid4(), today)

    def scope(self, code: str) -> LinkScope:
        with self.as_web(None) as session:
            return access.open_link(session, code)

    def ballots(self) -> list[tuple[str, str]]:
        """Unit and channel of every envelope."""
        found = select(Ballot.unit_id, Ballot.channel).where(Ballot.organisation_id == self.organisation_id)
        return sorted((row.unit_id, row.channel) for row in self.make.session.execute(found))

    def counted(self) -> dict[str, int]:
        found = self.make.session.execute(
            select(OpenLinkUnit.unit_id, func.sum(OpenLinkUnit.answers))
            .where(OpenLinkUnit.organisation_id == self.organisation_id)
            .group_by(OpenLinkUnit.unit_id)
        )
        return {unit: int(answers) for unit, answers in found if answers}

    def change(self, **values: object) -> None:
        self.make.session.execute(update(Measurement).where(Measurement.id == self.measurement_id).values(**values))


def made(session: Session, town: Town, expected: dict[UnitId, int | None]) -> OpenLinkId:
    desk = town.make.desk(town.organisation_id)
    return open_links.make(session, desk, town.measurement_id, LINK_SECRET, expected)
