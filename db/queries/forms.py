"""What a personal link leads to: whose measurement it is, and whether an answer can be received."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, bindparam, func, literal, select
from sqlalchemy.orm import Session, aliased

from db.models import Invitation, Measurement, Organisation, Placement
from db.placing import first_day, last_day
from dimios_dash.domain.calendar import K_CHOICES, MeasurementState, Period
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.gate.respondent_family import FEWEST
from dimios_dash.domain.scopes import FormScope
from dimios_dash.ids import MeasurementId, UnitId
from dimios_dash.language import Language

MANY: Final = 100  # people in a unit: beyond that nobody wants to know exactly


@dataclass(frozen=True, slots=True)
class Asked:
    """One invitation, or one unit of an open link, and its measurement, as they are now."""

    organisation: str
    measurement_id: MeasurementId
    year: int
    state: MeasurementState
    period: Period | None  # of the unit, where it has its own; None: a draft whose days are not chosen yet
    k: int
    instrument_version: str
    box_public_key: bytes | None  # None until the worker has made the ballot box
    unit_id: UnitId  # the answer is counted here
    unit: str
    within: str | None  # name of the unit above; None for the whole organisation
    role_type: int | None  # as in the list of respondents; the respondent's own word counts
    answered: bool
    removed: bool
    invited: int  # by e-mail in the whole measurement, counted no further than the largest of k and FEWEST
    here: int | None  # invited by e-mail to the unit itself, or expected there; counted to MANY; None: nobody knows
    channel: Channel
    language: Language | None  # of the respondent; nobody knows who comes by an open link

    @classmethod
    def of(cls, row: Row[*tuple[Any, ...]], channel: Channel) -> Asked:
        """`row` has a column for each field, and `opens` and `closes` for the period."""
        return cls(
            organisation=row.organisation,
            measurement_id=MeasurementId(row.measurement_id),
            year=row.year,
            state=MeasurementState(row.state),
            period=None if row.opens is None or row.closes is None else Period(row.opens, row.closes),
            k=row.k,
            instrument_version=row.instrument_version,
            box_public_key=row.box_public_key,
            unit_id=UnitId(row.unit_id),
            unit=row.unit,
            within=row.within,
            role_type=row.role_type,
            answered=row.answered,
            removed=row.removed,
            invited=row.invited,
            here=row.here,
            channel=channel,
            language=None if row.language is None else Language(row.language),
        )

    @property
    def texts_can_be_shown(self) -> bool:
        """Whether so many are invited that texts may be shown somewhere, if only for the whole organisation.

        How many an open link will reach nobody knows beforehand.
        """
        return self.channel is Channel.LINK or self.invited >= max(self.k, FEWEST)


def asked(session: Session, scope: FormScope) -> Asked | None:
    """The invitation behind a link; None for a stranger's link and for a unit outside the measurement's tree."""
    whose = {"organisation": scope.organisation_id, "token": scope.token_hash}
    row = session.connection().execute(_invitation(), whose).one_or_none()
    return None if row is None else Asked.of(row, Channel.EMAIL)


@cache
def _invitation() -> Select[*tuple[Any, ...]]:
    """Columns and not objects: asked again after a submission, it has to tell what others have done meanwhile.

    Written once: to put it together takes longer than to ask it.
    """
    place, above = aliased(Placement), aliased(Placement)
    of_measurement = (Measurement.organisation_id == Invitation.organisation_id) & (
        Measurement.id == Invitation.measurement_id
    )
    of_unit = (
        (place.organisation_id == Invitation.organisation_id)
        & (place.measurement_id == Invitation.measurement_id)
        & (place.unit_id == Invitation.unit_id)
    )
    of_unit_above = (
        (above.organisation_id == place.organisation_id)
        & (above.measurement_id == place.measurement_id)
        & (above.unit_id == place.parent_id)
    )
    return (
        select(
            *_COLUMNS,
            first_day(place).label("opens"),
            last_day(place).label("closes"),
            place.name.label("unit"),
            above.name.label("within"),
            _invited().label("invited"),
            _here().label("here"),
        )
        .select_from(Invitation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Measurement, of_measurement)
        .join(place, of_unit)
        .outerjoin(above, of_unit_above)
        .where(Invitation.organisation_id == bindparam("organisation"), Invitation.token_hash == bindparam("token"))
    )


def _invited() -> ScalarSelect[int]:
    """Counts those who still may answer, or have, no further than anybody asks: the form is opened by thousands."""
    others, place = aliased(Invitation), aliased(Placement)
    takes_part = (
        (place.organisation_id == others.organisation_id)
        & (place.measurement_id == others.measurement_id)
        & (place.unit_id == others.unit_id)
        & place.takes_part
    )
    return _count(select(literal(1)).select_from(others).join(place, takes_part).where(*_beside(others)), _ENOUGH)


def _here() -> ScalarSelect[int]:
    """The same in the unit alone."""
    others = aliased(Invitation)
    of_unit = others.unit_id == Invitation.unit_id
    return _count(select(literal(1)).select_from(others).where(*_beside(others), of_unit), MANY + 1)


def _beside(others: type[Invitation]) -> tuple[ColumnElement[bool], ...]:
    """Of the same measurement, and not taken away before they answered."""
    return (
        others.organisation_id == Invitation.organisation_id,
        others.measurement_id == Invitation.measurement_id,
        ~others.removed | others.answered,
    )


def _count(rows: Select[*tuple[Any, ...]], most: int) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows.limit(most).correlate(Invitation).subquery()).scalar_subquery()


_ENOUGH: Final = max(*K_CHOICES, FEWEST)
_COLUMNS = (
    Organisation.name.label("organisation"),
    Invitation.measurement_id,
    Measurement.year,
    Measurement.state,
    Measurement.k,
    Measurement.instrument_version,
    Measurement.box_public_key,
    Invitation.unit_id,
    Invitation.role_type,
    Invitation.answered,
    Invitation.removed,
    Invitation.language,
)
