"""What holds for the release of any organisation."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.disclosure import Answers, Hidden, release
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Tree, Answers]:
    """Up to 8 units, 40 people and 3 statements; some people by open link."""
    size = draw(st.integers(1, 8))
    tree = tree_of(*(draw(st.integers(0, unit - 1)) for unit in range(1, size)))
    person = st.tuples(st.integers(0, size - 1), st.booleans(), st.lists(st.integers(0, 6), min_size=3, max_size=3))
    people = draw(st.lists(person, max_size=40))
    return tree, Answers(
        unit=np.array([unit for unit, _, _ in people], dtype=np.int32),
        role=np.ones(len(people), dtype=np.int8),
        link=np.array([link for _, link, _ in people], dtype=np.bool_),
        values=np.array([values for *_, values in people], dtype=np.int8).reshape(len(people), 3),
    )


def by_email(answers: Answers) -> Answers:
    return Answers(answers.unit, answers.role, np.zeros_like(answers.link), answers.values)


@given(organisations())
def test_the_whole_is_shown_with_every_answer_from_k_on(organisation: tuple[Tree, Answers]) -> None:
    tree, answers = organisation[0], by_email(organisation[1])

    made = release(tree, answers, k=3)

    enough = (answers.values > 0).sum(axis=0) >= 3
    assert (made.hidden[0] == Hidden.SHOWN).tolist() == enough.tolist()
    assert made.piece_n.sum(axis=0)[enough].tolist() == (answers.values > 0).sum(axis=0)[enough].tolist()


@given(organisations())
def test_a_unit_without_its_shown_children_is_nobody_or_at_least_k(organisation: tuple[Tree, Answers]) -> None:
    tree, answers = organisation

    made = release(tree, answers, k=3)

    shown = made.hidden == Hidden.SHOWN
    behind = np.where(shown, tree.rollup(made.piece_n), 0)
    for unit in range(len(tree.ids)):
        rest = behind[unit] - behind[tree.children(unit)].sum(axis=0)
        assert ((rest == 0) | (rest >= 3) | ~shown[unit]).all()


@given(organisations())
def test_every_part_of_a_release_fits_the_others(organisation: tuple[Tree, Answers]) -> None:
    tree, answers = organisation

    made = release(tree, answers, k=3)

    shown = made.hidden == Hidden.SHOWN
    settled = made.home == np.arange(len(tree.ids))[:, None]
    assert (np.isnan(made.mean) == ~shown).all()
    assert (made.lifted == (shown & ~settled)).all()
    assert (settled <= shown).all()
    assert ((made.piece_n > 0) <= settled).all()
    assert ((made.mean >= 0) & (made.mean <= 100) | ~shown).all()


@given(organisations())
def test_sums_of_pieces_stay_within_the_blunted_ends(organisation: tuple[Tree, Answers]) -> None:
    tree, answers = organisation

    made = release(tree, answers, k=3)

    inhabited = made.piece_n > 0
    assert (made.piece_sum >= made.piece_n + 2)[inhabited].all()
    assert (made.piece_sum <= 6 * made.piece_n - 2)[inhabited].all()
    assert not made.piece_sum[~inhabited].any()


def reflected(answers: Answers) -> Answers:
    """The opposite answers: other scores, the same counts."""
    values = np.where(answers.values > 0, 7 - answers.values, 0).astype(np.int8)
    return Answers(answers.unit, answers.role, answers.link, values)


@given(organisations())
def test_what_is_hidden_says_nothing_about_scores(organisation: tuple[Tree, Answers]) -> None:
    tree, answers = organisation

    one, other = release(tree, answers, k=3), release(tree, reflected(answers), k=3)

    assert np.array_equal(one.hidden, other.hidden)
    assert np.array_equal(one.home, other.home)
    assert np.array_equal(one.bound, -other.bound)
