"""Open links of a measurement: what they lead to, how many have answered, and the codes to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from db.branches import within
from db.models import Measurement, OpenCode, OpenLink, OpenLinkUnit, Unit
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.open_links import LinkAnswers, together
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, OpenCodeId, OpenLinkId, UnitId

_NO_LINK = "Länken finns inte. Gå till Öppna länkar och välj en i listan."


@dataclass(frozen=True, slots=True)
class LinkUnit:
    """A unit that a link leads to."""

    unit_id: UnitId
    name: str
    expected: int | None
    answers: int

    @property
    def response(self) -> LinkAnswers:
        """Its answers beside the number that was expected."""
        return LinkAnswers.of(self.expected, self.answers)


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """One link, or one lot of codes for one answer each. Units in the organisation's order, at least one."""

    id: OpenLinkId
    measurement_id: MeasurementId
    year: int
    state: MeasurementState  # of the measurement
    one_answer: bool
    closed: bool
    code_id: OpenCodeId | None  # of the one code for everybody; None for codes for one answer
    units: tuple[LinkUnit, ...]

    @property
    def response(self) -> LinkAnswers:
        """Of all its units together."""
        return together(unit.response for unit in self.units)


def of_measurement(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> tuple[LinkSummary, ...]:
    """The links all of whose units lie in the scope; in the order of their first units, codes last."""
    rows = session.execute(_links(scope).where(OpenLink.measurement_id == measurement_id))
    found = _summaries(rows)
    return tuple(sorted(found, key=lambda link: (link.one_answer, link.units[0].name, str(link.id))))


def require(session: Session, scope: DeskScope, link_id: OpenLinkId) -> LinkSummary:
    """One link. Raises NotFound for one that is not there for the scope."""
    found = _summaries(session.execute(_links(scope).where(OpenLink.id == link_id)))
    if not found:
        raise NotFound(_NO_LINK)
    return found[0]


def code_ids(session: Session, scope: DeskScope, link_id: OpenLinkId) -> tuple[OpenCodeId, ...]:
    """What a link's codes are made from, used ones too, always in the same order, which means nothing.

    Which of them are used is not told: whoever handed one out would learn who has answered. Raises NotFound.
    """
    require(session, scope, link_id)
    found = session.scalars(
        select(OpenCode.id)
        .where(OpenCode.organisation_id == scope.organisation_id, OpenCode.link_id == link_id)
        .order_by(OpenCode.id)
    )
    return tuple(map(OpenCodeId, found))


def answers_by_unit(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> dict[UnitId, LinkAnswers]:
    """Answers that have come through open links for each unit itself, in the scope; units without links are left out.

    Links of which only a part lies in the scope count with that part.
    """
    expected = OpenLinkUnit.expected
    rows = session.execute(
        select(
            OpenLinkUnit.unit_id,
            func.sum(OpenLinkUnit.answers).label("answers"),
            func.coalesce(func.sum(expected), 0).label("expected"),
            func.coalesce(func.sum(OpenLinkUnit.answers).filter(expected.is_not(None)), 0).label("of_expected"),
        )
        .join(OpenLink, _of_link())
        .where(
            OpenLinkUnit.organisation_id == scope.organisation_id,
            OpenLink.measurement_id == measurement_id,
            within(scope, OpenLinkUnit.unit_id),
        )
        .group_by(OpenLinkUnit.unit_id)
    )
    return {UnitId(row.unit_id): LinkAnswers(row.answers, row.expected, row.of_expected) for row in rows}


def _links(scope: DeskScope) -> Select[*tuple[Any, ...]]:
    outside = aliased(OpenLinkUnit)
    reaches_outside = (
        select(outside.unit_id)
        .where(
            outside.organisation_id == OpenLink.organisation_id,
            outside.link_id == OpenLink.id,
            ~within(scope, outside.unit_id),
        )
        .exists()
    )
    return (
        select(*_COLUMNS)
        .select_from(OpenLink)
        .join(OpenLinkUnit, _of_link())
        .join(Measurement, _of_measurement())
        .join(Unit, and_(Unit.organisation_id == OpenLink.organisation_id, Unit.id == OpenLinkUnit.unit_id))
        .where(OpenLink.organisation_id == scope.organisation_id, ~reaches_outside)
        .order_by(OpenLink.id, Unit.position, Unit.id)
    )


def _of_link() -> ColumnElement[bool]:
    return and_(OpenLinkUnit.organisation_id == OpenLink.organisation_id, OpenLinkUnit.link_id == OpenLink.id)


def _of_measurement() -> ColumnElement[bool]:
    return and_(Measurement.organisation_id == OpenLink.organisation_id, Measurement.id == OpenLink.measurement_id)


_COLUMNS = (
    select(OpenCode.id)
    .where(OpenCode.organisation_id == OpenLink.organisation_id, OpenCode.link_id == OpenLink.id, ~OpenLink.one_answer)
    .correlate(OpenLink)
    .scalar_subquery()
    .label("code_id"),
    *(OpenLink.id, OpenLink.measurement_id, OpenLink.one_answer, OpenLink.closed, Measurement.year, Measurement.state),
    *(OpenLinkUnit.unit_id, Unit.name, OpenLinkUnit.expected, OpenLinkUnit.answers),
)


def _summaries(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[LinkSummary]:
    """From one row for each unit, those of a link together."""
    return [_summary(list(of_link)) for _, of_link in groupby(rows, lambda row: row.id)]


def _summary(rows: list[Row[*tuple[Any, ...]]]) -> LinkSummary:
    first = rows[0]
    return LinkSummary(
        id=OpenLinkId(first.id),
        measurement_id=MeasurementId(first.measurement_id),
        year=first.year,
        state=MeasurementState(first.state),
        one_answer=first.one_answer,
        closed=first.closed,
        code_id=None if first.code_id is None else OpenCodeId(first.code_id),
        units=tuple(LinkUnit(UnitId(row.unit_id), row.name, row.expected, row.answers) for row in rows),
    )
