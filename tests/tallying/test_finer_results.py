"""What a release holds beside the means, from the ballot box to the rows."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from benchmarks.organisations import random_answers, random_tree
from db.commands import releases
from db.engine import transaction
from db.models import Placement, ReleasedPiece, ReleasedUnit, Suggestion
from db.models import Release as Packed
from db.queries import stored_releases
from dimios_dash import access, instruments
from dimios_dash.crypto.sealing import Sheet
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId, OrganisationId
from dimios_dash.tallying.release import release_measurement
from dimios_dash.tallying.tally import tally
from tests.factories import Make
from tests.tallying.conftest import KEYS, Town, sheet

ALL = len(KEYS)
TODAY = date(2026, 11, 22)


def run(town: Town, organisation_id: OrganisationId, measurement_id: MeasurementId) -> None:
    release_measurement(town.engine, town.keys, organisation_id, measurement_id, lambda _done, _total: None)


def unit(town: Town, measurement_id: MeasurementId, unit_id: str) -> ReleasedUnit:
    with transaction(town.engine, None) as session:
        return session.scalars(
            select(ReleasedUnit).where(ReleasedUnit.measurement_id == measurement_id, ReleasedUnit.unit_id == unit_id)
        ).one()


def texts(town: Town, measurement_id: MeasurementId) -> set[tuple[str, str | None, str]]:
    with transaction(town.engine, None) as session:
        rows = session.scalars(select(Suggestion).where(Suggestion.measurement_id == measurement_id))
        return {(row.unit_id, row.category, row.text) for row in rows}


def of_role(role_type: int, *points: int) -> Sheet:
    return replace(sheet(*points), role_type=role_type)


def saying(point: int, **written: str) -> Sheet:
    return replace(sheet(point), texts=written)


def same(one: Release, other: Release) -> None:
    for field in fields(Release):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name), equal_nan=True), field.name


def test_three_of_each_role_type_are_shown_apart(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    for role_type, points in ((1, (2, 3, 4)), (2, (3, 3, 4)), (3, (5, 5, 4))):
        for point in points:
            town.put(measurement_id, "E", of_role(role_type, point))

    run(town, organisation_id, measurement_id)

    whole = unit(town, measurement_id, "E")
    assert whole.role_groups == [3] * ALL
    assert whole.role_mean == [[40.0, 46.7, 73.3, 43.3]] * ALL
    assert whole.role_bound == [[0, 0, 0, 0]] * ALL


def test_ten_answers_show_a_distribution_and_a_share_of_dont_know_and_nine_show_neither(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E", "B": "E"})
    for place, points in (("A", [2, 3, 3, 4, 4, 4, 5, 5, 6, 3]), ("B", [0, 2, 3, 4, 5, 3, 3, 4, 4]), ("E", [3, 3])):
        for point in points:
            town.put(measurement_id, place, sheet(point))

    run(town, organisation_id, measurement_id)

    ten, nine = unit(town, measurement_id, "A"), unit(town, measurement_id, "B")
    assert ten.distribution is not None
    assert {sum(counts) for counts in ten.distribution} == {10}
    assert {sum(point * many for point, many in enumerate(counts, 1)) for counts in ten.distribution} == {39}
    assert ten.dont_know == [0.0] * ALL
    assert (nine.distribution, nine.dont_know) == (None, None)
    assert (ten.text_home, nine.text_home) == ("A", "E")
    whole = unit(town, measurement_id, "E").dont_know
    assert whole == [0.048] * ALL


def test_the_stored_rows_give_back_the_release_that_passed_the_gate(make: Make) -> None:
    random, instrument = np.random.default_rng(3), instruments.load()
    tree = siblings_together(random_tree(random, 40))
    answers = random_answers(random, tree, in_a_leaf=12.0, statements=ALL, by_link=0.2)
    organisation_id = make.organisation()
    scope = access.system(organisation_id)
    measurement_id = closed(make, organisation_id, tree)

    made = tally(instrument, tree, answers, 3, invited=None)
    releases.store(make.session, scope, measurement_id, made, TODAY)
    stored = stored_releases.of_measurement(make.session, scope, measurement_id)

    assert (stored.statements, stored.tree.ids) == (KEYS, tree.ids)
    assert made.release.role_groups.any()
    assert made.release.distribution.any()
    same(stored.release, made.release)


def siblings_together(tree: Tree) -> Tree:
    """The same tree, its units in the order in which it is stored."""
    above = [None if parent < 0 else tree.ids[parent] for parent in tree.parent.tolist()]
    return Tree.build(list(zip(tree.ids, above, strict=True)))


def closed(make: Make, organisation_id: OrganisationId, tree: Tree) -> MeasurementId:
    above = [None if parent < 0 else tree.ids[parent] for parent in tree.parent.tolist()]
    make.units(organisation_id, dict(zip(tree.ids, above, strict=True)))
    return make.measurement(organisation_id)


def test_rows_are_stored_in_an_order_that_says_nothing(town: Town) -> None:
    names = {"E": None} | {f"A{number}": "E" for number in range(30)}
    organisation_id, measurement_id = town.closed_measurement(names)
    for place in names:
        for point in (2, 3, 4):
            town.put(measurement_id, place, saying(point, larande=f"{place} {point}"))

    run(town, organisation_id, measurement_id)

    with transaction(town.engine, None) as session:
        rows = {
            table: list(session.scalars(select(column).where(table.measurement_id == measurement_id)))
            for table, column in (
                (ReleasedUnit, ReleasedUnit.unit_id),
                (ReleasedPiece, ReleasedPiece.unit_id),
                (Suggestion, Suggestion.text),
            )
        }
        placed = session.scalars(select(Placement.unit_id).where(Placement.measurement_id == measurement_id)).all()
    assert set(rows[ReleasedUnit]) == set(placed)
    assert all(found != sorted(found) for found in rows.values())
    assert rows[ReleasedUnit] != rows[ReleasedPiece]


def test_texts_stand_where_ten_may_have_written_them(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E", "B": "E"})
    for number in range(10):
        town.put(measurement_id, "A", saying(3, F1=f"förslag {number}"))
    for _silent in range(9):
        town.put(measurement_id, "E", sheet(3))
    town.put(measurement_id, "B", saying(4, A2="  från de få  ", larande="lärt i B", F2=" ", F9="ingen fråga"))

    run(town, organisation_id, measurement_id)

    assert texts(town, measurement_id) == {
        *(("A", "F1", f"förslag {number}") for number in range(10)),
        ("E", "A2", "från de få"),
        ("E", None, "lärt i B"),
    }


def test_where_the_whole_is_smaller_than_ten_no_text_is_kept(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E"})
    for _person in range(9):
        town.put(measurement_id, "A", saying(3, F1="jag känns igen"))

    run(town, organisation_id, measurement_id)

    assert texts(town, measurement_id) == set()
    assert unit(town, measurement_id, "A").mean == [40.0] * ALL


def test_answers_by_open_link_give_nobody_who_was_invited_a_crowd_to_hide_in(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E"})
    for _person in range(9):
        town.put(measurement_id, "A", saying(3, F1="jag känns igen"))
    for _anybody in range(30):
        town.put(measurement_id, "A", saying(4, F1="vem som helst"), Channel.LINK)

    run(town, organisation_id, measurement_id)

    assert texts(town, measurement_id) == set()
    assert unit(town, measurement_id, "A").distribution is None
    with transaction(town.engine, None) as session:
        assert session.scalars(select(Packed.reliability_keys)).one() == []


def test_a_text_carries_neither_its_writer_nor_their_role_type() -> None:
    columns = set(Suggestion.__table__.columns.keys())

    assert columns == {"organisation_id", "id", "measurement_id", "unit_id", "category", "text"}
    assert not any(column.identity is not None for column in Suggestion.__table__.columns)


def test_thirty_respondents_give_each_category_a_reliability_and_twenty_nine_do_not(town: Town) -> None:
    random = np.random.default_rng(5)
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    values = random.integers(1, 6, (30, ALL), endpoint=True)
    values[0, 0] = 0
    for row in values.tolist():
        town.put(measurement_id, "E", sheet(*row))

    run(town, organisation_id, measurement_id)

    with transaction(town.engine, None) as session:
        packed = session.scalars(select(Packed)).one()
    assert packed.reliability_keys == ["F2", "F3", "A1", "A2", "A3"]
    ends = zip(packed.alpha_low, packed.alpha, packed.alpha_high, strict=True)
    assert all(low < alpha < high for low, alpha, high in ends)
    numbers = [*packed.alpha, *packed.omega, *packed.alpha_low, *packed.alpha_high]
    assert numbers == [round(number, 2) for number in numbers]


def test_the_spread_of_the_whole_is_that_of_its_protected_distributions(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    for point in (1, 2, 2, 3, 3, 4, 4, 5, 5, 6):
        town.put(measurement_id, "E", sheet(point))

    run(town, organisation_id, measurement_id)

    with transaction(town.engine, None) as session:
        packed = session.scalars(select(Packed)).one()
    shown = unit(town, measurement_id, "E").distribution
    assert shown is not None
    answers = np.repeat(np.arange(6) * 20, shown[0])
    spread = dict(zip(packed.spread_keys, packed.spread_sd, strict=True))
    assert spread["F1.1"] == pytest.approx(answers.std(ddof=1), abs=0.005)
    assert set(spread) == {*KEYS, "F1", "F2", "F3", "A1", "A2", "A3", "F", "A", "index"}
    assert set(packed.spread_n) == {10}


def test_a_unit_never_has_details_of_other_statements_than_its_means(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    owner = {"organisation_id": organisation_id, "measurement_id": measurement_id, "unit_id": "E", "answered": 3}
    cells = {"mean": [1.0], "hidden": [0], "home": ["E"], "lifted": [0], "bound": [0]}

    for wrong in ({"dont_know": [0.1, 0.2]}, {"distribution": [[1] * 6] * 2}, {"role_groups": [3, 3]}):
        with pytest.raises(IntegrityError, match="details_of_one_length"), transaction(town.engine, None) as session:
            session.execute(insert(ReleasedUnit).values(**owner, **cells, **wrong))
