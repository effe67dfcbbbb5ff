"""The counts of the nights that a measurement would have had behind it, so that its curve can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.models import AnswerCount
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId

GROWTH: Final = (0.16, 0.30, 0.38, 0.43, 0.45, 0.46, 0.48, 0.66, 0.78, 0.85, 0.90, 0.95, 1.0)  # of all, night by night


def count(
    session: Session,
    organisation_id: OrganisationId,
    measurement_id: MeasurementId,
    units: Sequence[UnitId],
    nights: tuple[date, date],
) -> None:
    """Counts of answers by personal links of these units, one for each answer in the order in which they came.

    `nights` are the first and the last. A row only where more have come than the night before.
    """
    first, last = nights
    owner = {"organisation_id": organisation_id, "measurement_id": measurement_id, "channel": Channel.EMAIL}
    before = Counter[UnitId]()
    for number in range((last - first).days + 1):
        share = GROWTH[min(number, len(GROWTH) - 1)]
        now = Counter(units[: round(share * len(units))])
        rows = [
            {**owner, "unit_id": unit, "night": first + timedelta(days=number), "answers": answers}
            for unit, answers in now.items()
            if answers > before[unit]
        ]
        if rows:
            session.execute(insert(AnswerCount), rows)
        before = now
