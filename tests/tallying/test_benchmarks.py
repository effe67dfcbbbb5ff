from __future__ import annotations

from datetime import date

import pytest

from db.models import Organisation
from db.queries import benchmarks as queries
from db.queries.benchmarks import PoolBenchmark
from dimios_dash import access
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId
from dimios_dash.tallying.benchmarks import compute
from dimios_dash.tallying.moving_in import move_in
from tests.conftest import AsWeb
from tests.factories import Make
from tests.tallying.conftest import KEYS, answers, units

TODAY = date(2026, 11, 22)
YEAR = 2025


def measured(
    make: Make, point: int, sector: Sector = Sector.KOMMUN, people: int = 10, year: int = YEAR
) -> OrganisationId:
    """An organisation where everybody answers `point` to everything: its score is 20 · (point − 1)."""
    organisation_id = make.organisation(sector=sector)
    scope, rows = access.system(organisation_id), answers("E", [point] * people)
    move_in(make.session, scope, make.keys, year, 3, units({"E": None}), rows, TODAY)
    return organisation_id


def seen_by(make: Make, organisation_id: OrganisationId) -> PoolBenchmark | None:
    return queries.of_results(make.session, access.export(make.session, organisation_id, YEAR))


def test_each_organisation_sees_the_mean_of_the_five_others_on_every_level(make: Make) -> None:
    own, *_others = [measured(make, point) for point in (5, 2, 2, 3, 3, 4)]

    count = compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert count == 6
    assert found is not None
    assert (found.pool, found.year, found.computed_on, found.organisations) == ("sector:kommun", YEAR, TODAY, 5)
    assert list(found.values) == ["F1", "F2", "F3", "A1", "A2", "A3", "F", "A", "index", *KEYS]
    assert {value.mean for value in found.values.values()} == {36.0}
    assert {value.median for value in found.values.values()} == {None}


def test_quartiles_are_shown_from_ten_others(make: Make) -> None:
    own, *_others = [measured(make, point) for point in (5, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4)]

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    index = found.values["index"]
    assert (index.organisations, index.lower_quartile, index.median, index.upper_quartile) == (10, 25.0, 40.0, 55.0)


def test_four_others_are_too_few_and_that_is_said(make: Make) -> None:
    own, *_others = [measured(make, 3, Sector.REGION) for _ in range(5)]

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert (found.pool, found.organisations, dict(found.values)) == ("sector:region", 4, {})


def test_organisations_with_fewer_than_ten_answers_are_not_compared(make: Make) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    small = measured(make, 6, people=9)

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert found.organisations == 5
    assert seen_by(make, small) is None


def test_other_sectors_and_other_years_are_left_out(make: Make) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    measured(make, 6, Sector.MYNDIGHET)
    measured(make, 6, year=YEAR - 1)

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert (found.organisations, found.values["index"].mean) == (5, 40.0)


def test_a_statement_that_one_hides_is_compared_with_the_rest(make: Make) -> None:
    own, *others = [measured(make, 3) for _ in range(7)]
    silent = make.organisation()
    rows = [*answers("E", [3] * 8), *answers("E", [0] * 2)]
    hiding = [
        row if row.values[0] == 0 else row.__class__(row.row, row.unit_id, 2, (0, *row.values[1:])) for row in rows
    ]
    move_in(make.session, access.system(silent), make.keys, YEAR, 3, units({"E": None}), hiding, TODAY)

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert found.organisations == len(others) + 1
    assert found.values["F1.1"].organisations == len(others)
    assert found.values["F1.2"].organisations == len(others) + 1


@pytest.mark.parametrize("made_up", [True, False])
def test_made_up_organisations_among_the_others_are_told_of(make: Make, made_up: bool) -> None:
    own, other, *_rest = [measured(make, 3) for _ in range(6)]
    make.session.get_one(Organisation, other if made_up else own).synthetic = True

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert found.synthetic is made_up


def test_a_new_computation_replaces_that_of_the_year_and_no_other(make: Make) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    compute(make.session, access.system(), YEAR, TODAY)
    measured(make, 6)

    frozen = seen_by(make, own)
    compute(make.session, access.system(), YEAR - 1, TODAY)
    still = seen_by(make, own)
    compute(make.session, access.system(), YEAR, date(2026, 12, 1))
    anew = seen_by(make, own)

    assert frozen == still
    assert anew is not None
    assert (anew.organisations, anew.computed_on) == (6, date(2026, 12, 1))


def test_pages_read_the_benchmark_with_the_rights_of_web(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    compute(make.session, access.system(), YEAR, TODAY)

    with as_web(own) as session:
        found = queries.of_results(session, access.export(session, own, YEAR))

    assert found is not None
    assert found.organisations == 5


def test_before_the_first_computation_there_is_nothing(make: Make) -> None:
    assert seen_by(make, measured(make, 3)) is None
