"""An earlier measurement, moved in from another tool: published through the same gate, its answers never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from db.commands import moving_in
from dimios_dash import instruments
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.calendar import check_k
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.disclosure import Answers
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tree import Tree
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, UnitId
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.intake.unit_row import UnitRow
from dimios_dash.tallying.publishing import publish
from dimios_dash.tallying.tally import Written, tally

FIRST_YEAR = 2000  # anything earlier is a slip of the finger


def move_in(  # noqa: PLR0917, all that an earlier measurement consists of
    session: Session,
    scope: SystemScope,
    keys: KeyStore,  # noqa: ARG001, what makes a measurement gets the keys; this one has no box, so none is made
    year: int,
    k: int,
    tree: Sequence[UnitRow],
    answers: Sequence[AnswerRow],
    today: date,
    invited: Mapping[UnitId, int] | None = None,
    written: Written = (),
    *,
    focus: StrategyFocus | None = None,
) -> MeasurementId:
    """Create, close and release the measurement of `year`, from rows that intake has found without errors.

    `invited` counts those invited by e-mail in each unit itself; None where nobody knows. `written` are free texts.
    `focus` is what the strategy said of digitalisation.
    Answers count as e-mail answers. Raises Invalid for a year to come, a k that is not allowed and a year that has a
    measurement (also one that is only prepared), and Leak where the independent check objects.
    """
    _require_year(year, today)
    instrument = instruments.load()
    measurement_id = moving_in.create_closed_measurement(
        session, scope, tree, year=year, k=check_k(k), instrument_version=instrument.version, focus=focus
    )
    shape = Tree.build([(row.unit_id, row.parent_id) for row in tree])
    counted = _answers(shape, instrument, answers)
    tallied = tally(instrument, shape, counted, k, invited=invited, written=written)
    publish(session, scope, measurement_id, tallied, today)
    return measurement_id


def _require_year(year: int, today: date) -> None:
    if not FIRST_YEAR <= year <= today.year:
        raise Invalid(f"En tidigare mätning kan vara från {FIRST_YEAR} till {today.year}, inte från {year}.")


def _answers(tree: Tree, instrument: Instrument, rows: Sequence[AnswerRow]) -> Answers:
    """The order of the rows carries no further: the release only counts and sums."""
    return Answers(
        unit=np.array([tree.index(row.unit_id) for row in rows], dtype=np.int32),
        role=np.array([row.role_type for row in rows], dtype=np.int8),
        link=np.zeros(len(rows), dtype=np.bool_),
        values=np.array([row.values for row in rows], dtype=np.int8).reshape(len(rows), len(instrument.statement_keys)),
    )
