"""What a later tree shows of an earlier year depends on whole old pieces, and so tells nothing more."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.organisations import random_answers, random_tree
from dimios_dash.domain.disclosure import Release, release
from dimios_dash.domain.gate.counting import Answers
from dimios_dash.domain.gate.regrouping import GONE, Regrouped, regroup

UNITS, STATEMENTS = 20, 2


def with_answers_exchanged(random: np.random.Generator, answers: Answers, made: Release) -> Answers:
    """Within each piece the same answers, given by others of those who gave any."""
    values = answers.values.copy()
    for statement in range(STATEMENTS):
        home = np.where(values[:, statement] > 0, made.home[answers.unit, statement], -1)
        for piece in np.unique(home[home >= 0]):
            values[home == piece, statement] = random.permutation(values[home == piece, statement])
    return Answers(answers.unit, answers.role, answers.link, values)


@given(st.integers(0, 10_000))
def test_what_is_shown_in_a_later_tree_is_a_function_of_whole_pieces(seed: int) -> None:
    random = np.random.default_rng(seed)
    tree, later = random_tree(random, UNITS), random_tree(random, UNITS)
    answers = random_answers(random, tree, statements=STATEMENTS)
    continued = np.where(random.random(UNITS) < 0.1, GONE, random.permutation(UNITS)).astype(np.int32)
    made = release(tree, answers, 3)
    otherwise = release(tree, with_answers_exchanged(random, answers, made), 3)

    one, other = (regroup(each, later, continued, 6) for each in (made, otherwise))

    for field in fields(Regrouped):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name), equal_nan=True)
    assert np.isin(one.answers[one.answers > 0], range(3, 10**6)).all()
    sums = np.rint((one.mean / 100 * 5 + 1) * one.answers)
    assert (np.isnan(one.mean) == (one.answers == 0)).all()
    assert np.nansum(sums[0]) == made.piece_sum.sum()
