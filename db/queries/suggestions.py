"""Released free texts: improvement suggestions by category, and what worked that others can learn from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Suggestion
from db.released_branch import from_highest_down
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True)
class ReleasedText:
    """One text, at the unit where it is shown. Nothing says which texts one person wrote."""

    unit_id: UnitId
    category: str | None  # None: what worked that others can learn from
    text: str


def of_release(session: Session, scope: ResultsScope) -> tuple[ReleasedText, ...]:
    """Texts from the user's highest unit down, in the order of their random ids."""
    below = from_highest_down(scope)
    rows = session.execute(
        select(Suggestion.unit_id, Suggestion.category, Suggestion.text)
        .join(below, below.c.unit_id == Suggestion.unit_id)
        .where(Suggestion.organisation_id == scope.organisation_id, Suggestion.measurement_id == scope.measurement_id)
        .order_by(Suggestion.id)
    )
    return tuple(ReleasedText(UnitId(row.unit_id), row.category, row.text) for row in rows)
