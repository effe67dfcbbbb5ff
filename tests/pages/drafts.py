"""A draft that may be started, and what a key user chooses."""

from __future__ import annotations

from datetime import date

from db.commands import measurements
from dimios_dash.domain.work import MailState
from dimios_dash.ids import OrganisationId, UnitId
from tests.factories import Make

ALL = [[UnitId("E"), UnitId("B")], [UnitId("A"), UnitId("A1")]]  # as the boxes of the tree send them
OPENS, CLOSES = date(2026, 4, 10), date(2026, 4, 30)


def draft_of_three(make: Make) -> OrganisationId:
    """A draft with two respondents in A1 and one in B."""
    found = make.organisation()
    make.units(found, {"E": None, "A": "E", "A1": "A", "B": "E"})
    measurement_id = measurements.ensure_draft(make.session, make.desk(found), 2026)
    for unit in ("A1", "A1", "B"):
        make.invitation(found, measurement_id, unit, mail=MailState.NOT_SENT)
    return found
