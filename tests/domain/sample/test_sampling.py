from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.sample.sampling import Candidate, allocate, draw, permanent_number
from dimios_dash.errors import Invalid

candidates = st.builds(Candidate, st.floats(0, 1, exclude_max=True), st.one_of(st.none(), st.integers(2020, 2025)))


def test_small_strata_are_asked_in_full_and_the_large_one_gets_the_rest() -> None:
    assert allocate([5, 10, 1000], sample=100, minimum=9) == (5, 9, 86)


@pytest.mark.parametrize(
    ("sizes", "sample", "minimum", "expected"),
    [
        ([100, 200, 300], 60, 0, (10, 20, 30)),
        ([10, 10, 10], 10, 0, (4, 3, 3)),
        ([21, 37, 42], 10, 0, (2, 4, 4)),
        ([0, 50, 50], 20, 3, (0, 10, 10)),
        ([5, 5], 10, 9, (5, 5)),
        ([5, 5], 0, 0, (0, 0)),
        ([], 0, 9, ()),
        ([3, 40, 400], 60, 9, (3, 9, 48)),
    ],
)
def test_a_sample_is_shared_in_proportion_by_largest_remainder(
    sizes: list[int], sample: int, minimum: int, expected: tuple[int, ...]
) -> None:
    assert allocate(sizes, sample, minimum) == expected


@given(st.data(), st.lists(st.integers(0, 400), min_size=1, max_size=20), st.integers(0, 12))
def test_strata_sum_to_the_sample_within_their_limits(data: st.DataObject, sizes: list[int], minimum: int) -> None:
    least = [min(size, minimum) for size in sizes]
    sample = data.draw(st.integers(sum(least), sum(sizes)))

    asked = allocate(sizes, sample, minimum)

    assert sum(asked) == sample
    assert all(low <= each <= size for low, each, size in zip(least, asked, sizes, strict=True))


@given(st.data(), st.lists(st.integers(0, 400), min_size=2, max_size=20), st.integers(0, 12))
def test_a_larger_stratum_is_never_asked_less(data: st.DataObject, sizes: list[int], minimum: int) -> None:
    sizes = sorted(sizes, reverse=True)
    sample = data.draw(st.integers(sum(min(size, minimum) for size in sizes), sum(sizes)))

    asked = allocate(sizes, sample, minimum)

    assert list(asked) == sorted(asked, reverse=True)


def test_a_sample_too_small_for_the_minimums_says_how_large_it_must_be() -> None:
    with pytest.raises(Invalid, match="minst 23 personer"):
        allocate([5, 10, 1000], sample=22, minimum=9)


def test_a_sample_larger_than_everybody_says_how_many_there_are() -> None:
    with pytest.raises(Invalid, match="högst 15 personer"):
        allocate([5, 10], sample=16, minimum=3)


@pytest.mark.parametrize(("sizes", "minimum"), [([-1, 5], 3), ([5], -3)])
def test_a_negative_number_of_people_is_refused(sizes: list[int], minimum: int) -> None:
    with pytest.raises(ValueError, match="never negative"):
        allocate(sizes, sample=3, minimum=minimum)


def test_a_permanent_number_is_the_beginning_of_the_digest() -> None:
    assert permanent_number(bytes.fromhex("5bdcc146bf60754e6a042426089575c7")) == 0x5BDCC146BF60754E / 2**64


def test_eighty_of_four_hundred_in_four_years_ask_nobody_twice() -> None:
    people = [Candidate(number / 400, None) for number in range(400)]
    asked: list[int] = []

    for year in range(2022, 2026):
        chosen = draw(people, 80)
        asked += chosen
        people = [replace(each, asked=year) if place in chosen else each for place, each in enumerate(people)]

    assert len(asked) == len(set(asked)) == 320


@given(st.data(), st.lists(candidates, min_size=1, max_size=40))
def test_nobody_is_asked_while_somebody_has_rested_longer(data: st.DataObject, people: list[Candidate]) -> None:
    chosen = draw(people, data.draw(st.integers(0, len(people))))

    last_of_the_chosen = max((people[place].asked or 0 for place in chosen), default=0)
    left = [people[place].asked or 0 for place in range(len(people)) if place not in chosen]
    assert all(asked >= last_of_the_chosen for asked in left)


@given(st.data(), st.lists(candidates, min_size=1, max_size=40))
def test_who_joins_late_takes_nobodys_number(data: st.DataObject, people: list[Candidate]) -> None:
    size = data.draw(st.integers(0, len(people)))
    chosen = draw(people, size)

    after = draw([*people, Candidate(number=1.0, asked=2026)], size)

    assert after == chosen


def test_among_equals_the_lowest_permanent_number_is_drawn() -> None:
    people = [Candidate(0.3, None), Candidate(0.9, 2023), Candidate(0.1, 2024), Candidate(0.2, None)]

    assert draw(people, 1) == (3,)
    assert draw(people, 2) == (0, 3)
    assert draw(people, 3) == (0, 1, 3)


@pytest.mark.parametrize("size", [-1, 3])
def test_no_more_can_be_drawn_than_there_are(size: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        draw([Candidate(0.1, None), Candidate(0.2, None)], size)
