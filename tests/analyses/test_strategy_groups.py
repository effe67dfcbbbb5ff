"""Organisations by what their strategy says, in rows that the test makes: a difference, how sure, and no cause."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import Benchmark
from dimios_dash.analyses import strategy_groups
from dimios_dash.analyses.basis import Basis
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked


@pytest.fixture
def released(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> Basis:
    """The whole at 50, with nothing yet to compare with."""
    return read_basis(make.release(organisation, 2025, {"K": 50.0}))


def told(
    make: Make, organisation: OrganisationId, focus: StrategyFocus, mean: float, *, n: int = 20, sd: float | None = 3.0
) -> None:
    """What the worker has counted of one group."""
    quartiles = {name: [mean] for name in ("lower_quartile", "median", "upper_quartile")}
    facts = {"organisation_id": organisation, "year": 2025, "pool": f"focus:{focus}", "computed_on": date(2026, 2, 1)}
    values = {"keys": ["index"], "counts": [n], "mean": [mean], "sd": [sd], **quartiles}
    make.session.add(Benchmark(**facts, organisations=n, synthetic=False, **values))
    make.session.flush()


def test_without_groups_it_says_when_there_will_be_some(released: Basis) -> None:
    cells = strategy_groups.read(released)

    assert strategy_groups.headline(cells) == "Grupperna kan inte jämföras än"
    assert "minst sex organisationer" in strategy_groups.reading(cells)
    assert strategy_groups.draw(cells) is None


def test_a_difference_comes_with_its_interval_and_never_as_a_cause(
    make: Make, organisation: OrganisationId, released: Basis
) -> None:
    told(make, organisation, StrategyFocus.MAIN, 55.0)
    told(make, organisation, StrategyFocus.ABSENT, 50.0)

    cells = strategy_groups.read(released)

    where = "där digitalisering är ett huvudspår än där digitalisering inte nämns"
    assert strategy_groups.headline(cells) == f"Index är 5,0 högre {where}"
    # 1.92 is the t quantile of 38 degrees, 2.02, times the root of 2 * 9 / 20
    assert "säker: den ligger mellan 3,1 och 6,9" in strategy_groups.reading(cells)
    assert "orsaken" in strategy_groups.reading(cells)


def test_an_interval_around_zero_is_not_certain(make: Make, organisation: OrganisationId, released: Basis) -> None:
    told(make, organisation, StrategyFocus.MAIN, 51.0)
    told(make, organisation, StrategyFocus.ABSENT, 50.0)

    assert "inte säker" in strategy_groups.reading(strategy_groups.read(released))


def test_a_group_of_fewer_than_ten_has_a_mean_and_no_interval(
    make: Make, organisation: OrganisationId, released: Basis
) -> None:
    told(make, organisation, StrategyFocus.MAIN, 51.0, n=6, sd=None)
    told(make, organisation, StrategyFocus.ABSENT, 50.0)

    cells = strategy_groups.read(released)

    main = strategy_groups.table(cells).rows[0]
    assert (main.cells[1].value, main.cells[2].value) == (51.0, None)
    assert "10 organisationer" in main.cells[2].note
    assert "för små" in strategy_groups.reading(cells)


def test_the_own_organisation_stands_beside_the_groups(
    make: Make, organisation: OrganisationId, released: Basis
) -> None:
    told(make, organisation, StrategyFocus.MENTIONED, 48.5)

    cells = strategy_groups.read(released)

    rows = {row.cells[0].value: [cell.value for cell in row.cells[1:]] for row in strategy_groups.table(cells).rows}
    assert rows["Digitalisering nämns"][-1] == "−1,5"
    assert rows["Ni"][0] == 50.0
    assert len(checked(strategy_groups.draw(cells)).data[-1].x) == 2


def test_shares_are_told_where_every_group_is(make: Make, organisation: OrganisationId, released: Basis) -> None:
    for focus, n in zip(StrategyFocus, (10, 20, 10), strict=True):
        told(make, organisation, focus, 50.0, n=n)

    notes = " ".join(strategy_groups.notes(strategy_groups.read(released)))

    assert "Av 40 andra organisationer har 25\u00a0% digitalisering som huvudspår, 50\u00a0% nämner den" in notes
