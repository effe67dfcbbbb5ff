"""What a release shows, hides and says about it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dimios_dash.domain.disclosure import Answers, Hidden, Leak, release
from dimios_dash.domain.gate import choosing
from dimios_dash.domain.gate.choosing import Choice
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def answers_in(units: dict[int, list[list[int]]], link: dict[int, list[list[int]]] | None = None) -> Answers:
    """Answer sheets by unit, by e-mail and by open link; 0 is Vet ej."""
    sheets = [
        (unit, by_link, sheet)
        for by_link, group in ((False, units), (True, link or {}))
        for unit, given_there in group.items()
        for sheet in given_there
    ]
    return Answers(
        unit=np.array([unit for unit, _, _ in sheets], dtype=np.int32),
        role=np.ones(len(sheets), dtype=np.int8),
        link=np.array([by_link for _, by_link, _ in sheets], dtype=np.bool_),
        values=np.array([sheet for *_, sheet in sheets], dtype=np.int8).reshape(len(sheets), -1),
    )


def same(value: int, times: int) -> list[list[int]]:
    return [[value]] * times


def first(column: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> list[object]:
    """The first statement's values."""
    return list(column[:, 0].tolist())


def test_the_worked_example_of_the_scoring_rules() -> None:
    sheets = [[4, 3, 5, 2, 0], [5, 3, 4, 2, 6], [3, 0, 4, 1, 5], [6, 4, 0, 3, 0], [2, 2, 3, 2, 0]]

    made = release(tree_of(), answers_in({0: sheets}), k=3)

    assert made.mean[0].tolist() == pytest.approx([60, 40, 60, 20, np.nan], nan_ok=True)
    assert made.hidden[0].tolist() == [Hidden.SHOWN] * 4 + [Hidden.TOO_FEW]
    assert made.piece_sum[0, :4].tolist() == [20, 12, 16, 10]
    assert made.answered.tolist() == [5]


def test_a_small_unit_is_counted_one_level_up() -> None:
    made = release(tree_of(0, 0), answers_in({0: same(3, 3), 1: same(4, 2), 2: same(5, 3)}), k=3)

    assert first(made.hidden) == [Hidden.SHOWN, Hidden.TOO_FEW, Hidden.SHOWN]
    assert first(made.home) == [0, 0, 2]
    assert first(made.piece_n) == [5, 0, 3]
    assert first(made.piece_sum) == [17, 0, 15]
    assert first(made.mean)[::2] == [60.0, 80.0]


def test_a_big_unit_is_hidden_where_it_would_single_out_a_small_one() -> None:
    made = release(tree_of(0, 0), answers_in({1: same(4, 2), 2: same(5, 3)}), k=3)

    assert first(made.hidden) == [Hidden.SHOWN, Hidden.TOO_FEW, Hidden.PROTECTS_OTHERS]
    assert first(made.home) == [0, 0, 0]


def test_a_lifted_unit_is_shown_without_the_few_who_are_counted_above() -> None:
    made = release(tree_of(0, 1), answers_in({0: same(2, 2), 1: same(1, 1), 2: same(5, 6)}), k=3)

    assert first(made.hidden) == [Hidden.SHOWN] * 3
    assert first(made.lifted) == [False, True, False]
    assert first(made.home) == [0, 0, 2]
    assert first(made.mean)[1:] == [80.0, 80.0]
    assert made.answered.tolist() == [9, 7, 6]


def test_the_same_unit_is_hidden_on_every_statement_where_it_can_be() -> None:
    everything, no_first, no_second = [4, 4], [0, 4], [4, 0]
    sheets = {0: [everything], 1: [everything] * 4 + [no_first], 2: [everything] * 4 + [no_second]}

    made = release(tree_of(0, 0), answers_in(sheets), k=3)

    assert np.array_equal(made.hidden[:, 0], made.hidden[:, 1])
    assert set(first(made.hidden)[1:]) == {Hidden.SHOWN, Hidden.PROTECTS_OTHERS}


def test_open_link_answers_do_not_help_email_answers_over_the_threshold() -> None:
    made = release(tree_of(0, 0), answers_in({0: same(3, 3), 1: same(4, 2)}, link={1: same(4, 5), 2: same(2, 3)}), k=3)

    assert first(made.hidden) == [Hidden.SHOWN, Hidden.PROTECTS_OTHERS, Hidden.SHOWN]
    assert first(made.home) == [0, 0, 2]


def test_answers_by_open_link_only_are_shown_from_k_on() -> None:
    made = release(tree_of(0, 0), answers_in({}, link={0: same(4, 1), 1: same(4, 2), 2: same(5, 4)}), k=3)

    assert first(made.hidden) == [Hidden.SHOWN, Hidden.TOO_FEW, Hidden.SHOWN]


def test_too_few_email_answers_hide_the_whole_but_not_a_unit_of_open_link_answers() -> None:
    made = release(tree_of(0), answers_in({0: same(4, 2)}, link={1: same(5, 3)}), k=3)

    assert first(made.hidden) == [Hidden.PROTECTS_OTHERS, Hidden.SHOWN]
    assert first(made.home) == [-1, 1]
    assert first(made.piece_n) == [0, 3]


@pytest.mark.parametrize(("value", "mean", "bound"), [(6, 86.7, 1), (1, 13.3, -1), (4, 60.0, 0)])
def test_a_unanimous_group_is_blunted_and_says_so(value: int, mean: float, bound: int) -> None:
    made = release(tree_of(), answers_in({0: same(value, 3)}), k=3)

    assert first(made.mean) == [mean]
    assert first(made.bound) == [bound]


def test_a_group_that_stands_at_the_bound_unmoved_is_marked_too() -> None:
    made = release(tree_of(0), answers_in({0: [[6], [6], [4]], 1: same(5, 3)}), k=3)

    assert first(made.piece_sum) == [16, 15]
    assert first(made.bound) == [0, 0]
    assert first(release(tree_of(), answers_in({0: [[6], [6], [4]]}), k=3).bound) == [1]


def test_a_higher_k_needs_bigger_groups() -> None:
    answers = answers_in({0: same(4, 4), 1: same(4, 5)})

    made = release(tree_of(0), answers, k=5)

    assert first(made.hidden) == [Hidden.SHOWN, Hidden.PROTECTS_OTHERS]
    assert first(release(tree_of(0), answers, k=10).hidden) == [Hidden.TOO_FEW, Hidden.TOO_FEW]


def test_nobody_answering_gives_an_empty_release() -> None:
    nobody = Answers(np.zeros(0, np.int32), np.zeros(0, np.int8), np.zeros(0, np.bool_), np.zeros((0, 2), np.int8))

    made = release(tree_of(0, 0), nobody, k=3)

    assert (made.hidden == Hidden.NO_ANSWERS).all()
    assert (made.home == -1).all()
    assert np.isnan(made.mean).all()
    assert not np.stack([made.lifted, made.bound, made.piece_n, made.piece_sum]).any()
    assert made.answered.tolist() == [0, 0, 0]


def test_do_not_know_counts_as_answered_but_not_as_an_answer() -> None:
    made = release(tree_of(), answers_in({0: same(0, 5)}), k=3)

    assert first(made.hidden) == [Hidden.TOO_FEW]
    assert made.answered.tolist() == [5]


@pytest.mark.parametrize("parents", [(0, 1, 1), (0, 1, 2, 2)])
def test_where_the_few_of_a_unit_are_counted_does_not_tell_which_of_them_said_vet_ej(parents: tuple[int, ...]) -> None:
    *_, one_team, other_team = range(len(parents) + 1)
    heads = {unit: same(5, 1) for unit in range(1, one_team)}
    teams = {one_team: same(2, 3), other_team: same(4, 3)}
    everybody = {0: same(2, 3), **heads, **teams}
    answered = release(tree_of(*parents), answers_in(everybody), k=3)

    for head in heads:
        made = release(tree_of(*parents), answers_in({**everybody, head: same(0, 1)}), k=3)

        assert first(made.lifted)[1:one_team] == [True] * len(heads)
        for told in ("hidden", "lifted", "home"):
            assert np.array_equal(getattr(made, told), getattr(answered, told)), told


def test_a_unit_of_one_is_hidden_alike_whether_they_answered_or_said_vet_ej() -> None:
    knowing = release(tree_of(0, 0), answers_in({0: same(3, 3), 1: same(4, 1)}), k=3)
    unsure = release(tree_of(0, 0), answers_in({0: same(3, 3), 1: same(0, 1)}), k=3)

    assert first(knowing.hidden) == first(unsure.hidden) == [Hidden.SHOWN, Hidden.TOO_FEW, Hidden.NO_ANSWERS]
    assert first(knowing.home) == first(unsure.home)


def test_a_unit_where_nobody_is_left_over_is_not_lifted() -> None:
    made = release(tree_of(0, 1, 1), answers_in({0: same(2, 3), 2: same(2, 3), 3: same(4, 3)}), k=3)

    assert first(made.lifted) == [False] * 4
    assert first(made.home) == [0, 1, 2, 3]


def test_whether_a_picture_is_shown_does_not_tell_whether_the_head_said_vet_ej() -> None:
    sheets = {0: same(3, 12), 2: same(2, 5), 3: same(4, 6)}
    knowing = release(tree_of(0, 1, 1), answers_in({**sheets, 1: same(5, 1)}), k=3)
    unsure = release(tree_of(0, 1, 1), answers_in({**sheets, 1: same(0, 1)}), k=3)

    assert np.array_equal(knowing.distribution.any(axis=-1), unsure.distribution.any(axis=-1))


def show_everything_from_three(
    tree: Tree, own: np.ndarray[tuple[int, ...], np.dtype[np.int64]], k: int, **_: object
) -> Choice:
    """The plain rule that anonymity forbids."""
    enough = tree.rollup(own.sum(axis=0)) >= k
    return Choice(shown=enough, settled=enough)


def test_an_unsafe_choice_is_never_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "choose", show_everything_from_three)
    answers = answers_in({0: [[4, 0]], 1: [[4, 4], [4, 4], [4, 4]]})

    with pytest.raises(Leak) as refusal:
        release(tree_of(0), answers, k=3)

    assert refusal.value.statements == (0,)


THREE_SHEETS = answers_in({0: same(4, 3)})


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (replace(THREE_SHEETS, unit=np.array([0, 0, 1], np.int32)), "outside the tree"),
        (replace(THREE_SHEETS, unit=np.array([0, 0, -1], np.int32)), "outside the tree"),
        (replace(THREE_SHEETS, unit=np.array([0, 0], np.int32)), "the same respondents"),
        (replace(THREE_SHEETS, values=np.array([[4], [4], [7]], np.int8)), "outside 0"),
        (replace(THREE_SHEETS, values=np.array([[4], [4], [-1]], np.int8)), "outside 0"),
        (replace(THREE_SHEETS, values=np.zeros((3, 0), np.int8)), "at least one statement"),
    ],
)
def test_answers_outside_their_range_are_refused(answers: Answers, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        release(tree_of(), answers, k=3)


def test_only_the_promised_group_sizes_and_scales_with_room_are_accepted() -> None:
    answers = answers_in({0: same(2, 3)})

    with pytest.raises(ValueError, match="k must be one of"):
        release(tree_of(), answers, k=2)
    with pytest.raises(ValueError, match="at least 3 points"):
        release(tree_of(), answers, k=3, scale_points=2)


def test_the_split_of_a_unit_does_not_tell_that_its_only_one_of_a_type_said_vet_ej() -> None:
    values = np.array([[4, 0]] + [[3, 3]] * 10, dtype=np.int8)
    answers = Answers(
        unit=np.zeros(11, np.int32), role=np.repeat([1, 2, 3], [1, 4, 6]).astype(np.int8),
        link=np.zeros(11, np.bool_), values=values,
    )  # fmt: skip

    made = release(tree_of(), answers, k=3)

    assert made.role_groups.tolist() == [[2, 2]]
