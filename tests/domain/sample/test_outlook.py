"""What a key user is told about a sample."""

from __future__ import annotations

from dimios_dash.domain.sample.likelihood import Likelihood, likelihood
from dimios_dash.domain.sample.outlook import Outlook, ResponseRate, UnitOutlook, outlook
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

PAIRS = {"E": None, "A": "E", "B": "E", "C": "E", "D": "E", "F": "E"}


def told(people: dict[str, int], *, outside: str = "", k: int = 3, rate: ResponseRate = ResponseRate.USUAL) -> Outlook:
    tree = Tree.build([(UnitId(unit), None if above is None else UnitId(above)) for unit, above in PAIRS.items()])
    by_role = {UnitId(unit): (0, 0, 0, number) for unit, number in people.items()}
    return outlook(tree, by_role, {unit for unit in tree.ids if unit not in outside}, k, rate)


def unit(found: Outlook, unit_id: str) -> UnitOutlook:
    return next(each for each in found.units if each.unit_id == unit_id)


def test_each_unit_is_told_how_likely_it_is_and_how_many_it_lacks() -> None:
    found = told({"A": 40, "B": 30, "C": 2, "D": 5})

    assert (unit(found, "A").mean, unit(found, "A").missing) == (Likelihood.CERTAIN, 0)
    assert (unit(found, "C").mean, unit(found, "C").missing) == (Likelihood.NEVER, 7)
    assert unit(found, "D").mean < Likelihood.LIKELY
    assert (unit(found, "F").mean, unit(found, "F").invited, unit(found, "F").missing) == (Likelihood.NEVER, 0, 9)
    assert (found.enough, found.enough_for_finer, found.finer_from) == (9, 25, 10)
    assert (found.invited, found.certain, found.too_few, found.empty) == (77, 2, 2, 1)


def test_a_large_unit_is_less_certain_where_it_must_sometimes_hide_small_ones() -> None:
    beside_small, by_itself = (unit(told(people), "B") for people in ({"A": 40, "B": 30, "C": 2}, {"A": 40, "B": 30}))

    assert (beside_small.mean < by_itself.mean, beside_small.missing) == (True, 0)


def test_a_merge_is_suggested_only_with_what_it_leads_to() -> None:
    found = told({"A": 40, "B": 5, "C": 5, "D": 6})

    remedy = unit(found, "B").remedy
    assert remedy is not None
    assert (remedy.others, remedy.upwards, remedy.then) == (("C", "D"), False, Likelihood.CERTAIN)
    assert unit(found, "A").remedy is None
    assert found.after is not None
    assert (found.after.units, found.after.certain) == (4, 3)


def test_nothing_is_merged_where_everybody_is_seen() -> None:
    found = told({"A": 30, "B": 30, "C": 30, "D": 30, "F": 30})

    assert found.after is None
    assert {each.mean for each in found.units} == {Likelihood.CERTAIN}


def test_those_outside_are_not_invited_and_not_told_of() -> None:
    found = told({"A": 40, "B": 30}, outside="B")

    assert [each.unit_id for each in found.units] == ["E", "A", "C", "D", "F"]
    assert found.invited == 40


def test_below_ten_in_the_whole_nothing_finer_is_ever_shown() -> None:
    found = told({"A": 5, "B": 4})

    assert not found.finer_is_possible
    assert {each.texts for each in found.units} == {each.distribution for each in found.units} == {Likelihood.NEVER}
    assert told({"A": 10}).finer_is_possible


def test_a_better_response_asks_for_fewer() -> None:
    low, high = (told({"A": 8}, rate=rate) for rate in (ResponseRate.HALF, ResponseRate.HIGH))

    assert low.enough > 9 > high.enough
    assert unit(low, "A").mean < unit(high, "A").mean


def test_chances_have_words_and_only_the_impossible_is_never() -> None:
    words = [likelihood(chance, possible=True).words for chance in (0.0, 0.3, 0.8, 0.97)]

    assert words == ["troligen inte", "osäkert", "troligen", "så gott som säkert"]
    assert likelihood(0.0, possible=False).words == "aldrig"
