"""Small groups in the exported file, as the specification of anonymity says; and the worked example of the product."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from dimios_dash import access, instruments
from dimios_dash.domain.activity import Activity
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.ids import UnitId
from dimios_dash.intake.answer_file import AnswerRow
from dimios_dash.intake.unit_row import UnitRow
from dimios_dash.tallying.moving_in import move_in
from tests.factories import Make

KEYS = instruments.load().statement_keys
REST = len(KEYS) - 5
TODAY = date(2026, 11, 22)
VET_EJ = 0

Sheets = Mapping[str, Sequence[Sequence[int]]]
"""In each unit, sheets: the answers to the first statements; the last answer stands for all that are left."""


def file_of(make: Make, tree: Mapping[str, str | None], sheets: Sheets) -> dict[str, Any]:
    """The exported file of a new organisation with these answers; everybody is of role type 2."""
    organisation_id = make.organisation()
    rows = [
        UnitRow(row, UnitId(unit), None if parent is None else UnitId(parent), f"Enhet {unit}", Activity.SKOLA, 10)
        for row, (unit, parent) in enumerate(tree.items(), start=2)
    ]
    answers = [
        AnswerRow(2, UnitId(unit), 2, (*sheet, *[sheet[-1]] * (len(KEYS) - len(sheet))))
        for unit, each in sheets.items()
        for sheet in each
    ]
    move_in(make.session, access.system(organisation_id), make.keys, 2025, 3, rows, answers, TODAY)
    file: dict[str, Any] = json.loads(as_json(gather(make.session, access.export(make.session, organisation_id, 2025))))
    return {**file, "organisation": "…"}


def cell(file: dict[str, Any], unit: str, statement: str = "F1.1") -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for each in file["means"] if (each["unit"], each["statement"]) == (unit, statement)
    )
    return found


def numbers(part: object) -> Iterator[float]:
    """Every number anywhere in a file."""
    if isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from numbers(each)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield part


def worked_example(make: Make, hidden: tuple[int, int]) -> dict[str, Any]:
    """The five respondents; what the two said whose answers to the fifth statement are too few to be shown."""
    answers = [
        (4, 3, 5, 2, VET_EJ),
        (5, 3, 4, 2, hidden[0]),
        (3, VET_EJ, 4, 1, hidden[1]),
        (6, 4, VET_EJ, 3, VET_EJ),
        (2, 2, 3, 2, VET_EJ),
    ]
    return file_of(make, {"E": None}, {"E": [[*each, *[VET_EJ] * REST] for each in answers]})


def test_the_worked_example_shows_45_and_49_nowhere(make: Make) -> None:
    file = worked_example(make, (6, 5))

    assert [cell(file, "E", f"F1.{number}")["mean"] for number in range(1, 6)] == [60.0, 40.0, 60.0, 20.0, None]
    assert cell(file, "E", "F1.5")["hidden"] == "too_few"
    category = next(level for level in file["levels"] if level["key"] == "F1")
    assert category["mean"] == 45.0
    assert 49.0 not in set(numbers(file))


@pytest.mark.parametrize("hidden", [(1, 1), (6, 6), (3, 2)])
def test_nothing_in_the_worked_examples_file_depends_on_the_answers_that_49_needs(
    make: Make, hidden: tuple[int, int]
) -> None:
    assert worked_example(make, hidden) == worked_example(make, (6, 5))


AROUND = {"E": [[2], [3], [3], [4]], "B": [[1], [4], [4], [5]]}


@pytest.mark.parametrize(("end", "mean", "said"), [(6, 86.7, "eller högre"), (1, 13.3, "eller lägre")])
def test_a_unanimous_group_of_three_looks_like_one_that_is_not(make: Make, end: int, mean: float, said: str) -> None:
    tree, other = {"E": None, "A": "E", "B": "E"}, 5 if end == 6 else 2

    unanimous = file_of(make, tree, {**AROUND, "A": [[end]] * 3})
    nearly = file_of(make, tree, {**AROUND, "A": [[end], [other], [other]]})

    shown = cell(unanimous, "A")
    assert (shown["mean"], shown["at_bound"], shown["hidden"]) == (mean, said, None)
    assert {each["mean"] for each in unanimous["splits"] if each["unit"] == "A"} == {mean}
    assert "A" not in {each["unit"] for each in unanimous["distributions"]}
    assert unanimous.keys() == nearly.keys()
    drawn_by_lot = {"distributions", "pooled_spread"}
    assert all(unanimous[name] == nearly[name] for name in unanimous.keys() - drawn_by_lot - {"means", "levels"})
    for name in ("means", "levels"):
        assert [each["mean"] for each in unanimous[name]] == [each["mean"] for each in nearly[name]]


def test_a_group_of_three_of_whom_two_are_the_whole_of_a_child_unit_is_shown_and_the_child_is_not(make: Make) -> None:
    tree = {"E": None, "A": "E", "A1": "A", "B": "E"}

    file = file_of(make, tree, {**AROUND, "A": [[3]], "A1": [[4], [5]]})

    assert (cell(file, "A")["mean"], cell(file, "A")["some_counted_higher_up"]) == (60.0, False)
    assert (cell(file, "A1")["mean"], cell(file, "A1")["hidden"]) == (None, "too_few")
    assert {homes["A1"] for homes in file["homes"].values()} == {"A"}
    finer = [*file["splits"], *file["distributions"]]
    assert "A1" not in {each["unit"] for each in finer}
    assert {each["share_or_band"] for each in file["dont_know"] if each["unit"] in {"A", "A1"}} == {None}


def test_what_only_the_head_of_a_unit_knows_is_counted_above_and_the_unit_is_hidden(make: Make) -> None:
    tree = {"E": None, "A": "E", "A1": "A", "B": "E"}

    file = file_of(make, tree, {**AROUND, "A": [[6, 4]], "A1": [[VET_EJ, 3], [VET_EJ, 4], [VET_EJ, 4]]})

    assert (cell(file, "A")["mean"], cell(file, "A")["hidden"]) == (None, "too_few")
    assert cell(file, "A1")["hidden"] == "too_few"
    assert file["homes"]["F1.1"]["A"] == "E"
    assert cell(file, "E")["mean"] == round((2 + 3 + 3 + 4 + 1 + 4 + 4 + 5 + 6 - 9) / 9 / 5 * 100, 1)


def test_a_head_above_a_team_is_lifted_out_of_the_unit_so_that_no_difference_tells_their_answer(make: Make) -> None:
    tree = {"E": None, "A": "E", "A1": "A", "A2": "A", "B": "E"}
    team, another = [[3], [4], [4], [5]], [[2], [2], [3], [5]]

    low = file_of(make, tree, {**AROUND, "A": [[1]], "A1": team, "A2": another})
    high = file_of(make, tree, {**AROUND, "A": [[6]], "A1": team, "A2": another})

    assert cell(low, "A")["some_counted_higher_up"] is True
    assert low["homes"]["F1.1"]["A"] == "E"
    assert [cell(low, unit)["mean"] for unit in ("A", "A1", "A2")] == [50.0, 60.0, 40.0]
    below = {"A", "A1", "A2", "B"}
    means = [[each["mean"] for each in file["means"] if each["unit"] in below] for file in (low, high)]
    assert means[0] == means[1]


def test_the_file_does_not_tell_on_which_statements_the_head_of_a_unit_said_vet_ej(make: Make) -> None:
    tree = {"E": None, "A": "E", "A1": "A", "A2": "A", "B": "E", "C": "E"}
    teams = {**AROUND, "A1": [[3], [4], [4], [5]], "A2": [[2], [2], [3], [5]], "C": [[4, VET_EJ, 4]]}

    file = file_of(make, tree, {**teams, "A": [[VET_EJ, 4]]})

    cells = {unit: [each for each in file["means"] if each["unit"] == unit] for unit in tree}
    for unit in ("A", "C"):
        for name in ("hidden", "some_counted_higher_up", "at_bound"):
            assert len({each[name] for each in cells[unit]}) == 1, (unit, name)
        assert {homes[unit] for homes in file["homes"].values()} == {"E"}
    assert cells["A"][0]["mean"] == cells["A"][1]["mean"]
