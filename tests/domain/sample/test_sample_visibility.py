from __future__ import annotations

from dimios_dash.domain.sample.likelihood import Likelihood
from dimios_dash.domain.sample.sample_proposal import Member, Wishes, propose
from dimios_dash.domain.sample.sample_visibility import visibility
from dimios_dash.domain.sample.sampling import Candidate
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

WHOLE, A, B = UnitId("E"), UnitId("A"), UnitId("B")
TREE = Tree.build([(WHOLE, None), (A, WHOLE), (B, WHOLE)])


def people(unit: str, number: int, *, listed: bool = False) -> list[Member]:
    return [Member(UnitId(unit), 1 + each % 3, Candidate(each / number, None), listed) for each in range(number)]


def test_a_unit_that_is_asked_enough_is_seen_and_one_that_nobody_is_asked_in_never() -> None:
    staff = people("A", 40)

    seen = visibility(TREE, staff, propose(staff, Wishes(percent=0, least=14)), k=3, response_rate=0.65)

    assert (seen[WHOLE], seen[A], seen[B]) == (Likelihood.CERTAIN, Likelihood.CERTAIN, Likelihood.NEVER)


def test_two_people_beside_a_unit_keep_it_from_being_seen() -> None:
    staff = [*people("A", 40), *people("B", 2)]

    seen = visibility(TREE, staff, propose(staff, Wishes(percent=0, least=14)), k=3, response_rate=0.65)

    assert seen[B] is Likelihood.NEVER
    assert seen[A] is Likelihood.UNLIKELY  # the whole without it would be those two


def test_those_who_are_listed_already_are_asked_too() -> None:
    staff = people("A", 30, listed=True)

    seen = visibility(TREE, staff, propose(staff, Wishes(percent=0, least=0)), k=3, response_rate=0.65)

    assert seen[A] is Likelihood.CERTAIN
