"""Vet ej: where people do not know, whether it becomes less, and what to train."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import update

from db.models import ReleasedUnit
from dimios_dash import instruments
from dimios_dash.analyses.dont_know import heat, training, trend
from dimios_dash.analyses.dont_know.cells import read
from dimios_dash.analyses.internal.choices import Depth, Part
from dimios_dash.domain.gate.finer_hidden import FinerHidden
from dimios_dash.domain.statistics.uncertainty import interval_of_share
from dimios_dash.figures.numbers import percent
from dimios_dash.figures.theme import BANDS
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked

KEYS = instruments.load().statement_keys
EVEN = {"K": 50.0, "A": 50.0, "A1": 50.0, "A2": 50.0, "B": 50.0}
Shares = Mapping[str, Mapping[str, float]]
"""By unit: a share for each beginning of a key, the longest counts; a unit that is not there shows none."""
SAID: Shares = {
    "K": {"": 0.08, "F1.3": 0.31, "A1.3": 0.2},
    "A": {"": 0.05, "F1.3": 0.2},
    "B": {"": 0.1, "F1.3": 0.5, "A2.1": 0.26},
}


def release(make: Make, organisation: OrganisationId, year: int, said: Shares = SAID) -> MeasurementId:
    """A release with these shares of Vet ej."""
    measurement_id = make.release(organisation, year, EVEN, answered=40)
    for unit, given in said.items():
        shares = [given[max((each for each in given if key.startswith(each)), key=len)] for key in KEYS]
        here = (ReleasedUnit.measurement_id == measurement_id) & (ReleasedUnit.unit_id == unit)
        make.session.execute(update(ReleasedUnit).where(here).values(dont_know=shares))
    return measurement_id


def test_the_headline_names_the_statement_and_the_unit_with_most(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    cells = read(read_basis(release(make, organisation, 2025)))
    interval = interval_of_share(0.31, 40)

    assert heat.headline(cells) == "Flest Vet ej om Nyttorealisering: 31 % – mest i Enhet B".replace(
        "31 %", percent(0.31)
    )
    assert interval is not None
    assert heat.between(interval) == f"{round(100 * interval.low)}–{percent(interval.high)}"
    assert heat.between(interval) in heat.reading(cells)
    assert heat.reading(cells).endswith("2 av 2 enheter under kan visas.")


def test_a_unit_that_shows_no_share_says_why(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    released = release(make, organisation, 2025, {"K": SAID["K"], "B": SAID["B"]})
    rows = {str(row.unit_id): row for row in heat.rows(read(read_basis(released)))}

    assert rows["A"].why == FinerHidden.FEW_RESPONDENTS.explanation
    assert set(rows["A"].shares) == {None}
    assert rows["B"].why == ""


def test_a_hidden_unit_is_explained_and_has_no_picture(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    cells = read(read_basis(release(make, organisation, 2025, {}), "A"))

    assert heat.headline(cells) == "Andelen Vet ej kan inte visas"
    assert heat.reading(cells) == FinerHidden.FEW_RESPONDENTS.explanation
    assert heat.draw(cells) is None


def test_the_first_column_is_the_mean_of_the_others(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = release(make, organisation, 2025)
    table = heat.table(read(read_basis(released, dimension=Part.CAPABILITY)))

    assert [cell.value for cell in table.rows[0].cells][:4] == [
        "Enhet K",
        40,
        round(100 * (14 * 0.08 + 0.31) / 15, 1),
        8.0,
    ]
    assert len(table.columns) == 2 + 1 + 15


def test_rows_are_sorted_and_searched_for(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    released = release(make, organisation, 2025)

    def names(**choices: object) -> list[str]:
        return [str(row.unit_id) for row in heat.rows(read(read_basis(released, **choices)))][1:]

    assert names(sortera="F1.3") == ["B", "A"]
    assert names(niva=Depth.ALL) == ["A", "A1", "A2", "B"]
    assert names(sok="a1") == ["A1"]


def test_the_picture_has_a_colour_for_each_band(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    drawn = checked(heat.draw(read(read_basis(release(make, organisation, 2025)))))

    of_third_row = [colour for row, colour in zip(drawn.data[0].y, drawn.data[0].marker.color, strict=True) if row == 2]
    assert set(of_third_row) == {colour.value for colour in BANDS[1:]}


def test_the_trend_goes_over_the_years_that_show_it(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    release(make, organisation, 2023, {"K": {"F": 0.3, "A": 0.1}})
    release(make, organisation, 2024, {})
    released = release(make, organisation, 2025, {"K": {"F": 0.2, "A": 0.1}})
    release(make, organisation, 2026)

    cells = trend.read(read_basis(released))
    before, now = percent(0.2), percent(0.15)

    assert trend.headline(cells) == f"Mindre Vet ej: {before} 2023, {now} 2025"
    assert list(checked(trend.draw(cells)).data[0].x) == [2023, 2025]
    assert [[cell.value for cell in row.cells] for row in trend.table(cells).rows] == [
        ["2023", 20.0, 30.0, 10.0],
        ["2024", None, None, None],
        ["2025", 15.0, 20.0, 10.0],
    ]


def test_what_to_train_stands_first_where_most_do_not_know(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    cells = training.read(read_basis(release(make, organisation, 2025)))
    rows = [[cell.value for cell in row.cells] for row in training.table(cells).rows]

    assert training.headline(cells) == "Träna först på Nyttorealisering, Data och Verksamhet och it"
    assert training.reading(cells) == f"{percent(0.31)} svarar Vet ej om Nyttorealisering. Börja i Enhet B."
    assert [row[0] for row in rows] == ["Nyttorealisering", "Data", "Verksamhet och it"]
    assert rows[0][1:4] == [percent(0.31), "omkring en av tre", f"Enhet B ({percent(0.5)})"]
    assert rows[0][4] == instruments.material()[KEYS[2]].sv


def test_where_few_do_not_know_there_is_nothing_to_train(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    few = training.read(read_basis(release(make, organisation, 2024, {"K": {"": 0.05}}), year=2024))
    hidden = training.read(read_basis(release(make, organisation, 2025, {})))

    assert (training.headline(few), few.rows) == ("Få svarar Vet ej", ())
    assert training.headline(hidden) == "Inget att träna på visas"


@pytest.mark.parametrize(("branch", "names"), [(None, {"Enhet A", "Enhet B"}), ("A", set())])
def test_the_list_of_a_branch_names_no_unit_outside(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis, branch: str | None, names: set[str]
) -> None:
    everybody = {unit: {"": 0.4} for unit in ("K", "A", "B")}
    cells = training.read(read_basis(release(make, organisation, 2025, everybody), branch or "K", branch))

    assert {name for row in cells.rows for name, _share in row.where} == names
