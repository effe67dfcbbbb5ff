"""Who is like us, by weights of our own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.similar import Weights, distance, most_similar
from dimios_dash.domain.comparing.size_class import SizeClass, size_class
from dimios_dash.domain.sector import Sector


@dataclass(frozen=True)
class Known:
    sector: Sector = Sector.KOMMUN
    size: SizeClass | None = SizeClass.MIDDLE
    county: County | None = County.SKANE


OWN = Known()


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        (Known(), 0),
        (Known(size=SizeClass.LARGE), 1),
        (Known(size=SizeClass.HUGE), 2),
        (Known(size=None), 3),
        (Known(sector=Sector.REGION), 20),
        (Known(county=County.DALARNA), 100),
        (Known(county=None), 100),
    ],
)
def test_each_unlikeness_counts_by_its_weight(other: Known, apart: float) -> None:
    assert distance(OWN, other, Weights(size=3, sector=20, county=100)) == pytest.approx(apart)


def test_what_has_no_weight_does_not_count() -> None:
    other = Known(Sector.REGION, SizeClass.HUGE, County.DALARNA)

    assert distance(OWN, other, Weights(0, 0, 0)) == 0


def test_the_nearest_are_chosen_and_those_that_are_as_near() -> None:
    near, as_near, far = Known(), Known(size=SizeClass.LARGE), Known(sector=Sector.REGION)

    chosen = most_similar(OWN, [far, as_near, near, as_near], Weights(1, 1, 1), wanted=2)

    assert chosen == [as_near, near, as_near]


def test_an_organisation_without_a_county_is_not_in_the_same_one_as_another_without() -> None:
    assert distance(Known(county=None), Known(county=None), Weights(0, 0, 1)) == 1


@pytest.mark.parametrize(
    ("employees", "size"),
    [
        (None, None),
        (0, SizeClass.SMALL),
        (999, SizeClass.SMALL),
        (1_000, SizeClass.MIDDLE),
        (2_999, SizeClass.MIDDLE),
        (3_000, SizeClass.LARGE),
        (10_000, SizeClass.HUGE),
    ],
)
def test_sizes_have_four_classes(employees: int | None, size: SizeClass | None) -> None:
    assert size_class(employees) is size
