"""Every number of Översikt and Mål is what anybody computes from the exported release files."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean
from typing import Any

import orjson
import pytest

from db.commands import targets as commands
from db.demo import files
from dimios_dash import access, instruments
from dimios_dash.analyses import CATEGORIES, CERTAIN_CHANGES, POSITION, STRENGTHS, TARGETS, UNITS, summary
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.table import Value
from dimios_dash.analyses.wording import level_names
from dimios_dash.domain.targets import Wish
from dimios_dash.exports.release_file import as_json, gather
from dimios_dash.ids import OrganisationId, UnitId
from dimios_dash.tallying.moving_in import move_in
from tests.analyses.change.two_years import TODAY, looked_at
from tests.factories import Make
from tests.pages.released_demo import others
from tests.tallying import conftest as read_files
from tests.tallying.from_files import differences, ekhamn, exported

INSTRUMENT = instruments.load()
KEYS = list(map(str, INSTRUMENT.statement_keys))
EVERY_UNIT = [row.unit_id for row in files.ekhamns_tree()]
ROUNDED = 0.0501


class Year:
    """One year's file, and the levels above the statements by plain arithmetic."""

    def __init__(self, make: Make, organisation_id: OrganisationId, year: int) -> None:
        scope = access.export(make.session, organisation_id, year)
        file: dict[str, Any] = orjson.loads(as_json(gather(make.session, scope)))
        self.year = year
        self.means = {(cell["unit"], cell["statement"]): cell["mean"] for cell in file["means"]}
        self.units = {unit["id"]: unit for unit in file["units"]}
        self.spread = {each["key"]: each["standard_deviation"] for each in file["pooled_spread"]}

    def level(self, unit: str, key: str) -> float | None:
        """Of "F1", "F" or "index"."""
        parts = {1: [f"{key}{number}" for number in (1, 2, 3)], 5: ["F", "A"]}.get(len(key))
        if parts is None:
            shown = [mean for each in KEYS if each.startswith(key) and (mean := self.means[unit, each]) is not None]
            return fmean(shown) if len(shown) >= 3 else None
        values = [self.level(unit, part) for part in parts]
        return None if None in values else fmean(value for value in values if value is not None)

    def statements(self, unit: str) -> list[float]:
        """Those that are shown."""
        return [mean for key in KEYS if (mean := self.means[unit, key]) is not None]


def same(shown: Value, computed: float | None) -> int:
    """1 for a number that is shown, so that a test can count them."""
    assert (shown is None) == (computed is None)
    if computed is None:
        return 0
    assert shown == pytest.approx(computed, abs=ROUNDED)
    return 1


def check(found: Basis, now: Year, earlier: list[Year]) -> int:
    """How many numbers were compared."""
    unit = found.unit_id
    checks = (_key_figures, _map, _categories, _strengths, _units)
    return sum(each(found, unit, now, earlier) for each in checks)


def _key_figures(found: Basis, unit: str, now: Year, _earlier: list[Year]) -> int:
    return sum(same(each.value, now.level(unit, str(each.key))) for each in summary.key_figures(found))


def _map(found: Basis, unit: str, now: Year, earlier: list[Year]) -> int:
    years = [each for each in (*earlier, now) if unit in each.units]
    cells = POSITION.read(found)
    rows = POSITION.table(cells).rows
    assert [row.cells[0].value for row in rows] == [str(each.year) for each in years]
    if cells.spread is not None:
        assert cells.spread == max(now.spread["F"], now.spread["A"])
    counted = [
        same(row.cells[place].value, each.level(unit, key))
        for row, each in zip(rows, years, strict=True)
        for place, key in ((1, "F"), (2, "A"))
    ]
    return sum(counted)


def _categories(found: Basis, unit: str, now: Year, earlier: list[Year]) -> int:
    table = CATEGORIES.table(CATEGORIES.read(found))
    by_name = {str(row.cells[0].value): row for row in table.rows}
    years = [now, *[each for each in earlier[-1:] if unit in each.units]]
    return sum(
        same(by_name[category.name.sv].cells[place].value, each.level(unit, category.key))
        for category in INSTRUMENT.categories
        for place, each in enumerate(years, start=1)
    )


def _strengths(found: Basis, unit: str, now: Year, _earlier: list[Year]) -> int:
    cells, means = STRENGTHS.read(found), sorted(now.statements(unit))
    assert (len(cells.strong), len(cells.weak)) == (sum(m >= 67 for m in means), sum(m <= 33 for m in means))
    assert cells.shown == len(means)
    highest, lowest = [each.mean for each in cells.highest], [each.mean for each in cells.lowest]
    assert highest == means[::-1][: len(highest)]
    assert lowest == means[: len(lowest)]
    assert len(means) < 6 or len(highest) == len(lowest) == 3
    return len(highest) + len(lowest)


def _units(found: Basis, unit: str, now: Year, _earlier: list[Year]) -> int:
    rows = UNITS.table(UNITS.read(found)).rows
    below = {str(row.cells[0].unit_id): row for row in rows[1:]}
    assert below.keys() == {name for name, each in now.units.items() if each["parent_id"] == unit}
    shown = {unit: rows[0], **below}
    for name, row in shown.items():
        assert row.cells[4].value == now.units[name]["answered"]
    return sum(
        same(row.cells[place].value, now.level(name, key))
        for name, row in shown.items()
        for place, key in ((1, "index"), (2, "F"), (3, "A"))
    )


def test_every_unit_of_ekhamn_in_three_years_shows_what_the_files_say(make: Make) -> None:
    organisation_id = ekhamn(make, 2023, 2024, 2025)
    years = [Year(make, organisation_id, year) for year in (2023, 2024, 2025)]

    compared = 0
    for place, now in enumerate(years):
        for unit in EVERY_UNIT:
            compared += check(looked_at(make, organisation_id, unit, now.year), now, years[:place])

    assert compared > 3000


def test_nacka_2022_shows_what_its_file_says(make: Make, project: Path) -> None:
    organisation_id = make.organisation()
    tree, rows = read_files.files(project / "tests/data/nacka-2022", 2022)
    move_in(make.session, access.system(organisation_id), make.keys, 2022, 3, tree, rows, TODAY)
    now = Year(make, organisation_id, 2022)

    compared = sum(check(looked_at(make, organisation_id, unit, 2022), now, []) for unit in now.units)

    assert compared > 100
    assert summary.key_figures(looked_at(make, organisation_id, next(iter(now.units)), 2022))[0].value == 56.0


def test_what_changed_in_ekhamn_is_the_difference_of_its_files(make: Make) -> None:
    organisation_id = ekhamn(make, 2024, 2025)
    expected = differences(*(exported(make, organisation_id, year) for year in (2024, 2025)))
    names = {**level_names(INSTRUMENT), **{str(each.key): each.capability.sv for each in INSTRUMENT.statements}}

    compared = 0
    for unit in EVERY_UNIT:
        cells = CERTAIN_CHANGES.read(looked_at(make, organisation_id, unit))
        shown = {str(row.cells[0].value): row.cells[1].value for row in CERTAIN_CHANGES.table(cells).rows}
        wanted = {names[key]: value for (place, key), value in expected.items() if place == unit}
        assert shown.keys() == wanted.keys()
        compared += sum(same(shown[name], value) for name, value in wanted.items())

    assert compared > 700


def test_the_others_of_ekhamn_are_those_that_were_computed(make: Make) -> None:
    organisation_id = ekhamn(make, 2025)
    told = others(make, organisation_id)

    found = looked_at(make, organisation_id)

    assert found.benchmark is not None
    assert {key: value.mean for key, value in found.benchmark.values.items()} == told


def test_what_is_left_to_a_target_is_counted_from_the_file(make: Make) -> None:
    organisation_id = ekhamn(make, 2025)
    now = Year(make, organisation_id, 2025)
    for level in level_names(INSTRUMENT):
        wish = Wish(60.0, 2027)
        commands.add(make.session, make.desk(organisation_id), UnitId("E"), level, wish, today=TODAY)

    rows = TARGETS.table(TARGETS.read(looked_at(make, organisation_id))).rows

    assert len(rows) == 9
    for row, key in zip(rows, level_names(INSTRUMENT), strict=True):
        value = now.level("E", key)
        assert value is not None
        same(row.cells[1].value, value)
        assert row.cells[4].value == pytest.approx(60.0 - value, abs=ROUNDED)
