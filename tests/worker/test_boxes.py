"""The ballot box of a measurement that has just been opened."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from db.models import Measurement
from dimios_dash.crypto.key_names import box_key, links_key
from dimios_dash.crypto.keystore import KeyMissing
from dimios_dash.crypto.sealing import new_box, public_key
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import boxes
from tests.worker.waiting import Waiting


def without_box(waiting: Waiting) -> None:
    waiting.make.keys.destroy(box_key(waiting.measurement_id))
    waiting.make.keys.destroy(links_key(waiting.measurement_id))
    waiting.change(box_public_key=None)


def stored(waiting: Waiting) -> bytes | None:
    found = waiting.make.session.scalar(select(Measurement.box_public_key))
    waiting.make.session.rollback()
    return found


def test_an_opened_measurement_gets_a_box_and_a_secret_for_its_links(here: Surroundings, waiting: Waiting) -> None:
    without_box(waiting)

    boxes.make_missing(here)

    assert stored(waiting) == public_key(here.keys.read(box_key(waiting.measurement_id)))
    assert len(here.keys.read(links_key(waiting.measurement_id))) == 32


def test_a_box_is_made_once(here: Surroundings, waiting: Waiting) -> None:
    without_box(waiting)
    boxes.make_missing(here)
    before = stored(waiting), here.keys.read(box_key(waiting.measurement_id))

    boxes.make_missing(here)

    assert (stored(waiting), here.keys.read(box_key(waiting.measurement_id))) == before


def test_after_a_crash_between_key_and_database_the_same_key_is_used(here: Surroundings, waiting: Waiting) -> None:
    without_box(waiting)
    private, public = new_box()
    here.keys.write_once(box_key(waiting.measurement_id), private)

    boxes.make_missing(here)

    assert stored(waiting) == public


def test_a_draft_has_no_box(here: Surroundings, waiting: Waiting) -> None:
    without_box(waiting)
    waiting.make.session.execute(update(Measurement).values(state=MeasurementState.DRAFT))
    waiting.make.session.commit()

    boxes.make_missing(here)

    assert stored(waiting) is None
    with pytest.raises(KeyMissing):
        here.keys.read(box_key(waiting.measurement_id))
