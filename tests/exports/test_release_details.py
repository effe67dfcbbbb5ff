from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from db.commands import suggestions as reviews
from db.queries import released_details, suggestions
from dimios_dash.domain.gate.finer_hidden import FinerHidden
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState
from dimios_dash.domain.scopes import ResultsScope, ReviewScope
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.ids import SuggestionId, UnitId
from tests.conftest import AsWeb
from tests.exports.conftest import KEYS
from tests.factories import Make


def exported(make: Make, scope: ResultsScope, *, as_written: bool = False) -> dict[str, Any]:
    reviewing = make.reviewing(scope.organisation_id, scope.year) if as_written else None
    parsed: dict[str, Any] = json.loads(as_json(gather(make.session, scope, reviewing=reviewing)))
    return parsed


def of(unit: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for entry in entries if entry["unit"] == unit]


def test_groups_of_role_types_are_shown_with_their_marks(make: Make, released: ResultsScope) -> None:
    splits = exported(make, released)["splits"]

    assert {(each["group"], each["mean"], each["at_bound"]) for each in of("A", splits)} == {
        ("2", 86.7, "eller högre"),
        ("1+2", 86.7, "eller högre"),
    }
    assert {(each["group"], each["mean"]) for each in of("C", splits)} == {("2", 45.0), ("1+2", 45.0)}
    assert of("B", splits) == of("D", splits) == []


def test_a_distribution_has_the_number_and_the_mean_that_are_shown(make: Make, released: ResultsScope) -> None:
    file = exported(make, released)

    means = {each["statement"]: each["mean"] for each in of("E", file["means"])}
    assert {each["unit"] for each in file["distributions"]} == {"E"}
    for each in file["distributions"]:
        answers = np.repeat(np.arange(6) * 20, each["counts"])
        assert answers.size == 12
        assert answers.mean() == pytest.approx(means[each["statement"]], abs=0.05)


def test_dont_know_is_shown_from_ten_respondents_and_says_why_not_elsewhere(make: Make, released: ResultsScope) -> None:
    file = exported(make, released)

    assert {(each["share_or_band"], each["hidden"]) for each in of("E", file["dont_know"])} == {(0.0, None)}
    assert {each["hidden"] for each in of("C", file["dont_know"])} == {"few_respondents"}
    assert {each["hidden"] for each in of("D", file["dont_know"])} == {"no_respondents"}
    assert {each["hidden"] for each in file["dont_know"]} - {None} <= file["hidden_reasons"].keys()


def test_an_interval_stands_around_each_shown_mean_and_nowhere_else(make: Make, released: ResultsScope) -> None:
    file = exported(make, released)

    for each in [*file["means"], *file["levels"]]:
        if each["mean"] is None:
            assert each["interval_low"] is each["interval_high"] is None
        else:
            assert 0 <= each["interval_low"] <= each["mean"] <= each["interval_high"] <= 100


def test_below_ten_answers_the_interval_is_that_of_the_pooled_spread_and_all_who_answered(
    make: Make, released: ResultsScope
) -> None:
    file = exported(make, released)

    spread = next(each for each in file["pooled_spread"] if each["key"] == "F1.1")["standard_deviation"]
    few = of("C", file["means"])[0]
    assert few["interval_high"] - few["mean"] == pytest.approx(2.201 * spread / 4**0.5, abs=0.06)  # t of 11 degrees


def test_texts_as_written_are_in_the_file_with_unit_and_question_and_nothing_else(
    make: Make, released: ResultsScope
) -> None:
    write(make, released, ("E", "F1", "Börja i liten skala"), ("C", None, "Vi lärde av grannen"))

    texts = exported(make, released, as_written=True)["texts"]

    assert sorted(texts, key=str) == [
        {"unit": "C", "category": None, "text": "Vi lärde av grannen"},
        {"unit": "E", "category": "F1", "text": "Börja i liten skala"},
    ]


def test_without_leave_to_review_a_file_has_no_text_but_what_others_may_read(
    make: Make, released: ResultsScope
) -> None:
    ids = write(make, released, ("E", "F1", "Fråga Anna i receptionen"), ("E", "F1", "Dold"), ("C", None, "Väntar"))
    masks = ((6, 10),)
    for text, wanted in (
        (ids[0], Review(ReviewState.SHOWN, masks=masks)),
        (ids[1], Review(ReviewState.HIDDEN, HideReason.OTHER)),
    ):
        reviews.review(make.session, make.reviewing(released.organisation_id, 2025), Chosen(text, 0), wanted)

    texts = exported(make, released)["texts"]

    assert texts == [{"unit": "E", "category": "F1", "text": "Fråga [maskerat] i receptionen"}]


def test_a_branch_is_given_its_own_details_and_texts_only(make: Make, as_web: AsWeb, released: ResultsScope) -> None:
    write(make, released, ("E", "F1", "Om helheten"), ("C", "F1", "Om C"))
    branch = ResultsScope(released.organisation_id, released.measurement_id, 2025, UnitId("C"), UnitId("C"))

    with as_web(released.organisation_id) as session:
        details = released_details.of_release(session, branch)
        texts = suggestions.as_written(session, ReviewScope(branch, make.desk(released.organisation_id, "C")))

    assert details.keys() == {"C"}
    assert [text.text for text in texts] == ["Om C"]


def test_another_organisation_is_given_nothing(make: Make, as_web: AsWeb, released: ResultsScope) -> None:
    write(make, released, ("E", "F1", "Om helheten"))
    stranger = make.organisation()
    forged = ResultsScope(stranger, released.measurement_id, 2025, None, UnitId("E"))

    for owner, scope in ((stranger, released), (stranger, forged), (released.organisation_id, forged)):
        with as_web(owner) as session:
            assert released_details.of_release(session, scope) == {}
            assert suggestions.readable(session, scope) == ()
            assert suggestions.as_written(session, ReviewScope(scope, make.desk(scope.organisation_id))) == ()


def test_each_detail_is_shown_or_says_why_not(make: Make, released: ResultsScope) -> None:
    found = released_details.of_release(make.session, released)

    assert {len(cells) for cells in found.values()} == {len(KEYS)}
    for cell in (cell for cells in found.values() for cell in cells):
        assert bool(cell.groups) == (cell.groups_hidden is None)
        assert (cell.counts is None) == (cell.counts_hidden is not None)
        assert (cell.dont_know is None) == (cell.dont_know_hidden is not None)
    hidden = found[UnitId("B")][0]
    assert hidden.groups_hidden is hidden.counts_hidden is FinerHidden.HIDDEN_MEAN
    assert found[UnitId("C")][0].counts_hidden is FinerHidden.SMALL_DISTRIBUTION


@pytest.mark.parametrize("reason", FinerHidden)
def test_each_reason_is_one_swedish_sentence(reason: FinerHidden) -> None:
    assert reason.explanation.startswith("Visas inte")
    assert reason.explanation.count(".") == 1


def write(make: Make, scope: ResultsScope, *texts: tuple[str, str | None, str]) -> list[SuggestionId]:
    return [
        make.text(scope.organisation_id, scope.measurement_id, text, unit=unit, category=category)
        for unit, category, text in texts
    ]
