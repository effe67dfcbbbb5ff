"""Every number of the view Förändring is what anybody computes from the two release files."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

import pytest
from statsmodels.stats.multitest import multipletests

from db.demo import files
from dimios_dash.analyses import CHANGE, CHANGE_LEVELS, CHANGE_PARTS, CHANGE_UNITS
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.change.levels import LevelShown
from dimios_dash.analyses.change.units import Measure
from dimios_dash.analyses.table import Table
from dimios_dash.analyses.wording import level_names
from tests.analyses.change.two_years import looked_at
from tests.factories import Make
from tests.tallying.from_files import FromFile, Key, by_welch, differences, ekhamn, exported

YEARS = (2024, 2025)
EVERY_UNIT = [row.unit_id for row in files.ekhamns_tree()]


class Expected:
    """What the files say."""

    def __init__(self, then: FromFile, now: FromFile) -> None:
        self.difference = differences(then, now)
        tested = by_welch(then, now, self.difference)
        many = multipletests([p for p, _ in tested.values()], method="fdr_bh")[1]
        self.adjusted: dict[Key, float] = dict(zip(tested, many.tolist(), strict=True))
        headline = [(now.root, key) for key in ("F", "A", "index")]
        of_three = multipletests([tested[each][0] for each in headline], method="holm")[1]
        self.adjusted |= dict(zip(headline, of_three.tolist(), strict=True))
        self.margin = {place: margin for place, (_, margin) in tested.items()}

    def verdict(self, place: Key) -> str:
        if place not in self.difference:
            return "går inte att jämföra"
        if place not in self.adjusted:
            return "inte prövad"
        return "säker" if self.adjusted[place] <= 0.05 else "kan vara slump"


def rows(table: Table) -> dict[str, tuple[object, ...]]:
    """By name: then, now, difference, interval, verdict."""
    return {str(row.cells[0].value): tuple(cell.value for cell in row.cells[1:6]) for row in table.rows}


def check(shown: Mapping[str, tuple[object, ...]], places: Mapping[str, Key], expected: Expected) -> int:
    """How many rows have a difference."""
    for name, place in places.items():
        then, now, difference, interval, verdict = shown[name]
        assert verdict == expected.verdict(place), place
        assert (difference is None) == (place not in expected.difference)
        if difference is not None:
            assert difference == pytest.approx(expected.difference[place], abs=0.0501)
            assert isinstance(then, float)
            assert isinstance(now, float)
            assert now - then == pytest.approx(difference, abs=0.1501)  # each is rounded by itself
        assert bool(interval) == (place in expected.margin)
    return sum(row[2] is not None for row in shown.values())


def names_of_statements(found: Basis) -> dict[str, str]:
    return {each.capability.sv: each.key for part in found.instrument.categories for each in part.statements}


def test_every_table_of_ekhamn_says_what_the_files_say(make: Make) -> None:
    organisation_id = ekhamn(make, *YEARS)
    expected = Expected(*(exported(make, organisation_id, year) for year in YEARS))
    compared = 0

    for unit in EVERY_UNIT:
        found = looked_at(make, organisation_id, unit, niva=LevelShown.CAPABILITIES)
        names = {name: key for key, name in level_names(found.instrument).items()}
        three = {name: (unit, names[name]) for name in ("Index", "Digital förmåga", "Digitalt arv")}
        compared += check(rows(CHANGE.table(CHANGE.read(found))), three, expected)
        statements = {name: (unit, key) for name, key in names_of_statements(found).items()}
        compared += check(rows(CHANGE_LEVELS.table(CHANGE_LEVELS.read(found))), statements, expected)
        by_category = looked_at(make, organisation_id, unit)
        categories = {part.name.sv: (unit, part.key) for part in found.instrument.categories}
        compared += check(rows(CHANGE_LEVELS.table(CHANGE_LEVELS.read(by_category))), categories, expected)

    assert compared > 1000


@pytest.mark.parametrize("measure", [Measure.INDEX, Measure.HERITAGE, Measure.INNOVATION])
def test_the_units_of_ekhamn_are_compared_as_the_files_say(make: Make, measure: Measure) -> None:
    organisation_id = ekhamn(make, *YEARS)
    expected = Expected(*(exported(make, organisation_id, year) for year in YEARS))

    for unit in ("E", "E02"):
        found = looked_at(make, organisation_id, unit, matt=measure)
        places: dict[str, Key] = {
            each.name: (each.unit_id, str(measure)) for each in found.results.children(found.unit_id)
        }
        places[found.unit.name] = (unit, str(measure))
        assert check(rows(CHANGE_UNITS.table(CHANGE_UNITS.read(found))), places, expected) > 1


def test_the_mix_of_role_types_is_what_the_files_give(make: Make) -> None:
    organisation_id = ekhamn(make, *YEARS)
    then, now = (exported(make, organisation_id, year) for year in YEARS)

    (_sum, _real, mix, tree) = CHANGE_PARTS.table(CHANGE_PARTS.read(looked_at(make, organisation_id))).rows

    assert mix.cells[1].value == pytest.approx(mix_of_index(then, now), abs=0.0501)
    assert tree.cells[1].value == 0.0


def mix_of_index(then: FromFile, now: FromFile) -> float:
    """Mean over the statements of Σ (w2 - w1) (m1 + m2) / 2; all thirty are split in three, so levels weigh alike."""
    shares = [
        {role: n / sum(year.roles[role] for role in "123") for role, n in year.roles.items()} for year in (then, now)
    ]
    effects = [
        sum(
            (shares[1][role] - shares[0][role]) * (then.splits[key, role] + now.splits[key, role]) / 2 for role in "123"
        )
        for key in {key for key, _ in now.splits}
    ]
    assert len(effects) == 30
    return fmean(effects)
