"""How many had answered night by night, for a unit and everything below it. Says nothing of any answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.branches import among
from db.models import AnswerCount, Placement
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree import Tree
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, UnitId

_NO_UNIT = "Enheten ingår inte i den mätning du tittar på. Gå tillbaka och välj en enhet i listan."


@dataclass(frozen=True, slots=True)
class Night:
    """All answers that had come when a day began: by personal links, and by open links."""

    night: date
    email: int
    link: int


def read(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, unit_id: UnitId | None = None
) -> tuple[Night, ...]:
    """The nights on which the unit's branch had more answers than before, the first one first.

    None: the highest unit in the scope. Between two nights nothing came. Empty before the first night, and where
    the scope's branch is not in the measurement. Raises NotFound for a unit outside the scope or the measurement.
    """
    below = _branch(session, scope, measurement_id, unit_id)
    rows = session.execute(
        select(AnswerCount.unit_id, AnswerCount.channel, AnswerCount.night, AnswerCount.answers).where(
            AnswerCount.organisation_id == scope.organisation_id,
            AnswerCount.measurement_id == measurement_id,
            among(below, AnswerCount.unit_id),
        )
    ).all()
    units = {unit: place for place, unit in enumerate({row.unit_id for row in rows})}
    nights = {night: place for place, night in enumerate(sorted({row.night for row in rows}))}
    answers = np.zeros((len(Channel), len(units), len(nights)), dtype=np.int64)
    for row in rows:
        answers[_CHANNELS.index(row.channel), units[row.unit_id], nights[row.night]] = row.answers
    totals = np.maximum.accumulate(answers, axis=2).sum(axis=1).T  # a night without a row is as the one before
    return tuple(Night(night, *totals[place].tolist()) for night, place in nights.items())


_CHANNELS = (Channel.EMAIL, Channel.LINK)  # in the order of `Night`


def _branch(session: Session, scope: DeskScope, measurement_id: MeasurementId, unit_id: UnitId | None) -> list[UnitId]:
    """The unit and all below it. Raises NotFound."""
    rows = session.execute(
        select(Placement.unit_id, Placement.parent_id).where(
            Placement.organisation_id == scope.organisation_id, Placement.measurement_id == measurement_id
        )
    ).all()
    if not rows:
        return []
    tree = Tree.build([(UnitId(row.unit_id), row.parent_id and UnitId(row.parent_id)) for row in rows])
    if scope.branch is not None and scope.branch not in tree.ids:
        return []
    own = tree.subtree(0 if scope.branch is None else tree.index(scope.branch)).tolist()
    allowed = [tree.ids[place] for place in own]
    wanted = allowed[0] if unit_id is None else unit_id
    if wanted not in allowed:
        raise NotFound(_NO_UNIT)
    return [tree.ids[place] for place in tree.subtree(tree.index(wanted)).tolist()]
