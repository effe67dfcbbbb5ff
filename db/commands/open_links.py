"""Makes open links and codes for one answer, and closes them. Each deed leaves an audit event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import Measurement, OpenCode, OpenCodeOwner, OpenLink, OpenLinkUnit
from db.queries import open_links, units
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.open_links import check_codes, check_units
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import MeasurementId, OpenCodeId, OpenLinkId, UnitId, new_id

_TAKES_LINKS = (MeasurementState.DRAFT, MeasurementState.OPEN)


def make(
    session: Session,
    scope: DeskScope,
    measurement_id: MeasurementId,
    secret: bytes,
    expected: Mapping[UnitId, int | None],
) -> OpenLinkId:
    """One link for everybody in these units, with the number expected of each, or None.

    `secret` is the measurement's link secret. Raises NotFound for a measurement or unit that is not there for the
    scope, Invalid for numbers nobody can mean and for a measurement that is over.
    """
    check_units(expected)
    link_id = _insert(session, scope, measurement_id, expected, one_answer=False)
    _insert_codes(session, scope, link_id, secret, 1)
    audit.record(session, scope, "open_link_made", {"link": str(link_id), "units": list(expected)})
    return link_id


def make_codes(
    session: Session,
    scope: DeskScope,
    measurement_id: MeasurementId,
    secret: bytes,
    unit_id: UnitId,
    *,
    number: int,
) -> OpenLinkId:
    """So many codes, each for one answer of the unit. Raises as `make` does."""
    link_id = _insert(session, scope, measurement_id, {unit_id: check_codes(number)}, one_answer=True)
    _insert_codes(session, scope, link_id, secret, number)
    audit.record(session, scope, "open_codes_made", {"link": str(link_id), "units": [unit_id], "codes": number})
    return link_id


def set_closed(session: Session, scope: DeskScope, link_id: OpenLinkId, *, closed: bool) -> None:
    """Receive no more answers through a link, or receive them again. Raises NotFound."""
    open_links.require(session, scope, link_id)
    session.execute(
        update(OpenLink)
        .where(OpenLink.organisation_id == scope.organisation_id, OpenLink.id == link_id)
        .values(closed=closed)
    )
    audit.record(session, scope, "open_link_closed" if closed else "open_link_reopened", {"link": str(link_id)})


def _insert(
    session: Session,
    scope: DeskScope,
    measurement_id: MeasurementId,
    expected: Mapping[UnitId, int | None],
    *,
    one_answer: bool,
) -> OpenLinkId:
    _require_units(session, scope, measurement_id, list(expected))
    link_id = OpenLinkId(new_id())
    owner = {"organisation_id": scope.organisation_id}
    link = {"id": link_id, "measurement_id": measurement_id, "one_answer": one_answer}
    session.execute(insert(OpenLink).values(**owner, **link))
    rows = [{**owner, "link_id": link_id, "unit_id": unit, "expected": number} for unit, number in expected.items()]
    session.execute(insert(OpenLinkUnit), rows)
    return link_id


def _require_units(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, unit_ids: Sequence[UnitId]
) -> None:
    """Raises NotFound, and Invalid where the measurement is over."""
    state = session.scalar(
        select(Measurement.state).where(
            Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id
        )
    )
    if state is None:
        raise NotFound("Mätningen finns inte. Ladda om sidan.")
    if state not in _TAKES_LINKS:
        raise Invalid("Mätningen tar inte emot fler svar. Öppna länkar görs medan den förbereds eller pågår.")
    if set(unit_ids) - _allowed(session, scope, measurement_id, MeasurementState(state)):
        raise NotFound("Enheten finns inte bland dem som kan svara i mätningen. Välj en enhet i listan.")


def _allowed(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, state: MeasurementState
) -> frozenset[UnitId]:
    """Units of the scope that take part; before the start, all that are in use."""
    if state is MeasurementState.OPEN:
        return units.askable(session, scope, measurement_id)
    return frozenset(unit.unit_id for unit in units.tree(session, scope))


def _insert_codes(session: Session, scope: DeskScope, link_id: OpenLinkId, secret: bytes, number: int) -> None:
    ids = [OpenCodeId(new_id()) for _ in range(number)]
    codes = {code_id: token_hash(open_code(secret, code_id)) for code_id in ids}
    owner = {"organisation_id": scope.organisation_id}
    rows = [{**owner, "id": code_id, "link_id": link_id, "code_hash": found} for code_id, found in codes.items()]
    session.execute(insert(OpenCode), rows)
    session.execute(insert(OpenCodeOwner), [{**owner, "code_hash": found} for found in codes.values()])
