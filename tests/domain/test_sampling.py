from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.sampling import Draw, allocate, draw, permanent_number
from dimios_dash.errors import Invalid

numbers = st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=60, unique=True)


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


def test_a_permanent_number_is_the_beginning_of_the_published_digest() -> None:
    published = 0x5BDCC146BF60754E  # RFC 4231, test case 2

    assert permanent_number(b"Jefe", b"what do ya want for nothing?") == published / 2**64


def test_other_people_and_other_keys_have_other_numbers() -> None:
    people = [f"anna{person}@exempel.se".encode() for person in range(1000)]

    ours, theirs = ([permanent_number(key, person) for person in people] for key in (b"ours", b"theirs"))

    assert len({*ours, *theirs}) == 2000
    assert sum(ours) / 1000 == pytest.approx(0.5, abs=0.04)
    assert all(0 <= number <= 1 for number in ours)


def test_eighty_of_four_hundred_in_four_years_ask_nobody_twice() -> None:
    people = [permanent_number(b"key", str(person).encode()) for person in range(400)]
    asked: list[int] = []
    last = None

    for _year in range(4):
        this_year = draw(people, 80, last)
        last = this_year.last
        asked += this_year.chosen

    assert len(asked) == len(set(asked)) == 320


@given(st.data(), numbers)
def test_nobody_is_asked_twice_before_the_wheel_has_gone_round(data: st.DataObject, people: list[float]) -> None:
    asked: list[int] = []
    last = None

    while len(asked) < len(people):
        this_year = draw(people, data.draw(st.integers(1, len(people) - len(asked))), last)
        last = this_year.last
        asked += this_year.chosen

    assert sorted(asked) == list(range(len(people)))


@given(st.data(), numbers)
def test_who_was_asked_rests_also_when_others_leave_and_join(data: st.DataObject, people: list[float]) -> None:
    first = draw(people, data.draw(st.integers(1, len(people))))
    asked = {people[person] for person in first.chosen}
    assert first.last is not None
    unasked = [number for number in data.draw(numbers) if number > first.last]

    second = draw([*asked, *unasked], len(unasked), first.last)

    assert asked.isdisjoint([*asked, *unasked][person] for person in second.chosen)


def test_drawing_nobody_leaves_the_wheel_where_it_stands() -> None:
    assert draw([0.1, 0.2], 0, after=0.15) == Draw((), 0.15)
    assert draw([0.1, 0.2], 0) == Draw((), None)


def test_after_the_last_number_the_wheel_begins_again() -> None:
    assert draw([0.3, 0.9, 0.1, 0.5], 3, after=0.5) == Draw((1, 2, 0), 0.3)


@pytest.mark.parametrize("size", [-1, 3])
def test_no_more_can_be_drawn_than_there_are(size: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        draw([0.1, 0.2], size)
