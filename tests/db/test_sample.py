"""Who is invited where, by role type."""

from __future__ import annotations

from db.queries import sample
from dimios_dash.domain.calendar import MeasurementState
from tests.factories import Make


def test_the_invited_are_counted_by_role_type_in_each_unit_of_the_branch(make: Make) -> None:
    organisation_id, other = make.organisation(), make.organisation()
    for each in (organisation_id, other):
        make.units(each, {"E": None, "A": "E", "A1": "A"})
    measurement_id = make.measurement(organisation_id, MeasurementState.DRAFT)
    for unit, role_type in (("E", 1), ("A", 2), ("A", 2), ("A1", 3), ("A1", None)):
        make.invitation(organisation_id, measurement_id, unit, role_type=role_type)
    make.invitation(organisation_id, measurement_id, "A1", role_type=3, removed=True)

    whole = sample.by_role(make.session, make.desk(organisation_id), measurement_id)
    branch = sample.by_role(make.session, make.desk(organisation_id, "A"), measurement_id)

    assert whole == {"E": (1, 0, 0, 0), "A": (0, 2, 0, 0), "A1": (0, 0, 1, 1)}
    assert branch == {"A": (0, 2, 0, 0), "A1": (0, 0, 1, 1)}
    assert sample.by_role(make.session, make.desk(other), measurement_id) == {}
