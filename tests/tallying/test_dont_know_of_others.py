"""Vet ej of other organisations: told in the pools that tell means, and of nobody alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from db.commands import consents
from db.models import ReleasedUnit, SharedResult
from db.queries import benchmarks as queries
from db.queries.benchmarks import PoolBenchmark
from dimios_dash import access
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.ids import OrganisationId
from dimios_dash.tallying.benchmarks import compute
from dimios_dash.tallying.moving_in import move_in
from tests.factories import Make
from tests.tallying.conftest import KEYS, answers, units

YEAR, RELEASED, TODAY = 2025, date(2026, 1, 10), date(2026, 2, 22)


def unsure(make: Make, of_ten: int, *given: Consent) -> OrganisationId:
    """So many of ten answer Vet ej to the first statement, and everybody 3 to everything else."""
    organisation_id, sheets = make.organisation(), answers("E", [3] * 10)
    rows = [*(replace(sheet, values=(0, *sheet.values[1:])) for sheet in sheets[:of_ten]), *sheets[of_ten:]]
    move_in(make.session, access.system(organisation_id), make.keys, YEAR, 3, units({"E": None}), rows, RELEASED)
    consents.change(make.session, make.desk(organisation_id), frozenset(given))
    return organisation_id


def seen_by(make: Make, organisation_id: OrganisationId) -> PoolBenchmark:
    found = queries.of_results(make.session, access.export(make.session, organisation_id, YEAR))
    assert found is not None
    return found


def test_each_organisation_sees_the_mean_share_of_the_others_without_a_place(make: Make) -> None:
    own, *_others = [unsure(make, of_ten) for of_ten in (0, 1, 2, 3, 4, 5)]

    compute(make.session, access.system(), YEAR, TODAY)

    shares = seen_by(make, own).dont_know
    assert list(shares) == ["alla", *KEYS]
    assert [shares[key].mean for key in ("F1.1", "F1.2", "alla")] == [30.0, 0.0, 1.0]
    assert {(each.organisations, each.place, each.median) for each in shares.values()} == {(5, None, None)}
    assert not any(key.startswith("vet_ej") for key in seen_by(make, own).values)


def test_quartiles_of_shares_are_told_from_ten_others_and_still_no_place(make: Make) -> None:
    own, *_others = [unsure(make, of_ten) for of_ten in (0, *[1] * 5, *[3] * 5)]

    compute(make.session, access.system(), YEAR, TODAY)

    first = seen_by(make, own).dont_know["F1.1"]
    assert (first.organisations, first.lower_quartile, first.upper_quartile, first.place) == (10, 10.0, 30.0, None)


def test_where_one_of_them_hides_a_share_nothing_is_told_of_any(make: Make) -> None:
    """A mean of those that show theirs would be of fewer than the pool that has been reckoned with."""
    own, other, *_rest = [unsure(make, 2) for _ in range(7)]
    make.session.execute(update(ReleasedUnit).where(ReleasedUnit.organisation_id == other).values(dont_know=None))

    compute(make.session, access.system(), YEAR, TODAY)

    assert seen_by(make, own).dont_know == {}
    assert seen_by(make, own).values["index"].organisations == 6


def test_four_others_are_too_few(make: Make) -> None:
    own, *_others = [unsure(make, 2) for _ in range(5)]

    compute(make.session, access.system(), YEAR, TODAY)

    assert seen_by(make, own).dont_know == {}


def test_what_organisations_agree_to_share_holds_no_vet_ej(make: Make) -> None:
    for _ in range(7):
        unsure(make, 2, Consent.NAMED, Consent.SIMILAR, Consent.AREAS)

    compute(make.session, access.system(), YEAR, TODAY)

    shared = make.session.scalars(select(SharedResult)).all()
    assert len(shared) >= 14
    assert not any(key.startswith("vet_ej") for row in shared for key in row.keys)
