"""Arrays of many units: only those of the branch, and nothing of another organisation."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import update

from db.models import ReleasedUnit, YearComparison
from db.queries import branch_changes, released_shares
from dimios_dash import instruments
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.statistics import level_columns
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from tests.conftest import AsWeb
from tests.factories import Make

STATEMENTS = len(instruments.load().statement_keys)
LEVELS = len(level_columns.keys(instruments.load()))
UNITS = {"K": 50.0, "A": 40.0, "A1": 45.0, "B": 60.0}


@pytest.fixture
def released(make: Make) -> ResultsScope:
    """Two years, all units compared and with the same shares."""
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None, "A": "K", "A1": "A", "B": "K"})
    before, after = (make.release(organisation_id, year, UNITS) for year in (2024, 2025))
    _compare(make, organisation_id, before, after)
    make.session.execute(update(ReleasedUnit).values(dont_know=[0.2] * STATEMENTS))
    return ResultsScope(organisation_id, after, 2025, None, UnitId("K"))


def _compare(make: Make, organisation_id: OrganisationId, before: MeasurementId, after: MeasurementId) -> None:
    nothing = dict.fromkeys(("margin", "hedges_g", "smallest"), [None] * LEVELS)
    for place, unit in enumerate(UNITS):
        make.session.add(
            YearComparison(
                organisation_id=organisation_id,
                measurement_id=before,
                later_id=after,
                unit_id=unit,
                answered_before=40,
                same_people=True,
                difference=[float(place)] * LEVELS,
                adjusted_p=[0.01 if place % 2 else None] * LEVELS,
                **nothing,
            )
        )
    make.session.flush()


def test_changes_come_in_the_order_that_is_asked_for(as_web: AsWeb, released: ResultsScope) -> None:
    with as_web(released.organisation_id) as session:
        found = branch_changes.since_last_time(session, released)

    assert found is not None
    points, certain = found.of([UnitId("B"), UnitId("finns-inte"), UnitId("A")])
    assert found.year == 2024
    assert [points[0, 0], points[2, 0]] == [3.0, 1.0]
    assert np.isnan(points[1]).all()
    assert certain[:, 0].tolist() == [True, False, True]


@pytest.mark.parametrize(("branch", "units"), [(None, {"K", "A", "A1", "B"}), ("A", {"A", "A1"})])
def test_a_branch_reads_its_units_only(
    as_web: AsWeb, released: ResultsScope, branch: str | None, units: set[str]
) -> None:
    highest = None if branch is None else UnitId(branch)
    scope = ResultsScope(released.organisation_id, released.measurement_id, 2025, highest, UnitId("A"))

    with as_web(released.organisation_id) as session:
        changes = branch_changes.since_last_time(session, scope)
        shares = released_shares.of_branch(session, scope, STATEMENTS)

    assert changes is not None
    assert set(changes.places) == set(shares.packed) == units


def test_a_stranger_reads_nothing(make: Make, as_web: AsWeb, released: ResultsScope) -> None:
    stranger = make.organisation()
    forged = ResultsScope(released.organisation_id, released.measurement_id, 2025, None, UnitId("K"))

    with as_web(stranger) as session:
        assert branch_changes.since_last_time(session, forged) is None
        assert released_shares.of_branch(session, forged, STATEMENTS).packed == {}


def test_a_unit_that_shows_no_share_is_a_row_of_nothing(make: Make, released: ResultsScope) -> None:
    make.session.execute(update(ReleasedUnit).where(ReleasedUnit.unit_id == "B").values(dont_know=None))

    found = released_shares.of_branch(make.session, released, STATEMENTS)

    shares = found.of([UnitId("A"), UnitId("B")])
    assert set(shares[0]) == {0.2}
    assert np.isnan(shares[1]).all()
