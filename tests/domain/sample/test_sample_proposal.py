from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.sample.sample_proposal import Member, Proposal, Wishes, propose
from dimios_dash.domain.sample.sampling import Candidate
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId

members = st.builds(
    Member,
    st.sampled_from([UnitId(name) for name in "ABCD"]),
    st.sampled_from([None, 1, 2, 3]),
    st.builds(Candidate, st.floats(0, 1, exclude_max=True), st.one_of(st.none(), st.integers(2020, 2025))),
    st.booleans(),
)
wishes = st.builds(
    Wishes,
    st.integers(0, 100),
    st.integers(0, 12),
    st.dictionaries(st.sampled_from([UnitId(name) for name in "ABCD"]), st.integers(0, 50)),
)


def people(unit: str, number: int, role_type: int | None = None, asked: int | None = None) -> list[Member]:
    return [Member(UnitId(unit), role_type, Candidate(each / number, asked), listed=False) for each in range(number)]


def numbers(proposal: Proposal) -> dict[str, int]:
    return {unit.unit_id: unit.sample for unit in proposal.units}


def test_a_tenth_is_asked_but_nine_where_a_unit_shall_be_seen() -> None:
    staff = [*people("A", 5), *people("B", 30), *people("C", 1000)]

    assert numbers(propose(staff, Wishes(percent=10, least=9))) == {"A": 5, "B": 9, "C": 90}


def test_a_small_organisation_is_asked_more_than_a_tenth_so_that_every_unit_is_seen() -> None:
    staff = [*people("A", 12), *people("B", 12)]

    assert numbers(propose(staff, Wishes(percent=10, least=9))) == {"A": 9, "B": 9}


def test_what_is_set_by_hand_counts_up_to_everybody() -> None:
    staff = [*people("A", 12), *people("B", 12), *people("C", 12)]
    by_hand = {UnitId("A"): 3, UnitId("B"): 40, UnitId("elsewhere"): 7}

    assert numbers(propose(staff, Wishes(by_hand=by_hand))) == {"A": 3, "B": 12, "C": 9}


def test_every_role_type_of_a_unit_is_asked_where_there_is_room() -> None:
    staff = [*people("A", 1, role_type=1), *people("A", 2, role_type=2), *people("A", 60, role_type=3)]

    found = propose(staff, Wishes(percent=0, least=9)).units[0]

    assert found.role_types == {1: 1, 2: 1, 3: 7}


def test_those_who_were_asked_last_year_rest_while_others_have_not_been() -> None:
    staff = [*people("A", 9, asked=2025), *people("A", 10)]

    found = propose(staff, Wishes(percent=0, least=9)).units[0]

    assert found.asked_before == 0
    assert all(place >= 9 for place in found.chosen)


def test_those_on_the_list_already_count_and_stay() -> None:
    listed = [Member(UnitId("A"), None, Candidate(0.5, None), listed=True)] * 4
    staff = [*listed, *people("A", 20)]

    found = propose(staff, Wishes(percent=0, least=9)).units[0]

    assert (found.listed, len(found.chosen), found.sample) == (4, 5, 9)


@given(st.lists(members, max_size=60), wishes)
def test_a_proposal_chooses_nobody_twice_and_nobody_who_is_listed(staff: list[Member], wished: Wishes) -> None:
    found = propose(staff, wished)

    assert len(set(found.chosen)) == len(found.chosen)
    assert not any(staff[place].listed for place in found.chosen)
    assert found.staff == len(staff)
    assert all(unit.sample <= unit.staff for unit in found.units)
    assert all(sum(unit.role_types.values()) == len(unit.chosen) for unit in found.units)
    assert all(unit.sample >= min(unit.staff, wished.by_hand.get(unit.unit_id, wished.least)) for unit in found.units)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_share_outside_a_hundred_is_refused(percent: int) -> None:
    with pytest.raises(Invalid, match="mellan 0 och 100"):
        Wishes(percent=percent)


def test_a_number_below_zero_is_refused() -> None:
    with pytest.raises(Invalid, match="mindre än noll"):
        Wishes(by_hand={UnitId("A"): -1})
