"""The measurement of this year, as the pages of the first step need it."""

from __future__ import annotations

from db.queries import measurements
from db.queries.measurements import MeasurementSummary
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId
from dimios_dash.web import Context

_PAST = (MeasurementState.CLOSED, MeasurementState.RELEASED, MeasurementState.DESTROYED)


def year(ctx: Context) -> int:
    """By the Swedish calendar."""
    return today_in_stockholm(ctx.now).year


def this_year(ctx: Context, scope: DeskScope) -> MeasurementSummary | None:
    """None where nobody has begun it yet."""
    years = measurements.all_years(ctx.session, scope)
    return next((found for found in years if found.year == year(ctx)), None)


def begun(ctx: Context, scope: DeskScope) -> MeasurementId:
    """The measurement, where there must be one. Raises NotFound."""
    found = this_year(ctx, scope)
    if found is None:
        raise NotFound(f"Det finns inga respondenter för {year(ctx)} än. Gå till Respondenter och lägg till dem.")
    return found.id


def is_past(found: MeasurementSummary | None) -> bool:
    """Whether respondents can no longer be changed."""
    return found is not None and found.state in _PAST
