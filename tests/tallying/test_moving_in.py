from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from db.models import Ballot, Measurement, Organisation, Placement, ReleasedUnit, Unit
from dimios_dash import access, instruments
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scoring import INDEX_KEY, levels, strengths, weaknesses
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, OrganisationId, StatementKey, UnitId
from dimios_dash.tallying.moving_in import move_in
from tests.factories import Make
from tests.tallying.conftest import KEYS, answers, files, plain_means, units

TODAY = date(2026, 11, 22)
TREE = {"E": None, "E1": "E"}


def move(  # noqa: PLR0917, only what a test is about is named
    make: Make,
    organisation_id: OrganisationId,
    year: int = 2025,
    tree: Mapping[str, str | None] = TREE,
    k: int = 3,
    invited: Mapping[UnitId, int] | None = None,
) -> MeasurementId:
    scope, rows = access.system(organisation_id), answers("E", [3, 4, 5])
    return move_in(make.session, scope, make.keys, year, k, units(tree), rows, TODAY, invited)


def move_files(make: Make, folder: Path, year: int) -> MeasurementId:
    organisation_id = make.organisation()
    tree, rows = files(folder, year)
    return move_in(make.session, access.system(organisation_id), make.keys, year, 3, tree, rows, TODAY)


def root(make: Make, measurement_id: MeasurementId) -> ReleasedUnit:
    return make.session.scalars(
        select(ReleasedUnit)
        .join(
            Placement,
            (Placement.measurement_id == ReleasedUnit.measurement_id) & (Placement.unit_id == ReleasedUnit.unit_id),
        )
        .where(ReleasedUnit.measurement_id == measurement_id, Placement.parent_id.is_(None))
    ).one()


def test_nacka_2022_reaches_the_published_numbers(make: Make, project: Path) -> None:
    measurement_id = move_files(make, project / "tests/data/nacka-2022", 2022)

    whole = root(make, measurement_id)
    means: dict[StatementKey, float | None] = dict(zip(KEYS, whole.mean, strict=True))
    instrument = instruments.load()
    index = {level.key: level.mean for level in levels(instrument, means)}[INDEX_KEY]
    assert whole.answered == 149
    assert index == pytest.approx(56.0, abs=0.1)
    assert strengths(instrument, means).relative == ("F1.2", "F2.5", "A1.4")
    assert weaknesses(instrument, means).relative[:2] == ("F1.3", "A2.4")


def test_ekhamn_2025_equals_a_plain_calculation_up_to_blunting(make: Make, project: Path) -> None:
    folder = project / "dimios_dash/demo_data/ekhamn"
    lines = (folder / "answers-2025.csv").read_text(encoding="utf-8").splitlines()[1:]
    values = np.array([[int(cell or 0) for cell in line.split(";")[2:]] for line in lines])

    whole = root(make, move_files(make, folder, 2025))

    away = np.abs(np.array(whole.mean, dtype=float) - plain_means(values))
    rounding = 0.0501
    pieces = len({line.split(";")[0] for line in lines})
    room = 2 * 20 * pieces / (values > 0).sum(axis=0)
    print(f"ekhamn 2025: largest blunting of the root {away.max():.2f} points of 100")  # noqa: T201, for the reader
    assert (away <= room + rounding).all()
    assert np.median(away) < 1
    assert whole.answered == len(lines)


def test_an_earlier_measurement_is_released_at_once_and_leaves_no_answers(make: Make) -> None:
    organisation_id = make.organisation()

    measurement_id = move(make, organisation_id, k=5)

    made = make.session.get_one(Measurement, (organisation_id, measurement_id))
    assert (made.state, made.year, made.k, made.released_on) == (MeasurementState.RELEASED, 2025, 5, TODAY)
    assert made.box_public_key is None
    assert make.session.scalar(select(func.count()).select_from(Ballot)) == 0


def test_invited_are_unknown_unless_they_are_told(make: Make) -> None:
    organisation_id = make.organisation()

    unknown = move(make, organisation_id, 2024)
    told = move(make, organisation_id, 2025, invited={UnitId("E"): 4, UnitId("E1"): 3})

    assert root(make, unknown).invited is None
    assert root(make, told).invited == 7


def test_the_first_measurement_brings_the_tree(make: Make) -> None:
    organisation_id = make.organisation()

    move(make, organisation_id, tree={"E": None, "E1": "E", "E11": "E1"})

    created = make.session.scalars(select(Unit).where(Unit.organisation_id == organisation_id).order_by(Unit.position))
    assert [(unit.id, unit.parent_id, unit.closed) for unit in created] == [
        ("E", None, False),
        ("E1", "E", False),
        ("E11", "E1", False),
    ]


def test_units_that_are_there_keep_their_name_and_place_and_the_measurement_its_own(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"E": None, "E1": "E", "E2": "E"})
    make.session.get_one(Unit, (organisation_id, "E2")).name = "Nytt namn"
    make.session.flush()

    measurement_id = move(make, organisation_id, tree={"E": None, "E1": "E", "E2": "E1"})

    today = make.session.get_one(Unit, (organisation_id, "E2"))
    then = make.session.get_one(Placement, (organisation_id, measurement_id, "E2"))
    assert (today.name, today.parent_id) == ("Nytt namn", "E")
    assert (then.name, then.parent_id) == ("Enhet E2", "E1")


def test_units_of_an_older_tree_are_closed_and_those_of_a_newer_one_are_in_use(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id, 2024)

    move(make, organisation_id, 2023, tree={"E": None, "gammal": "E"})
    move(make, organisation_id, 2025, tree={"E": None, "ny": "E", "under": "gammal", "gammal": "E"})

    units = make.session.scalars(select(Unit).where(Unit.organisation_id == organisation_id))
    assert {unit.id: unit.closed for unit in units} == {
        "E": False,
        "E1": False,
        "gammal": True,
        "ny": False,
        "under": True,
    }


def test_a_tree_with_another_root_is_refused(make: Make) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, {"K": None})

    with pytest.raises(Invalid, match="Överst i filens träd ligger ”E”, men överst i organisationens träd ligger ”K”"):
        move(make, organisation_id)


def test_the_same_year_a_second_time_is_refused(make: Make) -> None:
    organisation_id = make.organisation()
    move(make, organisation_id)

    with pytest.raises(Invalid, match="har redan en publicerad mätning för 2025"):
        move(make, organisation_id)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (MeasurementState.DRAFT, "förbereder redan"),
        (MeasurementState.OPEN, "har redan en öppen"),
        (MeasurementState.CLOSED, "har redan en stängd"),
    ],
)
def test_a_year_that_is_being_measured_is_refused(make: Make, state: MeasurementState, said: str) -> None:
    organisation_id = make.organisation()
    make.units(organisation_id, TREE)
    make.measurement(organisation_id, state, year=2026)

    with pytest.raises(Invalid, match=f"{said} .*mätning"):
        move(make, organisation_id, 2026)


def test_the_same_year_of_another_organisation_is_no_hindrance(make: Make) -> None:
    move(make, make.organisation())

    assert move(make, make.organisation())


@pytest.mark.parametrize("year", [2027, 25, 20250])
def test_only_years_that_have_begun_are_earlier_measurements(make: Make, year: int) -> None:
    with pytest.raises(Invalid, match="kan vara från 2000 till 2026"):
        move(make, make.organisation(), year)


def test_k_is_never_below_that_of_the_organisation(make: Make) -> None:
    organisation_id = make.organisation()
    make.session.get_one(Organisation, organisation_id).k = 7

    with pytest.raises(Invalid, match="visar inget för färre än 7 svar"):
        move(make, organisation_id, k=5)


def test_k_is_one_of_those_that_are_allowed(make: Make) -> None:
    with pytest.raises(Invalid, match="3, 5, 7 eller 10"):
        move(make, make.organisation(), k=4)
