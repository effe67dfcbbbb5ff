"""Two people press the same button at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from sqlalchemy import func, select

from db.commands import measurements
from db.engine import Role, connect, transaction
from db.models import AuditEvent, Job
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from tests.factories import Make

NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
AT_ONCE = 4


def test_many_requests_for_a_release_at_once_make_one_job(another_place: Settings) -> None:
    keys = key_store(another_place)
    owner = connect(str(another_place.database_url))
    with transaction(owner, None) as session:
        make = Make(session, keys)
        organisation_id = make.organisation()
        measurement_id = make.measurement(organisation_id, MeasurementState.CLOSED)
        desk = make.desk(organisation_id)
    web, together = connect(role_url(another_place, keys, Role.WEB)), Barrier(AT_ONCE)

    def press(_hand: int) -> None:
        with transaction(web, organisation_id) as session:
            session.connection()
            together.wait()
            measurements.request_release(session, desk, measurement_id, NOW)

    with ThreadPoolExecutor(AT_ONCE) as hands:
        list(hands.map(press, range(AT_ONCE)))

    with transaction(owner, None) as session:
        jobs, events = (session.scalar(select(func.count()).select_from(table)) for table in (Job, AuditEvent))
    web.dispose()
    owner.dispose()
    assert (jobs, events) == (1, 1)
