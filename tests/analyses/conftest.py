"""A made organisation: K with A (A1, A2) and B below it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dimios_dash.analyses import basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from tests.factories import Make

TREE = {"K": None, "A": "K", "A1": "A", "A2": "A", "B": "K"}

ReadBasis = Callable[..., Basis]


@pytest.fixture
def organisation(make: Make) -> OrganisationId:
    """An organisation with units and no measurement."""
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    return organisation_id


@pytest.fixture
def read_basis(make: Make, organisation: OrganisationId) -> ReadBasis:
    """The basis of one unit, as access.py would scope it."""

    def read(
        measurement_id: MeasurementId, unit: str = "K", branch: str | None = None, year: int = 2025, **choices: object
    ) -> Basis:
        highest = None if branch is None else UnitId(branch)
        scope = ResultsScope(organisation, measurement_id, year, highest, UnitId(unit))
        return basis.read(make.session, scope, choices)

    return read
