"""A release counted anew after a fault in the program: the same ballots, and nobody singled out by having seen both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import select, text, update

from db.commands import suggestions as decisions
from db.commands.ballot_box import QUARANTINE
from db.engine import transaction
from db.models import AuditEvent, Base, Measurement, ReleasedPiece, ReleasedUnit
from db.queries import suggestions
from dimios_dash import access
from dimios_dash.crypto.key_names import box_key
from dimios_dash.domain import disclosure
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.disclosure import Leak
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.tallying.moving_in import move_in
from dimios_dash.tallying.recalculation import recalculate
from dimios_dash.tallying.release import release_measurement
from tests.tallying.conftest import KEYS, Town, answers, sheet, units

TREE = {"E": None, "A": "E", "B": "E", "C": "E"}
RESULTS = (
    *("release", "released_unit", "released_piece", "regrouped_unit", "year_comparison", "suggestion"),
    *("suggestion_review", "measurement"),
)


def today() -> date:
    return today_in_stockholm(datetime.now(UTC))


def released(town: Town) -> tuple[OrganisationId, MeasurementId]:
    """E with 2 answers, A with 12, B with 1 and C with 14, each with a text."""
    organisation_id, measurement_id = town.closed_measurement(TREE)
    for unit, points in (("E", [2, 5]), ("A", [2, 3, 4] * 4), ("B", [6]), ("C", [1, 3, 5, 4, 4, 2, 3] * 2)):
        for number, point in enumerate(points):
            written = {"F1": f"{unit} {number}"}
            town.put(measurement_id, unit, replace(sheet(point), texts=written))
    release_measurement(town.engine, town.keys, organisation_id, measurement_id, lambda _done, _total: None)
    return organisation_id, measurement_id


def rows(town: Town) -> dict[str, list[str]]:
    """Everything that is stored of results, in an order of its own."""
    with transaction(town.engine, None) as session:
        return {
            name: sorted(session.scalars(text(f"select t::text from {name} t")))  # noqa: S608, our own names
            for name in Base.metadata.tables
            if name in RESULTS
        }


def spoil_means(town: Town, measurement_id: MeasurementId) -> None:
    """What a faulty program might have published: 10 too much for A."""
    with transaction(town.engine, None) as session:
        found = session.scalars(
            select(ReleasedUnit).where(ReleasedUnit.measurement_id == measurement_id, ReleasedUnit.unit_id == "A")
        ).one()
        found.mean = [None if mean is None else mean + 10 for mean in found.mean]


def spoil_homes(town: Town, measurement_id: MeasurementId) -> None:
    """What a faulty program might have published: E's answers counted in A, and B's single one in C."""
    with transaction(town.engine, None) as session:
        for unit, home, own in (("E", "A", 0), ("A", "A", 14), ("B", "C", 0), ("C", "C", 15)):
            here = {"measurement_id": measurement_id, "unit_id": unit}
            session.execute(update(ReleasedUnit).filter_by(**here).values(home=[home] * len(KEYS)))
            session.execute(update(ReleasedPiece).filter_by(**here).values(n=[own] * len(KEYS)))


def test_counting_the_same_again_changes_nothing_not_even_a_picture(town: Town) -> None:
    organisation_id, measurement_id = released(town)
    before = rows(town)

    changed = recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert changed == 0
    assert rows(town) == before
    assert any("{{" in row for row in before["released_unit"])
    assert len(before["suggestion"]) == 29


def test_a_fault_is_mended_with_the_same_pictures_and_texts(town: Town) -> None:
    organisation_id, measurement_id = released(town)
    right = rows(town)
    spoil_means(town, measurement_id)

    changed = recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert changed == len(KEYS)
    assert rows(town) == right


def test_what_has_been_decided_about_the_texts_stays(town: Town) -> None:
    organisation_id, measurement_id = released(town)
    with transaction(town.engine, None) as session:
        reviewing = access.export_as_written(session, organisation_id, 2026)
        masked, hidden, *_ = suggestions.as_written(session, reviewing)
        for text, wanted in (
            (masked, Review(ReviewState.SHOWN, masks=((0, 1),), tags=("it",))),
            (hidden, Review(ReviewState.HIDDEN, HideReason.OTHER)),
        ):
            decisions.review(session, reviewing, Chosen(text.id, 0), wanted)
    before = rows(town)
    spoil_means(town, measurement_id)

    recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert len(before["suggestion_review"]) == 2
    assert rows(town)["suggestion_review"] == before["suggestion_review"]
    assert rows(town)["suggestion"] == before["suggestion"]


def test_earlier_years_are_placed_and_compared_anew(town: Town) -> None:
    organisation_id, measurement_id = released(town)
    with transaction(town.engine, None) as session:
        said = [row for unit in TREE for row in answers(unit, [3, 4, 5])]
        move_in(session, access.system(organisation_id), town.keys, 2025, 3, units(TREE), said, today())
    right = rows(town)
    with transaction(town.engine, None) as session:
        session.execute(text("update regrouped_unit set mean = array_fill(1.0, array[cardinality(mean)])"))
        session.execute(text("update year_comparison set difference = array_fill(1.0, array[cardinality(difference)])"))

    recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert len(right["regrouped_unit"]) == len(TREE)
    assert right["year_comparison"]
    assert rows(town) == right


def test_it_is_kept_who_replaced_what(town: Town) -> None:
    organisation_id, measurement_id = released(town)

    recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    with transaction(town.engine, None) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.event == "release_recalculated")).one()
    assert (event.organisation_id, event.account_id) == (organisation_id, None)
    assert event.details == {"measurement": str(measurement_id), "year": 2026, "means_changed": 0}


def test_two_releases_that_single_somebody_out_together_are_refused(town: Town) -> None:
    organisation_id, measurement_id = released(town)
    spoil_homes(town, measurement_id)
    before = rows(town)

    with pytest.raises(Invalid, match=r"sett båda resultaten .* F1\.1, .* Ingenting har ändrats"):
        recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert rows(town) == before


def test_a_ballot_that_was_not_counted_then_is_not_told_by_the_difference(town: Town) -> None:
    organisation_id, measurement_id = released(town)
    town.put(measurement_id, "A", sheet(6))
    before = rows(town)

    with pytest.raises(Invalid, match="Nu går 30 svarssedlar att räkna, men resultatet bygger på 29"):
        recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert rows(town) == before


def test_when_the_check_objects_the_old_release_stays(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    organisation_id, measurement_id = released(town)
    before = rows(town)
    monkeypatch.setattr(disclosure, "leaks", lambda *_args, **_options: np.array([0]))

    with pytest.raises(Leak):
        recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert rows(town) == before


@pytest.mark.parametrize(("days", "allowed"), [(QUARANTINE.days - 1, True), (QUARANTINE.days, False)])
def test_it_can_be_done_for_fourteen_days(town: Town, days: int, allowed: bool) -> None:
    organisation_id, measurement_id = released(town)
    when = today() + timedelta(days=days)

    if allowed:
        assert recalculate(town.engine, town.keys, organisation_id, measurement_id, when) == 0
    else:
        with pytest.raises(Invalid, match=r"går inte att räkna om längre\. Svaren sparas i 14 dagar"):
            recalculate(town.engine, town.keys, organisation_id, measurement_id, when)


def test_without_the_boxs_key_nothing_is_changed(town: Town) -> None:
    organisation_id, measurement_id = released(town)
    before = rows(town)
    town.keys.destroy(box_key(measurement_id))

    with pytest.raises(Invalid, match="Nyckeln till svaren från 2026 finns inte kvar"):
        recalculate(town.engine, town.keys, organisation_id, measurement_id, today())

    assert rows(town) == before


@pytest.mark.parametrize("state", [MeasurementState.DRAFT, MeasurementState.OPEN, MeasurementState.CLOSED])
def test_what_is_not_released_is_not_counted_anew(town: Town, state: MeasurementState) -> None:
    organisation_id, measurement_id = town.closed_measurement(TREE)
    with transaction(town.engine, None) as session:
        session.get_one(Measurement, (organisation_id, measurement_id)).state = state.value

    with pytest.raises(Invalid, match="är inte publicerad"):
        recalculate(town.engine, town.keys, organisation_id, measurement_id, today())


def test_a_measurement_that_was_moved_in_has_no_answers_to_count(town: Town) -> None:
    organisation_id, _measurement = town.closed_measurement({"E": None})
    with transaction(town.engine, None) as session:
        scope = access.system(organisation_id)
        rows_ = answers("E", [3, 4, 5])
        moved = move_in(session, scope, town.keys, 2025, 3, units({"E": None}), rows_, today(), {UnitId("E"): 4})

    with pytest.raises(Invalid, match="inläst från ett annat verktyg"):
        recalculate(town.engine, town.keys, organisation_id, moved, today())


def test_a_measurement_of_another_organisation_looks_missing(town: Town) -> None:
    _owner, measurement_id = released(town)
    stranger, _other = town.closed_measurement({"E": None})

    with pytest.raises(NotFound):
        recalculate(town.engine, town.keys, stranger, measurement_id, today())
