from __future__ import annotations

import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from sqlalchemy import func, select

from db.engine import transaction
from db.models import Ballot, Base, Incident, Invitation, Measurement, Release, ReleasedPiece, ReleasedUnit
from dimios_dash.crypto.sealing import Sheet
from dimios_dash.domain import disclosure
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.disclosure import Hidden, Leak
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId, new_id
from dimios_dash.tallying.release import release_measurement
from tests.factories import Make
from tests.tallying.conftest import KEYS, Town, plain_means, sheet

BRANCHES = {"E": None, "E1": "E", "E11": "E1", "E12": "E1", "E2": "E", "E21": "E2"}


def run(town: Town, organisation_id: OrganisationId, measurement_id: MeasurementId) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    release_measurement(
        town.engine, town.keys, organisation_id, measurement_id, lambda done, total: told.append((done, total))
    )
    return told


def released(town: Town, measurement_id: MeasurementId) -> dict[str, ReleasedUnit]:
    with transaction(town.engine, None) as session:
        rows = session.scalars(select(ReleasedUnit).where(ReleasedUnit.measurement_id == measurement_id))
        return {row.unit_id: row for row in rows}


def state(town: Town, measurement_id: MeasurementId) -> str:
    with transaction(town.engine, None) as session:
        return session.scalars(select(Measurement.state).where(Measurement.id == measurement_id)).one()


def rows_per_table(town: Town, organisation_id: OrganisationId) -> Counter[str]:
    with transaction(town.engine, None) as session:
        return Counter(
            {
                name: session.scalar(
                    select(func.count()).select_from(table).where(table.c.organisation_id == organisation_id)
                )
                or 0
                for name, table in Base.metadata.tables.items()
                if "organisation_id" in table.c
            }
        )


def random_box(town: Town, measurement_id: MeasurementId) -> tuple[list[str], np.ndarray]:
    """Forty ballots at random places of BRANCHES, one fifth of the answers Vet ej."""
    random = np.random.default_rng(7)
    places = [str(place) for place in random.choice(list(BRANCHES), 40)]
    values = random.integers(1, 6, (40, len(KEYS)), endpoint=True) * (random.random((40, len(KEYS))) < 0.8)
    for place, row in zip(places, values.tolist(), strict=True):
        town.put(measurement_id, place, sheet(*row))
    return places, values


def test_the_whole_equals_a_plain_calculation_up_to_blunting(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement(BRANCHES)
    places, values = random_box(town, measurement_id)

    run(town, organisation_id, measurement_id)
    units = released(town, measurement_id)

    blunted = np.zeros(len(KEYS))
    for statement in range(len(KEYS)):
        homes = np.array([units[place].home[statement] for place in places])
        for home in set(homes):
            piece = values[(homes == home) & (values[:, statement] > 0), statement]
            blunted[statement] += np.clip(piece.sum(), piece.size + 2, 6 * piece.size - 2) if piece.size else 0
    expected = (blunted / (values > 0).sum(axis=0) - 1) / 5 * 100
    size = np.abs(expected - plain_means(values)).max()
    print(f"largest blunting of a cell of the root: {size:.2f} points of 100")  # noqa: T201, for the reader
    assert units["E"].mean == pytest.approx(expected, abs=0.0501)
    assert size < 2 * len(BRANCHES) / 25 * 20
    assert units["E"].answered == len(places)


def test_a_release_is_stored_once_and_stays(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement(BRANCHES)
    for point in (3, 4, 5):
        town.put(measurement_id, "E11", sheet(point))
    run(town, organisation_id, measurement_id)
    before = rows_per_table(town, organisation_id)

    town.put(measurement_id, "E11", sheet(6))
    told = run(town, organisation_id, measurement_id)

    assert told == []
    assert state(town, measurement_id) == MeasurementState.RELEASED
    assert rows_per_table(town, organisation_id) == before + Counter(ballot=1)
    assert before["released_unit"] == before["released_piece"] == len(BRANCHES)


def test_open_link_answers_never_help_email_answers_over_the_threshold(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "A": "E", "B": "E", "C": "E"})
    for unit, email, link in (("E", 3, 0), ("A", 2, 5), ("B", 0, 5), ("C", 4, 1)):
        for channel, number in ((Channel.EMAIL, email), (Channel.LINK, link)):
            for point in range(number):
                town.put(measurement_id, unit, sheet(point + 1), channel)

    run(town, organisation_id, measurement_id)
    units = released(town, measurement_id)

    assert set(units["A"].hidden) == {Hidden.PROTECTS_OTHERS}
    assert set(units["B"].hidden) == {Hidden.SHOWN}
    assert set(units["C"].hidden) == {Hidden.SHOWN}
    assert units["E"].answered == 20


def test_ballots_that_cannot_be_counted_are_skipped_counted_and_no_reason_to_stop(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    for point in (3, 4, 5):
        town.put(measurement_id, "E", sheet(point))
    town.put(measurement_id, "E", sheet(7))
    town.put(measurement_id, "E", Sheet(1, {"F1.1": 3}, {}))
    town.put(measurement_id, "E", Sheet(1, {**sheet(3).answers, "F9.9": 3}, {}))
    with transaction(town.engine, None) as session:
        town.put_envelope(session, organisation_id, measurement_id, "E", Channel.EMAIL, b"torn")

    told = run(town, organisation_id, measurement_id)

    with transaction(town.engine, None) as session:
        assert session.scalars(select(Release.skipped_ballots)).one() == 4
        incident = session.scalars(select(Incident)).one()
        assert (incident.kind, incident.reference) == ("skipped_ballots", measurement_id.hex[:8])
        assert incident.details == {"ballots": 4}
    assert released(town, measurement_id)["E"].answered == 3
    assert released(town, measurement_id)["E"].mean == [60.0] * len(KEYS)
    assert told[0] == (0, 7)
    assert told[-1] == (7, 7)


def test_an_envelope_moved_to_another_unit_or_channel_does_not_count(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None, "E1": "E"})
    town.put(measurement_id, "E1", sheet(3))
    with transaction(town.engine, None) as session:
        envelope = session.scalars(select(Ballot.envelope)).one()
        town.put_envelope(session, organisation_id, measurement_id, "E", Channel.EMAIL, envelope)
        town.put_envelope(session, organisation_id, measurement_id, "E1", Channel.LINK, envelope)

    run(town, organisation_id, measurement_id)

    assert released(town, measurement_id)["E"].answered == 1


def test_an_empty_box_is_released_with_nothing_to_see(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement(BRANCHES)

    told = run(town, organisation_id, measurement_id)

    units = released(town, measurement_id).values()
    assert {hidden for unit in units for hidden in unit.hidden} == {Hidden.NO_ANSWERS}
    assert told == [(0, 0)]


def test_invited_are_counted_with_everything_below(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement(BRANCHES)
    with transaction(town.engine, None) as session:
        make = Make(session, town.keys)
        for unit in ("E", "E11", "E11", "E21"):
            make.invitation(organisation_id, measurement_id, unit)
        gone = make.invitation(organisation_id, measurement_id, "E21")
        session.get_one(Invitation, (organisation_id, gone.id)).removed = True

    run(town, organisation_id, measurement_id)

    invited = {unit: row.invited for unit, row in released(town, measurement_id).items()}
    assert invited == {"E": 4, "E1": 2, "E11": 2, "E12": 0, "E2": 1, "E21": 1}


@pytest.mark.parametrize("state", [MeasurementState.DRAFT, MeasurementState.OPEN])
def test_a_measurement_that_is_not_closed_is_never_counted(town: Town, state: MeasurementState) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    with transaction(town.engine, None) as session:
        session.get_one(Measurement, (organisation_id, measurement_id)).state = state.value

    with pytest.raises(Invalid, match="kan inte publiceras"):
        run(town, organisation_id, measurement_id)

    assert released(town, measurement_id) == {}


def test_a_measurement_of_another_organisation_looks_missing(town: Town) -> None:
    _owner, measurement_id = town.closed_measurement({"E": None})
    stranger, _other = town.closed_measurement({"E": None})

    with pytest.raises(NotFound):
        run(town, stranger, measurement_id)


def test_a_measurement_that_is_gone_is_said_to_be(town: Town) -> None:
    organisation_id, _measurement_id = town.closed_measurement({"E": None})

    with pytest.raises(NotFound, match="finns inte längre"):
        run(town, organisation_id, MeasurementId(new_id()))


def test_when_the_check_objects_nothing_is_stored(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    town.put(measurement_id, "E", sheet(3))
    before = rows_per_table(town, organisation_id)
    monkeypatch.setattr(disclosure, "leaks", lambda *_args, **_options: np.array([0]))

    with pytest.raises(Leak, match="single out fewer than k"):
        run(town, organisation_id, measurement_id)

    assert state(town, measurement_id) == MeasurementState.CLOSED
    assert rows_per_table(town, organisation_id) == before


def test_another_organisations_rows_are_not_touched(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    other, others_measurement = town.closed_measurement({"E": None})
    for point in (3, 4, 5):
        town.put(measurement_id, "E", sheet(point))
        town.put(others_measurement, "E", sheet(point))
    before = rows_per_table(town, other)

    run(town, organisation_id, measurement_id)

    assert rows_per_table(town, other) == before
    assert state(town, others_measurement) == MeasurementState.CLOSED


KILLED = """
import os, sys
from uuid import UUID
from sqlalchemy import event
from sqlalchemy.orm import Session
from db.engine import connect
from dimios_dash.crypto.keystore import FolderKeyStore
from dimios_dash.tallying.release import release_measurement
from pathlib import Path

url, keys, organisation_id, measurement_id = sys.argv[1:]
event.listen(Session, "before_commit", lambda _session: os._exit(9))
release_measurement(
    connect(url), FolderKeyStore([Path(keys)]), UUID(organisation_id), UUID(measurement_id), lambda _done, _total: None
)
"""


def test_a_tally_killed_at_the_last_moment_leaves_the_measurement_closed(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    for point in (3, 4, 5):
        town.put(measurement_id, "E", sheet(point))
    before = rows_per_table(town, organisation_id)
    url = town.engine.url.render_as_string(hide_password=False)
    arguments = [url, str(town.settings.keys), str(organisation_id), str(measurement_id)]

    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)

    assert killed.returncode == 9
    assert state(town, measurement_id) == MeasurementState.CLOSED
    assert rows_per_table(town, organisation_id) == before
    run(town, organisation_id, measurement_id)
    assert state(town, measurement_id) == MeasurementState.RELEASED


def test_pieces_hold_blunted_sums_for_later_trees(town: Town) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    for _person in range(4):
        town.put(measurement_id, "E", sheet(6))

    run(town, organisation_id, measurement_id)

    with transaction(town.engine, None) as session:
        piece = session.scalars(select(ReleasedPiece)).one()
    assert set(piece.n) == {4}
    assert set(piece.total) == {22}
    assert set(released(town, measurement_id)["E"].bound) == {1}
