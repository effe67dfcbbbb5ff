"""What an open link may be made for, and rates against an expected number."""

from __future__ import annotations

import pytest

from dimios_dash.domain.open_links import LinkAnswers, by_branch, check_codes, check_units, together
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId


def test_the_rate_counts_only_where_a_number_was_expected() -> None:
    found = together([LinkAnswers.of(20, 5), LinkAnswers.of(None, 7), LinkAnswers.of(10, 7)])

    assert found == LinkAnswers(19, 30, 12)
    assert found.rate == 0.4
    assert together([LinkAnswers.of(None, 7)]).rate is None
    assert LinkAnswers.of(4, 6).rate == 1.5


@pytest.mark.parametrize("expected", [{}, {"E": 0}, {"E": -1}, {"E": 100_001}, dict.fromkeys(map(str, range(201)))])
def test_a_link_for_no_unit_or_an_impossible_number_is_refused(expected: dict[UnitId, int | None]) -> None:
    with pytest.raises(Invalid):
        check_units(expected)


@pytest.mark.parametrize("number", [None, 0, -3, 501])
def test_so_many_codes_are_refused(number: int | None) -> None:
    with pytest.raises(Invalid, match="från 1 till 500"):
        check_codes(number)


def test_any_number_of_codes_between_is_made() -> None:
    assert [check_codes(1), check_codes(500)] == [1, 500]


def test_answers_of_a_branch_are_those_of_all_its_units() -> None:
    tree = [(UnitId("E"), None), (UnitId("A"), UnitId("E")), (UnitId("A1"), UnitId("A")), (UnitId("B"), UnitId("E"))]
    own = {UnitId("A1"): LinkAnswers.of(10, 4), UnitId("E"): LinkAnswers.of(None, 2)}

    assert by_branch(own, tree) == {
        "E": LinkAnswers(6, 10, 4),
        "A": LinkAnswers(4, 10, 4),
        "A1": LinkAnswers(4, 10, 4),
        "B": LinkAnswers(0),
    }
    assert by_branch({}, tree) == {}
