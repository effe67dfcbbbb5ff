"""What has been told of a year's pools on earlier fixed dates."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ToldPool
from dimios_dash.domain.comparing.told import Told, told
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import PLATFORM, OrganisationId


def of_year(session: Session, _scope: SystemScope, year: int) -> Told:
    """Everything, of every date."""
    rows = session.execute(
        select(ToldPool.pool, ToldPool.computed_on, ToldPool.members)
        .where(ToldPool.organisation_id == PLATFORM, ToldPool.year == year)
        .order_by(ToldPool.computed_on, ToldPool.pool)
    )
    return told([(row.pool, row.computed_on, frozenset(map(OrganisationId, row.members))) for row in rows])
