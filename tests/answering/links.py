"""Links to a served form, the answers sent through them, and all rows of the database to compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models import Ballot, Base
from dimios_dash import instruments
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.crypto.sealing import Associated, Sheet, open_envelope, public_key
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from tests.factories import Make

THIS_YEAR = today_in_stockholm(datetime.now(UTC)).year
STATEMENTS = [str(key) for key in instruments.load().statement_keys]
ANSWERS = {key: 1 + place % 6 for place, key in enumerate(STATEMENTS)} | {"F2.3": 0}
FIELDS = {"respondenttyp": "2"} | {key: str(point) if point else "vet_ej" for key, point in ANSWERS.items()}

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Link:
    """A personal link to unit E1, "Enhet E1", whose measurement also has E2; both lie in E."""

    organisation_id: OrganisationId
    measurement_id: MeasurementId
    token: str

    @property
    def path(self) -> str:
        return f"/svara/{self.token}"


@dataclass(frozen=True, slots=True)
class Box:
    """Makes links that the site can open, and looks at what came of them, as the owner of the database."""

    engine: Engine
    keys: KeyStore

    def link(
        self,
        state: MeasurementState = MeasurementState.OPEN,
        year: int = THIS_YEAR,
        role_type: int | None = None,
        invited: int = 1,
    ) -> Link:
        """A link of an organisation of its own, which has `invited` people in all."""
        with Session(self.engine) as session, session.begin():
            make = Make(session, self.keys)
            organisation_id = make.organisation()
            make.units(organisation_id, {"E": None, "E1": "E", "E2": "E"})
            measurement_id = make.measurement(organisation_id, state, year)
            for _ in range(invited - 1):
                make.invitation(organisation_id, measurement_id, "E2")
            mine = make.invitation(organisation_id, measurement_id, "E1", role_type=role_type)
        return Link(organisation_id, measurement_id, mine.token)

    def beside(self, link: Link, unit_id: str = "E1", role_type: int | None = None) -> Link:
        """The link of somebody else who is asked in the same measurement."""
        with Session(self.engine) as session, session.begin():
            make = Make(session, self.keys)
            other = make.invitation(link.organisation_id, link.measurement_id, unit_id, role_type=role_type)
        return Link(link.organisation_id, link.measurement_id, other.token)

    def change(self, link: Link, table: str, **values: object) -> None:
        """Set `values` in the rows of the link's organisation."""
        changed = Base.metadata.tables[table]
        with self.engine.begin() as connection:
            connection.execute(
                changed.update().where(changed.c.organisation_id == link.organisation_id).values(**values)
            )

    def close(self, link: Link) -> None:
        """Close the link's measurement while somebody answers."""
        self.change(link, "measurement", state="closed", closed_on=date(THIS_YEAR, 12, 31))

    def public_key(self, link: Link) -> bytes:
        """What answers to the link's measurement are sealed for."""
        return public_key(self.keys.read(f"boxes/{link.measurement_id}"))

    def sheets(self, link: Link, unit_id: str = "E1", private: bytes | None = None) -> list[Sheet]:
        """What lies in the measurement's box, opened with its key, or with another."""
        private = private or self.keys.read(f"boxes/{link.measurement_id}")
        sealed_to = Associated(link.measurement_id, UnitId(unit_id), Channel.EMAIL)
        return [open_envelope(private, sealed_to, bytes(row["envelope"])) for row in self.ballots(link)]

    def ballots(self, link: Link) -> list[dict[str, Any]]:
        """The rows in the measurement's box, as anybody with the database sees them."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(Ballot.__table__).where(Ballot.measurement_id == link.measurement_id))
            return [dict(row) for row in rows.mappings()]

    def answered(self, link: Link) -> bool:
        """Whether the invitation says so."""
        invitation = Base.metadata.tables["invitation"]
        with self.engine.connect() as connection:
            query = select(invitation.c.answered).where(invitation.c.organisation_id == link.organisation_id)
            return bool(connection.scalar(query))

    def rows(self) -> Rows:
        """Every row of every table."""
        with self.engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
                for table in Base.metadata.sorted_tables
            }
