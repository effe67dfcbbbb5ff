"""Protected histograms: number and sum stay, and every histogram can become every other that has them."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from os import urandom

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from dimios_dash.domain.gate.spreading import Coins, moved_to, protect, spread, step

POINTS = np.arange(1, 7)


def coins(seed: int) -> Coins:
    return np.random.default_rng(seed).bytes


def bytes_in_turn(*words: bytes) -> Coins:
    """Coins whose every fall is known."""
    waiting = iter(words)
    return lambda count: next(waiting).ljust(count, b"\0")[:count]


def person(number: int) -> bytes:
    """The draw of that person, counted from the lowest answer."""
    return number.to_bytes(8, "little")


GO_ON, APART, TOGETHER, STOP = b"\x00", b"\x00", b"\xff", b"\xff"


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6).filter(any), min_size=1, max_size=5),
    st.floats(0, 1),
    st.integers(0, 1000),
)
def test_number_and_sum_stay_whatever_the_coins(rows: list[list[int]], way: float, seed: int) -> None:
    histograms = np.array(rows)
    answers = histograms.sum(axis=1)
    sums = np.rint(answers + way * 5 * answers).astype(np.int64)

    made = protect(histograms, sums, coins(seed))

    assert made.sum(axis=1).tolist() == answers.tolist()
    assert (made @ POINTS).tolist() == sums.tolist()
    assert (made >= 0).all()


def test_a_histogram_is_moved_to_its_blunted_sum() -> None:
    unanimous = np.array([[0, 0, 0, 0, 0, 10], [10, 0, 0, 0, 0, 0]])

    made = moved_to(unanimous, np.array([58, 12]))

    assert made.tolist() == [[0, 0, 0, 0, 2, 8], [8, 2, 0, 0, 0, 0]]


def test_a_sum_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="outside its scale"):
        protect(np.array([[0, 0, 3, 0, 0, 0]]), np.array([19]), coins(0))


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ([0, 0, 10, 0, 0, 0], [0, 1, 8, 1, 0, 0]),
        ([0, 0, 5, 5, 0, 0], [0, 1, 3, 6, 0, 0]),
        ([5, 0, 0, 0, 0, 5], [5, 0, 0, 0, 0, 5]),
        ([5, 1, 0, 0, 1, 5], [5, 1, 0, 0, 1, 5]),
        ([0, 1, 2, 3, 0, 0], [0, 1, 2, 3, 0, 0]),
        ([2, 0, 2, 0, 0, 8], [2, 1, 0, 1, 0, 8]),
    ],
)
def test_spreading_gives_every_common_answer_neighbours(narrow: list[int], wide: list[int]) -> None:
    assert spread(np.array([narrow])).tolist() == [wide]


def test_the_coins_decide_who_moves_and_which_way() -> None:
    start = np.array([[2, 2, 2, 2, 1, 1]])
    sums = start @ POINTS

    still = protect(start, sums, bytes_in_turn(STOP))
    apart = protect(start, sums, bytes_in_turn(GO_ON, person(2), person(4), APART, STOP))
    together = protect(start, sums, bytes_in_turn(GO_ON, person(0), person(8), TOGETHER, STOP))
    off_the_scale = protect(start, sums, bytes_in_turn(GO_ON, person(0), person(4), APART, STOP))

    assert still.tolist() == off_the_scale.tolist() == start.tolist()
    assert apart.tolist() == [[3, 1, 1, 3, 1, 1]]
    assert together.tolist() == [[1, 3, 2, 2, 2, 0]]


def histograms_of(answers: int) -> NDArray[np.int64]:
    """All histograms of so many answers, [M, 6]."""
    sheets = combinations_with_replacement(range(6), answers)
    return np.array([np.bincount(sheet, minlength=6) for sheet in sheets])


def all_steps(histograms: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Every step of every histogram: indices of where it starts and the histogram [6] where it ends, side by side."""
    steps = []
    for one, other, way in product(range(6), range(6), (APART, TOGETHER)):
        left = histograms - np.eye(6, dtype=np.int64)[one]
        rows = np.flatnonzero((left[:, one] >= 0) & (left[:, other] > 0))
        first = histograms[rows, :one].sum(axis=1).astype(np.uint64).tobytes()
        second = left[rows, :other].sum(axis=1).astype(np.uint64).tobytes()
        made = step(histograms[rows], bytes_in_turn(first, second, way * rows.size))
        steps.append(np.column_stack([rows, made]))
    return steps


@pytest.mark.parametrize("answers", range(2, 15))
def test_steps_lead_from_every_histogram_to_every_other_of_its_sum(answers: int) -> None:
    histograms = histograms_of(answers)
    place = {tuple(histogram): index for index, histogram in enumerate(histograms.tolist())}

    start, *ends = np.concatenate(all_steps(histograms)).T
    end = np.array([place[made] for made in zip(*(column.tolist() for column in ends), strict=True)])

    joined = csr_array((np.ones(start.size), (start, end)), shape=(len(place), len(place)))
    assert (joined.astype(bool) != joined.T.astype(bool)).nnz == 0
    assert connected_components(joined)[0] == np.unique(histograms @ POINTS).size


def test_a_picture_is_what_spreading_leaves_as_it_is() -> None:
    """So the last spreading shows any picture that shaking has led to."""
    for answers in range(1, 15):
        pictures = spread(histograms_of(answers))

        assert np.array_equal(spread(pictures), pictures)


def test_two_releases_of_the_same_answers_look_different() -> None:
    histograms = np.tile([4, 5, 6, 7, 8, 9], (50, 1))

    one, other = (protect(histograms, histograms @ POINTS, urandom) for _ in range(2))

    assert not np.array_equal(one, other)


def test_a_picture_is_oftener_another_than_the_truth() -> None:
    truth = np.tile([0, 2, 4, 3, 2, 1], (2_000, 1))

    shown = protect(truth, truth @ np.arange(1, 7), coins(12))

    assert 0.2 < (shown == truth).all(axis=1).mean() < 0.5
