"""The rehearsal before a measurement: what it foretells is what releases then show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimios_dash.domain.disclosure import Answers, Hidden, release
from dimios_dash.domain.sample.visibility_forecast import UNKNOWN, Forecast, Invited, chance_of_means, forecast
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

RATE, DONT_KNOW = 0.65, 0.15
STATEMENTS = 3
CHANCE = 0.13  # how far two shares of a few hundred may lie apart


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def of_unknown_type(*people: int) -> Invited:
    invited = np.zeros((len(people), UNKNOWN + 1), dtype=np.int64)
    invited[:, UNKNOWN] = people
    return invited


def answers_of(random: np.random.Generator, invited: Invited) -> Answers:
    """A measurement as it might go: who answers, and where they say Vet ej."""
    unit, role = np.nonzero(invited[:, :UNKNOWN])
    numbers = invited[unit, role]
    everybody, roles = np.repeat(unit, numbers), np.repeat(role + 1, numbers)
    came = random.random(everybody.size) < RATE
    values = random.integers(1, 6, (int(came.sum()), STATEMENTS), endpoint=True, dtype=np.int8)
    values[random.random(values.shape) < DONT_KNOW] = 0
    return Answers(
        everybody[came].astype(np.int32), roles[came].astype(np.int8), np.zeros(len(values), dtype=np.bool_), values
    )


def observed(tree: Tree, invited: Invited, k: int, times: int) -> Forecast:
    """The shares of so many releases, statement by statement."""
    random = np.random.default_rng(7)
    made = [release(tree, answers_of(random, invited), k) for _ in range(times)]
    every = [
        np.mean([one.hidden == Hidden.SHOWN for one in made], axis=(0, 2)),
        np.mean([one.role_groups > 0 for one in made], axis=(0, 2)),
        np.mean([one.distribution.any(axis=-1) for one in made], axis=(0, 2)),
        np.mean([~np.isnan(one.dont_know[:, 0]) for one in made], axis=0),
    ]
    return Forecast(*every)


@pytest.mark.parametrize("k", [3, 5])
def test_what_is_foretold_is_what_many_releases_show(k: int) -> None:
    tree = tree_of(0, 0, 0, 1, 1, 2, 2, 2)
    invited = np.array(
        [[1, 1, 1, 0], [1, 0, 1, 0], [0, 2, 0, 0], [2, 3, 6, 0], [0, 2, 3, 0], [4, 6, 12, 0], [0, 0, 4, 0],
         [3, 3, 3, 0], [0, 1, 1, 0]]
    )  # fmt: skip

    told = forecast(tree, invited, k, RATE, DONT_KNOW)

    seen = observed(tree, invited, k, times=120)
    assert told.split is not None
    assert seen.split is not None
    assert np.abs(told.mean - seen.mean).max() < CHANCE
    assert np.abs(told.split - seen.split).max() < CHANCE
    assert np.abs(told.distribution - seen.distribution).max() < CHANCE
    assert np.abs(told.texts - seen.texts).max() < CHANCE
    assert ((told.mean > 0.3) & (told.mean < 0.7)).any()  # there was something to foretell


@st.composite
def samples(draw: st.DrawFn) -> tuple[Tree, Invited]:
    size = draw(st.integers(1, 9))
    tree = tree_of(*(draw(st.integers(0, unit - 1)) for unit in range(1, size)))
    return tree, of_unknown_type(*draw(st.lists(st.integers(0, 15), min_size=size, max_size=size)))


@given(samples(), st.sampled_from([3, 5, 10]))
@settings(max_examples=40)
def test_a_unit_with_fewer_invited_than_k_is_never_shown_and_nothing_finer_below_ten(
    sample: tuple[Tree, Invited], k: int
) -> None:
    tree, invited = sample
    people = tree.rollup(invited.sum(axis=1))

    told = forecast(tree, invited, k, 0.8)

    assert not told.mean[people < k].any()
    assert not told.distribution[people < 10].any()
    assert not told.texts[people < 10].any()
    assert told.split is None


@given(samples())
@settings(max_examples=40)
def test_finer_results_are_never_likelier_than_means(sample: tuple[Tree, Invited]) -> None:
    told = forecast(*sample, k=3, response_rate=RATE)

    assert (told.distribution <= told.mean).all()
    assert told.mean[0] == told.mean.max()


@given(samples(), st.data())
@settings(max_examples=40)
def test_more_invited_in_every_unit_lower_no_chance(sample: tuple[Tree, Invited], data: st.DataObject) -> None:
    """Many more: a few more in one unit can turn a number that is lifted into one that must be hidden."""
    tree, invited = sample
    before = chance_of_means(tree, invited, 3, RATE)

    after = chance_of_means(tree, invited + of_unknown_type(*[data.draw(st.integers(12, 20))] * len(invited)), 3, RATE)

    assert (after >= before - 0.05).all()


def test_the_more_are_invited_in_a_unit_by_itself_the_likelier_it_is_shown() -> None:
    chances = [chance_of_means(tree_of(), of_unknown_type(people), 3, RATE)[0] for people in range(20)]

    assert np.diff(chances).min() > -0.08
    assert chances[2] == 0
    assert chances[19] > 0.99


def test_the_same_sample_gets_the_same_chances() -> None:
    tree, invited = tree_of(0, 0, 1), of_unknown_type(2, 6, 5, 4)

    told, again = (forecast(tree, invited, 3, RATE) for _ in range(2))

    assert told.mean.tolist() == again.mean.tolist()
    assert told.texts.tolist() == again.texts.tolist()


def test_when_everybody_answers_everything_nothing_is_left_to_chance() -> None:
    told = forecast(tree_of(0, 0), np.array([[0, 0, 0, 0], [4, 4, 4, 0], [0, 0, 2, 0]]), 3, 1.0, 0.0)

    assert told.mean.tolist() in ([1, 0, 0], [1, 1, 0])
    assert set(told.distribution.tolist()) <= {0, 1}


def test_unknown_role_types_are_taken_to_be_like_the_known() -> None:
    known = np.array([[0, 0, 40, 0]])
    unknown = np.array([[0, 0, 1, 39]])

    assert forecast(tree_of(), known, 3, RATE).split == forecast(tree_of(), unknown, 3, RATE).split
