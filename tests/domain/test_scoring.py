"""Scores, levels and what stands out."""

from __future__ import annotations

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash import instruments
from dimios_dash.domain.scoring import (
    Level,
    LevelHidden,
    LevelMean,
    Means,
    levels,
    score,
    statement_mean,
    strengths,
    weaknesses,
)
from dimios_dash.ids import StatementKey

INSTRUMENT = instruments.load()
KEYS = INSTRUMENT.statement_keys

one_decimal = st.integers(0, 1000).map(lambda tenths: tenths / 10)
released = st.lists(st.none() | one_decimal, min_size=30, max_size=30).map(
    lambda values: dict(zip(KEYS, values, strict=True))
)


def means(**shown: float) -> dict[StatementKey, float | None]:
    """Every statement hidden except those given: F1_2=40.0 is statement F1.2."""
    given_means = {name.replace("_", "."): mean for name, mean in shown.items()}
    return {key: given_means.get(key) for key in KEYS}


def all_at(mean: float, **other: float | None) -> dict[StatementKey, float | None]:
    exceptions = {name.replace("_", "."): value for name, value in other.items()}
    return {key: exceptions.get(key, mean) for key in KEYS}


def level(key: str, released_means: Means) -> LevelMean:
    return next(value for value in levels(INSTRUMENT, released_means) if value.key == key)


@pytest.mark.parametrize(("answer", "expected"), [(1, 0.0), (2, 20.0), (3, 40.0), (4, 60.0), (5, 80.0), (6, 100.0)])
def test_an_answer_scores_between_nought_and_a_hundred(answer: int, expected: float) -> None:
    assert score(answer) == expected


@pytest.mark.parametrize("answer", [0, 7, -1])
def test_a_point_outside_the_scale_has_no_score(answer: int) -> None:
    with pytest.raises(ValueError, match="not a point of the scale"):
        score(answer)


@pytest.mark.parametrize(("total", "n", "expected"), [(20, 5, 60.0), (12, 4, 40.0), (3, 3, 0.0), (18, 3, 100.0)])
def test_a_statement_mean_comes_from_a_sum_and_a_number(total: int, n: int, expected: float) -> None:
    assert statement_mean(total, n) == expected


@given(st.lists(st.integers(1, 6), min_size=1, max_size=50))
def test_a_statement_mean_is_the_mean_of_the_scores(answers: list[int]) -> None:
    mean = statement_mean(sum(answers), len(answers))

    assert mean == pytest.approx(fmean(score(answer) for answer in answers))


@pytest.mark.parametrize(("total", "n"), [(0, 0), (4, 5), (31, 5)])
def test_a_sum_that_cannot_be_has_no_mean(total: int, n: int) -> None:
    with pytest.raises(ValueError, match="answer"):
        statement_mean(total, n)


def test_the_worked_example_gives_45_and_never_the_pooled_49() -> None:
    k, dont_know = 3, 0
    answers = {
        "F1.1": (4, 5, 3, 6, 2),
        "F1.2": (3, 3, dont_know, 4, 2),
        "F1.3": (5, 4, 4, dont_know, 3),
        "F1.4": (2, 2, 1, 3, 2),
        "F1.5": (dont_know, 6, 5, dont_know, dont_know),
    }
    valid = {key: [answer for answer in column if answer] for key, column in answers.items()}
    released_means = means() | {
        StatementKey(key): statement_mean(sum(column), len(column)) for key, column in valid.items() if len(column) >= k
    }

    values = levels(INSTRUMENT, released_means)

    assert [released_means[key] for key in KEYS[:5]] == [60.0, 40.0, 60.0, 20.0, None]
    assert LevelMean(Level.CATEGORY, "F1", 45.0, None) in values
    assert 49.0 not in {value.mean for value in values}


def test_levels_come_as_categories_dimensions_and_index() -> None:
    values = levels(INSTRUMENT, all_at(50.0))

    assert [(value.level, value.key) for value in values] == [
        *((Level.CATEGORY, key) for key in ("F1", "F2", "F3", "A1", "A2", "A3")),
        *((Level.DIMENSION, key) for key in ("F", "A")),
        (Level.INDEX, "index"),
    ]
    assert {value.mean for value in values} == {50.0}


def test_a_category_needs_three_shown_statements() -> None:
    two, three = means(F1_1=10.0, F1_2=20.0), means(F1_1=10.0, F1_2=20.0, F1_5=60.0)

    assert level("F1", two) == LevelMean(Level.CATEGORY, "F1", None, LevelHidden.FEW_STATEMENTS)
    assert level("F1", three) == LevelMean(Level.CATEGORY, "F1", 30.0, None)


def test_a_hidden_category_hides_its_dimension_and_the_index_but_not_the_other_dimension() -> None:
    values = all_at(50.0, A2_1=None, A2_2=None, A2_3=None)

    assert level("A2", values).hidden is LevelHidden.FEW_STATEMENTS
    assert level("A", values) == LevelMean(Level.DIMENSION, "A", None, LevelHidden.HIDDEN_CATEGORY)
    assert level("index", values) == LevelMean(Level.INDEX, "index", None, LevelHidden.HIDDEN_DIMENSION)
    assert level("F", values).mean == 50.0


def test_every_category_weighs_the_same_however_many_statements_it_shows() -> None:
    values = all_at(60.0, F1_1=None, F1_2=None, F1_3=0.0, F1_4=0.0, F1_5=0.0)

    assert level("F", values).mean == 40.0


def test_a_dimension_is_computed_before_its_categories_are_rounded() -> None:
    values = all_at(50.0, F1_1=50.3, F2_1=50.3)  # 50.06, 50.06, 50: their mean is 50.04, not 50.07

    shown = [level(key, values).mean for key in ("F1", "F2", "F3", "F")]

    assert shown == [50.1, 50.1, 50.0, 50.0]


def test_the_index_is_computed_before_the_dimensions_are_rounded() -> None:
    values = all_at(50.0, F1_1=59.9, A1_1=61.4)  # 50.66 and 50.76: their mean is 50.71, not 50.75

    shown = [level(key, values).mean for key in ("F", "A", "index")]

    assert shown == [50.7, 50.8, 50.7]


@given(released)
def test_a_level_has_a_mean_or_a_reason_and_never_both(released_means: Means) -> None:
    for value in levels(INSTRUMENT, released_means):
        assert (value.mean is None) != (value.hidden is None)


@given(released)
def test_no_level_leaves_the_range_of_the_shown_statements(released_means: Means) -> None:
    shown = [mean for mean in released_means.values() if mean is not None]

    for value in levels(INSTRUMENT, released_means):
        if value.mean is not None:
            assert min(shown) <= value.mean <= max(shown)


def test_a_statement_without_an_entry_is_a_mistake_and_not_a_hidden_one() -> None:
    incomplete = all_at(50.0)
    del incomplete[StatementKey("A3.5")]

    with pytest.raises(KeyError, match=r"A3\.5"):
        levels(INSTRUMENT, incomplete)


@pytest.mark.parametrize("hidden", LevelHidden)
def test_every_reason_for_hiding_is_explained(hidden: LevelHidden) -> None:
    assert hidden.explanation.startswith("Visas inte, eftersom ")


def test_absolute_strengths_begin_at_67_and_weaknesses_at_33() -> None:
    values = all_at(50.0, F1_1=66.9, F1_2=67.0, F1_3=90.0, A1_1=33.1, A1_2=33.0, A1_3=5.0)

    assert strengths(INSTRUMENT, values).absolute == ("F1.3", "F1.2")
    assert weaknesses(INSTRUMENT, values).absolute == ("A1.3", "A1.2")


def test_even_the_best_have_three_lowest() -> None:
    values = all_at(90.0, F2_1=80.0, F2_2=85.0, A3_5=81.0, F3_1=95.0, A1_1=99.0, A1_2=97.0)

    assert weaknesses(INSTRUMENT, values).absolute == ()
    assert weaknesses(INSTRUMENT, values).relative == ("F2.1", "A3.5", "F2.2")
    assert strengths(INSTRUMENT, values).relative == ("A1.1", "A1.2", "F3.1")


def test_equal_means_stand_in_the_order_of_the_instrument() -> None:
    values = all_at(50.0, A3_5=70.0, A1_1=70.0, F2_2=70.0, F1_4=70.0, A2_2=30.0, F3_3=30.0, F1_5=20.0)

    assert strengths(INSTRUMENT, values).relative == ("F1.4", "F2.2", "A1.1")
    assert weaknesses(INSTRUMENT, values).relative == ("F1.5", "F3.3", "A2.2")


def test_hidden_statements_are_neither_strong_nor_weak() -> None:
    values = means(F1_1=70.0, F1_2=60.0, F1_3=50.0, F1_4=40.0, F1_5=30.0, A1_1=20.0)

    assert strengths(INSTRUMENT, values).relative == ("F1.1", "F1.2", "F1.3")
    assert weaknesses(INSTRUMENT, values).relative == ("A1.1", "F1.5", "F1.4")


@pytest.mark.parametrize(
    ("shown", "strong", "weak"), [(0, 0, 0), (1, 1, 0), (2, 1, 1), (3, 2, 1), (4, 2, 2), (5, 3, 2), (6, 3, 3)]
)
def test_few_shown_statements_are_shared_between_strong_and_weak(shown: int, strong: int, weak: int) -> None:
    values = {key: 10.0 * place if place < shown else None for place, key in enumerate(KEYS)}

    assert len(strengths(INSTRUMENT, values).relative) == strong
    assert len(weaknesses(INSTRUMENT, values).relative) == weak


@given(released)
def test_no_statement_is_a_relative_strength_and_weakness_at_once(released_means: Means) -> None:
    strong = set(strengths(INSTRUMENT, released_means).relative)
    weak = set(weaknesses(INSTRUMENT, released_means).relative)

    assert not strong & weak
