"""The heat map of units: what its numbers are, in which order, and what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import update

from db.models import Benchmark, Release, ReleasedUnit, YearComparison
from dimios_dash import instruments
from dimios_dash.analyses.internal import heat, words
from dimios_dash.analyses.internal.cells import HeatCells, read
from dimios_dash.analyses.internal.choices import Against, Depth, Part, Shown
from dimios_dash.analyses.internal.rows import rows_above, rows_below
from dimios_dash.analyses.table import RowKind
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.domain.scoring import levels
from dimios_dash.domain.statistics import level_columns
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.analyses.test_categories import compare
from tests.factories import Make
from tests.figures.checked import checked

INSTRUMENT = instruments.load()
EVEN = {"K": 50.0, "A": 50.0, "A1": 50.0, "A2": 50.0, "B": 50.0}
EXAMPLE: Mapping[str, float | Mapping[str, float]] = {
    **EVEN,
    "A": {"F": 50.0, "A": 50.0, "A2": 59.1},
    "B": {"F": 47.0, "A": 44.0},
}


@dataclass(frozen=True)
class Shows:
    """Reads the map of a released measurement as it is chosen."""

    read_basis: ReadBasis
    measurement_id: MeasurementId

    def __call__(self, unit: str = "K", branch: str | None = None, **choices: object) -> HeatCells:
        found = self.read_basis(self.measurement_id, unit, branch)
        found._choices = choices
        return read(found)


@pytest.fixture
def shows(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> Shows:
    """A is 9.1 above the whole in one category, B somewhat below in all."""
    return Shows(read_basis, make.release(organisation, 2025, EXAMPLE))


def spread(make: Make, measurement_id: MeasurementId, sd: float) -> None:
    """Says how much respondents differ in every category."""
    keys = ["F1", "F2", "F3", "A1", "A2", "A3"]
    numbers = {"spread_keys": keys, "spread_sd": [sd] * 6, "spread_n": [100] * 6}
    make.session.execute(update(Release).where(Release.measurement_id == measurement_id).values(**numbers))


def names(cells: HeatCells) -> list[str]:
    return [placed.unit.unit_id for placed in cells.below]


def values(cells: HeatCells) -> dict[str, list[float | None]]:
    return {str(row.unit_id): [cell.value for cell in row.cells] for row in rows_below(cells)}


def test_values_are_those_of_the_published_formula(shows: Shows) -> None:
    cells = shows(mot=Against.CATEGORIES)

    for placed in cells.below:
        expected = {level.key: level.mean for level in levels(INSTRUMENT, placed.unit.means)}
        assert values(cells)[placed.unit.unit_id] == [expected[column.key] for column in cells.columns]


def test_the_headline_names_the_unit_that_differs_most_from_the_whole(shows: Shows) -> None:
    assert words.headline(shows()) == "Enhet A skiljer sig mest: 9,1 över helheten i Organisation"
    assert words.headline(shows(dimension=Part.CAPABILITY)) == (
        "Enhet B skiljer sig mest: 3,0 under helheten i Effektivitet"
    )


def test_without_a_known_spread_nothing_is_said_of_certainty(shows: Shows) -> None:
    assert words.reading(shows()).startswith("Hur säkert det är går inte att säga")


@pytest.mark.parametrize(
    ("sd", "said"),
    [
        (10.0, "Det är mer än slump, också när hänsyn tas till hur många som jämförs (± 3,1 med 40 svarande)."),
        (40.0, "Det kan vara slump: felmarginalen är ± 12,5 med 40 svarande, och många jämförs."),
    ],
)
def test_the_sentence_weighs_the_difference_against_chance(make: Make, shows: Shows, sd: float, said: str) -> None:
    spread(make, shows.measurement_id, sd)

    assert words.reading(shows()).startswith(said)


def test_a_large_difference_that_may_be_chance_does_not_hide_a_certain_one(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    few = make.release(organisation, 2025, {**EVEN, "A": {"F": 50, "A": 50, "A2": 62}, "B": {"F": 60, "A": 50}})
    spread(make, few, 15.0)
    _answered(make, few, {"K": 4000, "A": 4, "B": 900})

    cells = Shows(read_basis, few)()

    assert words.headline(cells) == "Enhet A skiljer sig mest: 12,0 över helheten i Organisation"
    assert words.reading(cells).endswith("Tydligast är Enhet B: +10,0 i Effektivitet.")


def _answered(make: Make, measurement_id: MeasurementId, numbers: dict[str, int]) -> None:
    for unit, answered in numbers.items():
        here = (ReleasedUnit.measurement_id == measurement_id) & (ReleasedUnit.unit_id == unit)
        make.session.execute(update(ReleasedUnit).where(here).values(answered=answered))


def test_differences_count_only_statements_that_both_sides_show(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    three = {"F1.1": 60.0, "F1.2": 60.0, "F1.3": 60.0}
    whole = {"F1.1": 50.0, "F1.2": 50.0, "F1.3": 50.0, "F1.4": 10.0, "F1.5": 10.0}
    released = make.release(organisation, 2025, {**EVEN, "K": whole, "A": three, "B": {"F1.4": 60.0, **three}})

    cells = Shows(read_basis, released)(visa=Shown.WHOLE)

    assert values(cells)["A"][1] == 10.0  # not 60 - 34
    assert values(cells)["B"][1] == 20.0  # (10 + 10 + 10 + 50) / 4


def test_too_few_common_statements_are_explained(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    whole = {"F1.3": 50.0, "F1.4": 10.0, "F1.5": 10.0}
    released = make.release(organisation, 2025, {**EVEN, "K": whole, "A": {"F1.1": 60.0, "F1.2": 60.0, "F1.3": 60.0}})

    cells = Shows(read_basis, released)(visa=Shown.WHOLE)
    row = next(row for row in rows_below(cells) if row.unit_id == "A")

    assert row.cells[1].why == "Visas inte, eftersom för få påståenden visas på båda sidor."


def test_units_are_folded_by_level(shows: Shows) -> None:
    assert names(shows()) == ["A", "B"]
    assert names(shows(niva=Depth.TWO)) == ["A", "A1", "A2", "B"]
    assert names(shows("A", niva=Depth.ALL)) == ["A1", "A2"]


def test_a_search_looks_on_every_level_and_says_where_units_lie(shows: Shows) -> None:
    cells = shows(sok="enhet a")

    assert names(cells) == ["A", "A1", "A2"]
    assert [row.above for row in rows_below(cells)] == ["", "Enhet A", "Enhet A"]
    assert words.headline(shows(sok="finns inte")) == "Ingen enhet heter något med ”finns inte”"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("A2", ["A", "A1", "A2", "B"]),
        ("-A2", ["B", "A1", "A2", "A"]),
        ("svarande", ["A", "A1", "A2", "B"]),
        ("finns-inte", ["A", "A1", "A2", "B"]),
    ],
)
def test_rows_are_sorted_by_a_column_and_equal_ones_stay_in_the_order_of_the_tree(
    shows: Shows, sort: str, order: list[str]
) -> None:
    assert names(shows(niva=Depth.ALL, sortera=sort)) == order


def test_what_has_no_value_stands_last_whichever_way_one_sorts(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {**EVEN, "A": None, "B": 40.0})
    shows = Shows(read_basis, released)

    assert [names(shows(sortera=sort))[-1] for sort in ("index", "-index")] == ["A", "A"]


def test_hidden_lifted_outside_and_blunted_are_told_apart(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(
        *(organisation, 2025, {**EVEN, "A1": None, "B": None}),
        hidden=Hidden.TOO_FEW,
        home="A",
        lifted=["A2"],
        outside=["B"],
        bound=1,
    )

    rows = {str(row.unit_id): row for row in rows_below(Shows(read_basis, released)(niva=Depth.ALL))}

    assert rows["A1"].remark == f"{Hidden.TOO_FEW.explanation} Svaren räknas in i Enhet A."
    assert (rows["B"].remark, rows["B"].kind) == ("Ingår inte i årets mätning.", RowKind.OUTSIDE)
    assert (rows["A2"].lifted, rows["A"].lifted) == (True, False)
    assert heat.written(rows["A"].cells[0], score=True) == "≥ 50,0"


def test_against_the_whole_the_unit_and_the_whole_stand_first(shows: Shows) -> None:
    above = [(row.name, row.score) for row in rows_above(shows("A", visa=Shown.WHOLE))]

    assert above == [("Hela organisationen", True), ("Enhet A", False)]
    assert [row.name for row in rows_above(shows(visa=Shown.WHOLE))] == ["Hela organisationen"]
    assert [row.name for row in rows_above(shows())] == ["Enhet K"]


def test_a_branch_is_compared_with_the_whole_of_which_it_sees_the_totals_only(shows: Shows) -> None:
    cells = shows("B", branch="B", visa=Shown.WHOLE)
    table = heat.table(cells)

    assert [row.cells[0].value for row in table.rows] == ["Hela organisationen", "Enhet B"]
    assert words.headline(cells) == "Enhet B skiljer sig mest: 6,0 under helheten i Infrastruktur"


def test_others_are_compared_statement_by_statement(make: Make, organisation: OrganisationId, shows: Shows) -> None:
    compare(make, organisation, 12, 45.0)
    _statements_of_others(make, organisation, 45.0)

    cells = shows(visa=Shown.OTHERS, mot=Against.CAPABILITIES)

    assert values(cells)["B"][:2] == [2.0, 2.0]
    assert [row.name for row in rows_above(cells)] == ["Andra kommuner", "Enhet K"]
    assert any("12 andra kommuner" in note for note in words.notes(cells))


def _statements_of_others(make: Make, organisation: OrganisationId, mean: float) -> None:
    keys = list(map(str, INSTRUMENT.statement_keys))
    numbers = {name: [None] * len(keys) for name in ("lower_quartile", "median", "upper_quartile")}
    here = update(Benchmark).where(Benchmark.organisation_id == organisation)
    make.session.execute(here.values(keys=keys, counts=[12] * len(keys), mean=[mean] * len(keys), **numbers))
    make.session.expire_all()


def test_without_others_it_is_said_what_to_do(shows: Shows) -> None:
    cells = shows(visa=Shown.OTHERS)

    assert words.headline(cells) == "Det finns inget att jämföra enheterna med"
    assert heat.draw(cells) is None


def test_last_time_is_what_was_compared_when_the_years_were_released(
    make: Make, organisation: OrganisationId, shows: Shows
) -> None:
    before = make.release(organisation, 2024, EVEN)
    _changed(make, organisation, before, shows.measurement_id, "A", 7.5, p=0.01)
    _changed(make, organisation, before, shows.measurement_id, "B", None, p=None)

    cells = shows(visa=Shown.LAST)

    assert words.headline(cells) == "Enhet A har ändrats mest sedan 2024: +7,5 i Effektivitet"
    assert words.reading(cells) == "Ändringen är säker, också när hänsyn tas till alla jämförelser som gjorts."
    assert values(cells) == {"A": [7.5] * 7, "B": [None] * 7}


def _changed(  # noqa: PLR0917, a row of its own
    make: Make,
    organisation: OrganisationId,
    before: MeasurementId,
    after: MeasurementId,
    unit: str,
    points: float | None,
    p: float | None,
) -> None:
    levels = len(level_columns.keys(INSTRUMENT))
    nothing = dict.fromkeys(("margin", "hedges_g", "smallest"), [None] * levels)
    row = YearComparison(
        organisation_id=organisation,
        measurement_id=before,
        later_id=after,
        unit_id=unit,
        answered_before=40,
        same_people=True,
        difference=[points] * levels,
        adjusted_p=[p] * levels,
        **nothing,
    )
    make.session.add(row)
    make.session.flush()


def test_the_first_measurement_has_no_last_time(shows: Shows) -> None:
    cells = shows(visa=Shown.LAST)

    assert words.headline(cells) == "Ingen enhet kan jämföras med förra gången"


@pytest.mark.parametrize("shown", list(Shown))
@pytest.mark.parametrize("against", list(Against))
@pytest.mark.parametrize("part", list(Part))
def test_picture_and_table_are_drawn_whatever_is_chosen(
    shows: Shows, shown: Shown, against: Against, part: Part
) -> None:
    cells = shows(visa=shown, mot=against, dimension=part, niva=Depth.ALL)
    table = heat.table(cells)

    assert {len(row.cells) for row in table.rows} == {len(table.columns)}
    if (drawn := heat.draw(cells)) is not None:
        assert list(checked(drawn).data[0].y).count(0) == len(cells.columns)


def test_the_picture_has_steps_of_colour_and_leads_to_the_units(shows: Shows) -> None:
    drawn = checked(heat.draw(shows(visa=Shown.WHOLE)))

    cells = drawn.data[0]
    assert list(cells.customdata) == ["A"] * 7 + ["B"] * 7
    assert list(cells.text[:7]) == ["+1,5", "0,0", "0,0", "0,0", "0,0", "+9,1", "0,0"]
