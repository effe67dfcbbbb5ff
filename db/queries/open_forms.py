"""What a code of an open link leads to: its units, and whether an answer can be received for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, null, select
from sqlalchemy.orm import Session, aliased

from db.models import Measurement, OpenCode, OpenLink, OpenLinkUnit, Organisation, Placement, Unit
from db.placing import first_day, last_day
from db.queries.forms import Asked
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import LinkScope


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A link as it is now. `units` are those that take part, in the organisation's order; maybe none."""

    one_answer: bool
    units: tuple[Asked, ...]

    def unit(self, unit_id: str | None) -> Asked | None:
        """The unit that was chosen; None where nothing is, or something that the link does not lead to."""
        if unit_id is None:
            return self.units[0] if len(self.units) == 1 else None
        return next((unit for unit in self.units if unit.unit_id == unit_id), None)


def read(session: Session, scope: LinkScope) -> OpenForm | None:
    """The link behind a code; None for a code that nobody has made."""
    rows = session.execute(_units(), {"organisation": scope.organisation_id, "code": scope.code_hash}).all()
    if not rows:
        return None
    units = tuple(Asked.of(row, Channel.LINK) for row in rows if row.takes_part is not False)
    return OpenForm(rows[0].one_answer, units)


@cache
def _units() -> Select[*tuple[Any, ...]]:
    """One row for each unit; before the start it has no place yet, and is as it is today. Written once."""
    place, above = aliased(Placement), aliased(Placement)
    return (
        select(
            *_COLUMNS,
            place.takes_part,
            first_day(place).label("opens"),
            last_day(place).label("closes"),
            func.coalesce(place.name, Unit.name).label("unit"),
            above.name.label("within"),
        )
        .select_from(OpenCode)
        .join(OpenLink, _own(OpenLink, OpenCode, OpenLink.id == OpenCode.link_id))
        .join(Organisation, Organisation.id == OpenLink.organisation_id)
        .join(Measurement, _own(Measurement, OpenLink, Measurement.id == OpenLink.measurement_id))
        .join(OpenLinkUnit, _own(OpenLinkUnit, OpenLink, OpenLinkUnit.link_id == OpenLink.id))
        .join(Unit, _own(Unit, OpenLinkUnit, Unit.id == OpenLinkUnit.unit_id))
        .outerjoin(place, _placed(place, OpenLinkUnit.unit_id))
        .outerjoin(above, _placed(above, place.parent_id))
        .where(OpenCode.organisation_id == bindparam("organisation"), OpenCode.code_hash == bindparam("code"))
        .order_by(func.coalesce(place.position, Unit.position), OpenLinkUnit.unit_id)
    )


def _own(table: Any, other: Any, joined: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(table.organisation_id == other.organisation_id, joined)


def _placed(place: type[Placement], unit_id: Any) -> ColumnElement[bool]:
    return and_(
        place.organisation_id == OpenLink.organisation_id,
        place.measurement_id == OpenLink.measurement_id,
        place.unit_id == unit_id,
    )


_COLUMNS = (
    OpenLink.one_answer,
    OpenLink.closed.label("removed"),
    OpenCode.used.label("answered"),
    null().label("role_type"),
    null().label("language"),
    literal(0).label("invited"),
    OpenLinkUnit.expected.label("here"),
    Organisation.name.label("organisation"),
    OpenLink.measurement_id,
    Measurement.year,
    Measurement.state,
    Measurement.k,
    Measurement.instrument_version,
    Measurement.box_public_key,
    OpenLinkUnit.unit_id,
)
