"""The released results of one measurement: all that anybody may see, and the only source of what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final, cast
from uuid import UUID

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, Select, Text, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Measurement, Organisation, Placement, Release
from db.models import ReleasedUnit as Packed
from db.models.base import Owned
from db.queries.closely import PACKED, Closely
from db.released_branch import STATEMENTS_KEPT, from_highest_down
from db.role_group import RoleGroup
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import MeasurementId, StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class ReleasedMean:
    """One cell of a release. Only this module makes it; figures and exports accept nothing else."""

    statement: StatementKey
    mean: float | None  # 0-100, one decimal; None where the release hides it
    hidden: Hidden  # SHOWN, or why it is hidden
    home: UnitId | None  # where the unit's own answers are counted; None: nowhere
    lifted: bool  # shown, but some of the subtree are counted higher up, if they gave an answer
    bound: int  # 1: "eller högre", -1: "eller lägre"


def _mean(read: float | None) -> float | None:
    """JSON writes 42.0 as 42, which would be shown as a number of people."""
    return None if read is None else float(read)


@dataclass(frozen=True)
class ReleasedUnit:
    """A unit in the frozen tree with its cells, in the order of the instrument's statements.

    A unit outside the measurement (`takes_part` false) has cells too where units below it take part.
    """

    closely: Closely = field(repr=False, compare=False)
    unit_id: UnitId
    parent_id: UnitId | None
    name: str
    activity: str
    takes_part: bool
    answered: int
    invited: int | None
    statements: str  # their keys, parted by spaces
    packed_mean: str  # as they were read, see `_units`: of thousands of units few are looked at closely

    @cached_property
    def cells(self) -> tuple[ReleasedMean, ...]:
        columns, _role_answered = self.closely.of(self.unit_id)
        cells = zip(self.statements.split(), orjson.loads(self.packed_mean), *columns, strict=True)
        return tuple(
            ReleasedMean(StatementKey(key), _mean(mean), Hidden(hidden), home and UnitId(home), bool(lifted), bound)
            for key, mean, hidden, home, lifted, bound in cells
        )

    @property
    def role_answered(self) -> Mapping[RoleGroup, int]:
        """Respondents, of groups whose mean is shown."""
        _columns, counted = self.closely.of(self.unit_id)
        return RoleGroup.counted(counted)

    @staticmethod
    def means_of(units: Sequence[ReleasedUnit]) -> NDArray[np.float64]:
        """[N, Q] released means, NaN where hidden: for a page that shows thousands of units at once."""
        return np.array(orjson.loads(f"[{','.join(unit.packed_mean for unit in units)}]"), dtype=np.float64)

    @property
    def means(self) -> dict[StatementKey, float | None]:
        """Released mean of each statement; None where hidden."""
        return {cell.statement: cell.mean for cell in self.cells}


@dataclass(frozen=True)
class ReleasedResults:
    """One release from the user's highest unit down, parents before children, siblings in the organisation's order."""

    year: int
    k: int
    instrument_version: str
    units: tuple[ReleasedUnit, ...]

    def unit(self, unit_id: UnitId) -> ReleasedUnit:
        """Raises KeyError for a unit that is not in this view; access.py has checked before."""
        return self._by_id[unit_id]

    def children(self, unit_id: UnitId) -> tuple[ReleasedUnit, ...]:
        """The units directly below, hidden ones included."""
        return tuple(self._children.get(unit_id, ()))

    def look_at(self, units: Iterable[UnitId]) -> None:
        """Makes the cells of units cheap that lie further down than directly below the one that one looks at."""
        self.units[0].closely.at(units)

    def below(self, highest: UnitId, levels: int | None = None) -> Iterator[tuple[ReleasedUnit, int]]:
        """Units below the highest with how far, each followed by its own branch; down so many levels, None: all."""
        children = self._children
        waiting = [(unit, 1) for unit in reversed(children.get(highest, []))]
        while waiting:
            unit, depth = waiting.pop()
            yield unit, depth
            if levels is None or depth < levels:
                waiting.extend((child, depth + 1) for child in reversed(children.get(unit.unit_id, [])))

    def path(self, unit_id: UnitId) -> tuple[ReleasedUnit, ...]:
        """From the highest unit of this view down to the unit itself."""
        above, here = [], self.unit(unit_id)
        while here is not self.units[0] and here.parent_id is not None:
            above.append(here)
            here = self.unit(here.parent_id)
        return (here, *reversed(above))

    @cached_property
    def _children(self) -> dict[UnitId | None, list[ReleasedUnit]]:
        found: dict[UnitId | None, list[ReleasedUnit]] = {}
        for unit in self.units[1:]:
            found.setdefault(unit.parent_id, []).append(unit)
        return found

    @cached_property
    def _by_id(self) -> dict[UnitId, ReleasedUnit]:
        return {unit.unit_id: unit for unit in self.units}


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What is said about a release as a whole."""

    organisation: str
    synthetic: bool  # made-up results: said wherever they are named
    released_on: date
    skipped_ballots: int


def facts(session: Session, scope: ResultsScope) -> ReleaseFacts:
    """Whose release this is, and when it was published."""
    row = session.execute(
        select(Organisation.name, Organisation.synthetic, Measurement.released_on, Release.skipped_ballots)
        .join(Measurement, Measurement.organisation_id == Organisation.id)
        .join(Release, (Release.organisation_id == Organisation.id) & (Release.measurement_id == Measurement.id))
        .where(Organisation.id == scope.organisation_id, Measurement.id == scope.measurement_id)
    ).one()
    released_on = cast(date, row.released_on)  # set in the same transaction as the release
    return ReleaseFacts(row.name, row.synthetic, released_on, row.skipped_ballots)


def read(session: Session, scope: ResultsScope) -> ReleasedResults:
    """The release in the scope, from the user's highest unit down (the scope's own unit is one of its units)."""
    rows = session.execute(_branch(scope)).all()
    return ReleasedResults(scope.year, rows[0].k, rows[0].instrument_version, _made(session, scope, rows))


@lru_cache(STATEMENTS_KEPT)
def _branch(scope: ResultsScope) -> Select[*tuple[Any, ...]]:
    """Closely: the scope's own unit and those directly below it."""
    below = from_highest_down(scope)
    near = or_(Placement.unit_id == scope.unit_id, Placement.parent_id == scope.unit_id)
    return (
        _units(scope, case((near, PACKED)))
        .add_columns(Measurement.k, Measurement.instrument_version)
        .join(below, below.c.unit_id == Placement.unit_id)
        .join(Measurement, _same_measurement(Measurement, Measurement.id))
        .order_by(below.c.depth, Placement.position, Placement.unit_id)
    )


def whole(session: Session, scope: ResultsScope) -> ReleasedUnit:
    """The highest unit of the release: the whole organisation's totals, which a leader of one branch sees too."""
    rows = session.execute(_units(scope).where(Placement.parent_id.is_(None))).all()
    (found,) = _made(session, scope, rows)
    return found


def then(session: Session, scope: ResultsScope, year: int) -> dict[UnitId, ReleasedUnit]:
    """In another year's release: the scope's unit, what lies directly below it now, and what lay there then, by id.

    Only units that belonged to the user's branch in that year, too; empty for a year without a release.
    """
    measurement_id = session.scalar(
        select(Measurement.id).where(
            Measurement.organisation_id == scope.organisation_id,
            Measurement.year == year,
            Measurement.state == MeasurementState.RELEASED,
        )
    )
    if measurement_id is None:
        return {}
    earlier = replace(scope, measurement_id=MeasurementId(measurement_id), year=year)
    rows = session.execute(_then(scope, earlier)).all()
    return {found.unit_id: found for found in _made(session, earlier, rows)}


@lru_cache(STATEMENTS_KEPT)
def _then(scope: ResultsScope, earlier: ResultsScope) -> Select[*tuple[Any, ...]]:
    below = from_highest_down(earlier)
    return (
        _units(earlier)
        .join(below, below.c.unit_id == Placement.unit_id)
        .where(_near(scope))
        .order_by(Placement.position, Placement.unit_id)
    )


def _near(scope: ResultsScope) -> ColumnElement[bool]:
    """The scope's unit and what lies directly below it, in this tree or in the scope's."""
    children = select(Placement.unit_id).where(
        Placement.organisation_id == scope.organisation_id,
        Placement.measurement_id == scope.measurement_id,
        Placement.parent_id == scope.unit_id,
    )
    here = Placement.unit_id == scope.unit_id, Placement.parent_id == scope.unit_id
    return or_(*here, Placement.unit_id.in_(children.scalar_subquery()))


def _units(scope: ResultsScope, packed: ColumnElement[Any] = PACKED) -> Select[*tuple[Any, ...]]:
    """`packed`: None of units that are not looked at closely."""
    return (
        select(
            Placement.unit_id,
            Placement.parent_id,
            Placement.name,
            Placement.activity,
            Placement.takes_part,
            Packed.answered,
            Packed.invited,
            func.array_to_string(Release.statements, " ").label("statements"),
            func.array_to_json(Packed.mean).cast(Text).label("packed_mean"),
            packed.label("packed"),
        )
        .join(Packed, _same_unit(Packed))
        .join(Release, _same_measurement(Release, Release.measurement_id))
        .where(Placement.organisation_id == scope.organisation_id, Placement.measurement_id == scope.measurement_id)
    )


def _made(session: Session, scope: ResultsScope, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[ReleasedUnit, ...]:
    """The first columns of a row are the other fields of a unit, in their order; the next is `packed`."""
    known = {UnitId(row[0]): row[_FIELDS] for row in rows if row[_FIELDS] is not None}
    closely = Closely(session, scope, known)
    return tuple(ReleasedUnit(closely, *row[:_FIELDS]) for row in rows)


_FIELDS: Final = len(fields(ReleasedUnit)) - 1


def _same_measurement(table: type[Owned], measurement_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    return (table.organisation_id == Placement.organisation_id) & (measurement_id == Placement.measurement_id)


def _same_unit(table: type[Packed]) -> ColumnElement[bool]:
    return _same_measurement(table, table.measurement_id) & (table.unit_id == Placement.unit_id)
