"""Pools on fixed dates: what each organisation sees of the others, and what never changes a pool in between."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from db.models import Organisation
from db.queries import benchmarks as queries
from db.queries.benchmarks import PoolBenchmark
from dimios_dash import access
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId
from dimios_dash.tallying.benchmarks import compute
from dimios_dash.tallying.moving_in import move_in
from tests.conftest import AsWeb
from tests.factories import Make
from tests.tallying.conftest import KEYS, answers, units

RELEASED = date(2026, 1, 10)
TODAY = date(2026, 2, 22)
DAY = date(2026, 2, 1)  # the fixed date that came last
IN_MAY = date(2026, 5, 30)
YEAR = 2025


def measured(
    make: Make,
    point: int,
    sector: Sector = Sector.KOMMUN,
    *,
    people: int = 10,
    year: int = YEAR,
    released: date = RELEASED,
    employees: int | None = None,
    county: County | None = None,
) -> OrganisationId:
    """An organisation where everybody answers `point` to everything: its score is 20 · (point − 1)."""
    organisation_id = make.organisation(sector=sector)
    kept = make.session.get_one(Organisation, organisation_id)
    kept.employees, kept.county = employees, county
    scope, rows = access.system(organisation_id), answers("E", [point] * people)
    move_in(make.session, scope, make.keys, year, 3, units({"E": None}), rows, released)
    return organisation_id


def seen_by(make: Make, organisation_id: OrganisationId) -> PoolBenchmark | None:
    return queries.of_results(make.session, access.export(make.session, organisation_id, YEAR))


def pools_of(make: Make, organisation_id: OrganisationId) -> dict[str, PoolBenchmark]:
    seen = queries.pools(make.session, access.export(make.session, organisation_id, YEAR))
    return {pool.pool: pool for pool in seen}


def test_each_organisation_sees_the_mean_of_the_five_others_on_every_level(make: Make) -> None:
    own, *_others = [measured(make, point) for point in (5, 2, 2, 3, 3, 4)]

    count = compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert count == 6
    assert found is not None
    assert (found.pool, found.year, found.computed_on, found.organisations) == ("sector:kommun", YEAR, DAY, 5)
    assert list(found.values) == ["F1", "F2", "F3", "A1", "A2", "A3", "F", "A", "index", *KEYS]
    assert {value.mean for value in found.values.values()} == {36.0}
    assert {value.median for value in found.values.values()} == {None}


def test_quartiles_are_shown_from_ten_others(make: Make) -> None:
    own, *_others = [measured(make, point) for point in (5, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4)]

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    index = found.values["index"]
    assert (index.organisations, index.lower_quartile, index.median, index.upper_quartile) == (10, 28.3, 40.0, 51.7)
    assert index.place == 1


def test_equal_ones_share_the_better_place(make: Make) -> None:
    own, *_others = [measured(make, point) for point in (3, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4)]

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert found.values["index"].place == 4


def test_four_others_are_too_few_and_that_is_said(make: Make) -> None:
    own, *_others = [measured(make, 3, Sector.REGION) for _ in range(5)]

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert (found.pool, found.organisations, dict(found.values)) == ("sector:region", 4, {})


def test_who_is_not_compared_sees_the_pool_that_leaves_nobody_out(make: Make) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    small = measured(make, 6, people=9)

    compute(make.session, access.system(), YEAR, TODAY)

    found, of_small = seen_by(make, own), seen_by(make, small)
    assert found is not None
    assert of_small is not None
    assert (found.organisations, found.among) == (5, True)
    assert (of_small.organisations, of_small.among, of_small.values["index"].mean) == (6, False, 40.0)


def test_other_sectors_and_other_years_are_left_out(make: Make) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    measured(make, 6, Sector.MYNDIGHET)
    measured(make, 6, year=YEAR - 1)

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert (found.organisations, found.values["index"].mean) == (5, 40.0)


def test_an_organisation_that_hides_a_statement_is_in_no_pool(make: Make) -> None:
    """It would be in the pool of the category and not in that of the statement: the difference were its own."""
    own, *_others = [measured(make, 3) for _ in range(6)]
    silent = make.organisation()
    rows = [*answers("E", [3] * 8), *answers("E", [0] * 2)]
    hiding = [
        row if row.values[0] == 0 else row.__class__(row.row, row.unit_id, 2, (0, *row.values[1:])) for row in rows
    ]
    move_in(make.session, access.system(silent), make.keys, YEAR, 3, units({"E": None}), hiding, RELEASED)

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert {value.organisations for value in found.values.values()} == {5}


@pytest.mark.parametrize("made_up", [True, False])
def test_made_up_organisations_among_the_others_are_told_of(make: Make, made_up: bool) -> None:
    own, other, *_rest = [measured(make, 3) for _ in range(6)]
    make.session.get_one(Organisation, other if made_up else own).synthetic = True

    compute(make.session, access.system(), YEAR, TODAY)

    found = seen_by(make, own)
    assert found is not None
    assert found.synthetic is made_up


def test_a_pool_is_counted_once_for_each_fixed_date_whoever_asks_and_however_often(make: Make) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    counts = [compute(make.session, access.system(), YEAR, TODAY)]
    before = pools_of(make, own)
    make.session.get_one(Organisation, own).sector = Sector.REGION

    counts += [compute(make.session, access.system(), YEAR, day) for day in (TODAY, date(2026, 4, 30))]

    assert counts == [6, 6, 6]
    assert pools_of(make, own) == before


@pytest.mark.parametrize(("released", "counted"), [(date(2026, 1, 18), 6), (date(2026, 1, 19), 0)])
def test_a_result_counts_when_it_cannot_be_recalculated_any_more(make: Make, released: date, counted: int) -> None:
    for _ in range(6):
        measured(make, 3, released=released)

    assert compute(make.session, access.system(), YEAR, TODAY) == counted


def test_a_pool_does_not_follow_single_releases_but_grows_by_six(make: Make) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    compute(make.session, access.system(), YEAR, TODAY)
    newest = [measured(make, 6, released=date(2026, 3, 1)) for _ in range(5)]
    compute(make.session, access.system(), YEAR, IN_MAY)
    waiting, of_newest = seen_by(make, own), seen_by(make, newest[0])
    measured(make, 6, released=date(2026, 6, 1))
    compute(make.session, access.system(), YEAR, date(2026, 8, 1))

    grown = seen_by(make, own)

    assert waiting is not None
    assert of_newest is not None
    assert grown is not None
    assert (waiting.organisations, waiting.computed_on) == (5, DAY)
    assert (of_newest.organisations, of_newest.among) == (6, False)
    assert (grown.organisations, grown.computed_on) == (11, date(2026, 8, 1))


def test_who_leaves_takes_nothing_out_of_a_pool(make: Make) -> None:
    own, other, *_others = [measured(make, point) for point in (3, 6, 3, 3, 3, 3, 3, 3)]
    compute(make.session, access.system(), YEAR, TODAY)
    before = seen_by(make, own)
    make.session.execute(delete(Organisation).where(Organisation.id == other))

    compute(make.session, access.system(), YEAR, IN_MAY)

    assert seen_by(make, own) == before


def test_there_are_pools_of_size_county_and_nation_where_enough_are_in_each(make: Make) -> None:
    in_skane = [measured(make, 2, employees=500, county=County.SKANE) for _ in range(6)]
    for _ in range(6):
        measured(make, 4, employees=5_000, county=County.DALARNA)
        measured(make, 5, Sector.MYNDIGHET, employees=500, county=County.DALARNA)

    compute(make.session, access.system(), YEAR, TODAY)

    seen = {key: (pool.organisations, pool.among) for key, pool in pools_of(make, in_skane[0]).items()}
    means = {key: pool.values["index"].mean for key, pool in pools_of(make, in_skane[0]).items()}
    assert seen == {
        "county:12": (5, True),
        "county:20": (12, False),
        "nation": (17, True),
        "sector:kommun": (11, True),
        "sector:myndighet": (6, False),
        "size:kommun:1": (5, True),
        "size:kommun:3": (6, False),
        "size:myndighet:1": (6, False),
    }
    assert means["county:12"] == means["size:kommun:1"] == 20.0
    assert (means["county:20"], means["size:kommun:3"]) == (70.0, 60.0)


def test_a_pool_that_differs_by_too_few_from_a_larger_one_tells_only_how_many(make: Make) -> None:
    own, *_others = [measured(make, 3, employees=500) for _ in range(8)]
    for _ in range(4):
        measured(make, 3, employees=5_000)

    compute(make.session, access.system(), YEAR, TODAY)

    small = pools_of(make, own)["size:kommun:1"]
    assert (small.organisations, small.among, dict(small.values)) == (7, True, {})


def test_pages_read_the_benchmark_with_the_rights_of_web(make: Make, as_web: AsWeb) -> None:
    own, *_others = [measured(make, 3) for _ in range(6)]
    compute(make.session, access.system(), YEAR, TODAY)

    with as_web(own) as session:
        found = queries.of_results(session, access.export(session, own, YEAR))

    assert found is not None
    assert found.organisations == 5


def test_before_the_first_computation_there_is_nothing(make: Make) -> None:
    assert seen_by(make, measured(make, 3)) is None
