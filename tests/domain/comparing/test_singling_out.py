"""One more pool beside those that have been told: the gate's choice against an algebra that shares nothing with it."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.few_columns import depends_on_few
from dimios_dash.domain.comparing.choosing_pools import FEWEST_MEMBERS, choose, may_be_known, readers
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.pools import NATION, Pool, PoolKind, pools_of
from dimios_dash.domain.comparing.singling_out import Members, are_safe, singles_out
from dimios_dash.domain.comparing.size_class import SizeClass
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId

NOBODY: Members = frozenset()
KOMMUNER, MYNDIGHETER = Pool(PoolKind.SECTOR, Sector.KOMMUN), Pool(PoolKind.SECTOR, Sector.MYNDIGHET)


def members(*numbers: int) -> Members:
    return frozenset(OrganisationId(UUID(int=number + 1)) for number in numbers)


def first(count: int, of: int = 0) -> Members:
    return members(*range(of, of + count))


def found_out(told: list[Members], protected: Members, fewest: int) -> bool:
    """Whether some combination depends on 1 to fewest - 1 of the protected, by linear algebra over everything told."""
    columns = sorted(protected)
    if not columns or not told:
        return False
    return depends_on_few(np.array([[one in each for one in columns] for each in told], dtype=np.int64), fewest)


some = st.frozensets(st.integers(0, 11), max_size=12).map(lambda numbers: members(*numbers))


@given(st.lists(some, max_size=6), st.frozensets(st.integers(0, 11)), st.integers(2, 6))
def test_a_family_is_safe_exactly_where_algebra_finds_nobody(
    told: list[Members], hidden: frozenset[int], fewest: int
) -> None:
    protected = members(*hidden)

    assert are_safe(told, protected, fewest) is not found_out(told, protected, fewest)


@pytest.mark.parametrize(
    ("told", "more", "singled_out"),
    [
        ([], first(6), False),
        ([], first(5), True),
        ([first(12)], first(6), False),
        ([first(12)], first(7), True),  # five remain outside
        ([first(12)], first(12), False),  # nothing new
        ([first(6), first(6, of=6)], first(12), False),
        ([first(20), first(10), first(10, of=5)], first(5, of=5) | first(1, of=15), True),
    ],
)
def test_one_more_pool_is_refused_where_a_difference_leaves_fewer_than_six(
    told: list[Members], more: Members, *, singled_out: bool
) -> None:
    assert singles_out(told, more, first(30), FEWEST_MEMBERS) is singled_out


organisation = st.tuples(
    st.sampled_from(Sector), st.sampled_from([None, *SizeClass]), st.sampled_from([None, *list(County)[:4]])
)
dates = st.lists(st.lists(organisation, max_size=25), min_size=1, max_size=3)


def pools_so_far(released: list[tuple[Sector, SizeClass | None, County | None]]) -> dict[Pool, Members]:
    found: dict[Pool, Members] = {}
    for number, facts in enumerate(released):
        for pool in pools_of(*facts):
            found[pool] = found.get(pool, NOBODY) | members(number)
    return found


few = st.frozensets(st.integers(0, 40), max_size=6)


@given(dates, few, st.lists(few, max_size=4))
def test_no_pools_of_any_dates_together_tell_anybody_of_fewer_than_five_others(
    batches: list[list[tuple[Sector, SizeClass | None, County | None]]],
    named: frozenset[int],
    grouped: list[frozenset[int]],
) -> None:
    released: list[tuple[Sector, SizeClass | None, County | None]] = []
    told: dict[Pool, list[Members]] = {}
    reckoned_with = readers(members(*named), NOBODY, [members(*each) for each in grouped])
    for batch in batches:
        released += batch
        for pool, chosen in choose(pools_so_far(released), told, reckoned_with).items():
            told.setdefault(pool, []).append(chosen)

    everything = [each for chosen in told.values() for each in chosen]
    everybody = first(len(released))
    for own in range(len(released)):  # who looks knows their own result, and those of all groups they are in
        known = members(own, *named).union(*(members(*each) for each in grouped if own in each))
        assert not found_out(everything, everybody - known, 5)


def test_the_sector_goes_before_a_nation_that_differs_by_too_few() -> None:
    pools = {NATION: first(12), KOMMUNER: first(9), MYNDIGHETER: first(3, of=9)}

    assert set(choose(pools, {}, readers(NOBODY, NOBODY, []))) == {KOMMUNER}


def test_a_pool_waits_until_six_more_have_come() -> None:
    told = {KOMMUNER: [first(9)]}

    waits = choose({KOMMUNER: first(14)}, told, readers(NOBODY, NOBODY, []))
    grows = choose({KOMMUNER: first(15)}, told, readers(NOBODY, NOBODY, []))

    assert (waits, grows) == ({}, {KOMMUNER: first(15)})


def test_a_pool_from_which_one_has_gone_stays_as_it_was() -> None:
    assert choose({KOMMUNER: first(9)}, {KOMMUNER: [first(10)]}, readers(NOBODY, NOBODY, [])) == {}


def test_those_whose_results_are_known_do_not_hide_the_others() -> None:
    hidden_among_five = choose({KOMMUNER: first(9)}, {}, readers(first(4), NOBODY, []))
    hidden_among_six = choose({KOMMUNER: first(9)}, {}, readers(first(3), NOBODY, []))
    all_known = choose({KOMMUNER: first(9)}, {}, readers(first(9), NOBODY, []))

    assert (hidden_among_five, set(hidden_among_six), set(all_known)) == ({}, {KOMMUNER}, {KOMMUNER})


def test_an_anonymous_point_is_neither_found_out_nor_hides_others() -> None:
    alone_among_named = choose({KOMMUNER: first(6)}, {}, readers(first(5), members(5), []))
    as_many_others = choose({KOMMUNER: first(9)}, {}, readers(NOBODY, first(4), []))

    assert (alone_among_named, as_many_others) == ({}, {})


def test_somebody_of_a_group_knows_the_group() -> None:
    assert choose({KOMMUNER: first(9)}, {}, readers(NOBODY, NOBODY, [first(5)])) == {}
    assert set(choose({KOMMUNER: first(10)}, {}, readers(NOBODY, NOBODY, [first(5)]))) == {KOMMUNER}


def test_somebody_of_three_groups_knows_all_three() -> None:
    """Each group alone leaves five others; all three leave one, whose result would be the rest of the mean."""
    groups = [members(0, 1, 2), members(0, 3, 4), members(0, 5, 6)]

    assert set(choose({KOMMUNER: first(8)}, {}, readers(NOBODY, NOBODY, groups[:1]))) == {KOMMUNER}
    assert choose({KOMMUNER: first(8)}, {}, readers(NOBODY, NOBODY, groups)) == {}


def test_one_more_may_be_known_only_while_enough_remain_hidden() -> None:
    told, everybody = [first(10)], first(10)

    assert may_be_known(told, everybody, readers(first(4), NOBODY, []))
    assert not may_be_known(told, everybody, readers(first(5), NOBODY, []))
