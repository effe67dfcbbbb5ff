"""A small released measurement with everything that a file must tell apart."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import Organisation, Placement
from dimios_dash import access, instruments
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import UnitId
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.intake.unit_row import UnitRow
from dimios_dash.tallying.moving_in import move_in
from tests.factories import Make

KEYS = instruments.load().statement_keys
TODAY = date(2026, 11, 22)
TREE = {"E": None, "A": "E", "B": "E", "C": "E", "D": "E"}
POINTS = {"E": [2, 3, 3, 4], "A": [6, 6, 6], "B": [2], "C": [1, 2, 5, 5]}  # D: outside the measurement


@pytest.fixture
def released(make: Make) -> ResultsScope:
    """E shows all; A stands at the upper bound; B is hidden, too few; C is shown; D does not take part."""
    organisation_id = make.organisation("Provköpings kommun")
    make.session.get_one(Organisation, organisation_id).synthetic = True
    tree = [
        UnitRow(row, UnitId(unit), None if parent is None else UnitId(parent), f"=Enhet {unit}", Activity.SKOLA, 10)
        for row, (unit, parent) in enumerate(TREE.items(), start=2)
    ]
    rows = [AnswerRow(2, UnitId(unit), 2, (point,) * len(KEYS)) for unit, points in POINTS.items() for point in points]
    scope, invited = access.system(organisation_id), {UnitId("E"): 5, UnitId("A"): 4}
    measurement_id = move_in(make.session, scope, make.keys, 2025, 3, tree, rows, TODAY, invited)
    make.session.get_one(Placement, (organisation_id, measurement_id, "D")).takes_part = False
    make.session.flush()
    return access.export(make.session, organisation_id, 2025)
