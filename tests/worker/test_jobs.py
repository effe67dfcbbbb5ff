"""Long work: done once, with its progress, and a sentence when it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import select, update

from db.commands import jobs as commands
from db.commands.jobs import ClaimedJob
from db.engine import transaction
from db.models import Incident, Job, SignInSession, Throttle, Upload
from dimios_dash import access
from dimios_dash.domain.disclosure import Leak
from dimios_dash.domain.work import JobKind
from dimios_dash.errors import Invalid
from dimios_dash.ids import new_id
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import incidents, jobs, upkeep
from dimios_dash.worker.jobs import Progress, Work
from tests.smtp_server import SmtpServer
from tests.worker.waiting import LONG_AGO, NOW, Waiting


def ask(waiting: Waiting) -> UUID:
    job_id = new_id()
    waiting.make.session.add(
        Job(
            organisation_id=waiting.organisation_id,
            id=job_id,
            kind=JobKind.RELEASE.value,
            measurement_id=waiting.measurement_id,
            due_at=LONG_AGO,
        )
    )
    waiting.make.session.commit()
    return job_id


def found(waiting: Waiting, job_id: UUID) -> Job:
    waiting.make.session.expire_all()
    return waiting.make.session.scalars(select(Job).where(Job.id == job_id)).one()


def doing(work: Work) -> dict[JobKind, Work]:
    return {JobKind.RELEASE: work}


def failing(problem: Callable[[], BaseException]) -> dict[JobKind, Work]:
    def work(_here: Surroundings, _job: ClaimedJob, _progress: Progress) -> None:
        raise problem()

    return doing(work)


def test_a_job_is_done_once_and_its_progress_is_kept(here: Surroundings, waiting: Waiting) -> None:
    job_id = ask(waiting)
    seen = []

    def work(_here: Surroundings, job: ClaimedJob, progress: Progress) -> None:
        progress(3, 5)
        seen.append((job.organisation_id, job.measurement_id))

    turns = [jobs.run_next(here, NOW, doing(work)) for _ in range(2)]

    assert turns == [True, False]
    assert seen == [(waiting.organisation_id, waiting.measurement_id)]
    job = found(waiting, job_id)
    assert (job.state, job.done, job.total, job.message) == ("done", 3, 5, None)


def test_a_job_under_way_is_left_to_its_worker(here: Surroundings, waiting: Waiting) -> None:
    ask(waiting)
    with transaction(here.engine, None) as session:
        assert commands.claim(session, access.system(), NOW) is not None

    assert not jobs.run_next(here, NOW, doing(lambda *_: None))


def test_two_workers_at_the_same_moment_get_two_jobs(here: Surroundings, waiting: Waiting) -> None:
    ask(waiting)
    with transaction(here.engine, None) as first, transaction(here.engine, None) as second:
        claims = [commands.claim(session, access.system(), NOW) for session in (first, second)]

    assert claims[0] is not None
    assert claims[1] is None


def test_the_job_of_a_worker_that_is_gone_is_taken_over_and_given_up_at_last(
    here: Surroundings, waiting: Waiting
) -> None:
    job_id, now, attempts = ask(waiting), NOW, []
    for _ in range(3):
        with transaction(here.engine, None) as session:
            claimed = commands.claim(session, access.system(), now)
            assert claimed is not None
        attempts.append(claimed.attempt)
        now += commands.LEASE * 2

    assert not jobs.run_next(here, now, doing(lambda *_: None))

    assert attempts == [1, 2, 3]
    assert found(waiting, job_id).state == "failed"
    assert "avbröts flera gånger" in str(found(waiting, job_id).message)


def test_what_the_user_can_mend_becomes_the_message(here: Surroundings, waiting: Waiting) -> None:
    job_id = ask(waiting)

    jobs.run_next(here, NOW, failing(lambda: Invalid("Stäng mätningen först.")))

    assert found(waiting, job_id).state == "failed"
    assert found(waiting, job_id).message == "Stäng mätningen först."


def test_our_own_mistake_is_told_with_a_reference_and_ends_the_worker(here: Surroundings, waiting: Waiting) -> None:
    job_id = ask(waiting)

    with pytest.raises(ZeroDivisionError):
        jobs.run_next(here, NOW, failing(ZeroDivisionError))

    assert found(waiting, job_id).state == "failed"
    assert job_id.hex[:8] in str(found(waiting, job_id).message)
    assert known(waiting) == [("job_failed", job_id.hex[:8], {"job": "release", "error": "ZeroDivisionError"})]


def known(waiting: Waiting) -> list[tuple[str, str, dict[str, object]]]:
    """What the operator has been left."""
    rows = waiting.make.session.execute(select(Incident.kind, Incident.reference, Incident.details)).all()
    waiting.make.session.rollback()
    return [(row.kind, row.reference, row.details) for row in rows]


def test_a_release_that_the_check_stops_is_told_calmly_and_leaves_the_worker_at_work(
    here: Surroundings, waiting: Waiting
) -> None:
    job_id = ask(waiting)

    jobs.run_next(here, NOW, failing(lambda: Leak(np.array([4, 29]))))

    assert found(waiting, job_id).state == "failed"
    assert "Felet är vårt, inte ert" in str(found(waiting, job_id).message)
    assert job_id.hex[:8] in str(found(waiting, job_id).message)
    assert known(waiting) == [("leak", job_id.hex[:8], {"statements": "5, 30"})]


def test_a_job_that_is_given_up_is_an_incident(here: Surroundings, waiting: Waiting) -> None:
    job_id = ask(waiting)
    waiting.make.session.execute(update(Job).values(attempts=3))
    waiting.make.session.commit()

    jobs.run_next(here, NOW, doing(lambda *_: None))

    assert known(waiting) == [("job_failed", job_id.hex[:8], {"job": "release", "attempts": 3})]


def test_the_operator_gets_one_mail_about_all_that_is_new(
    here: Surroundings, server: SmtpServer, waiting: Waiting
) -> None:
    references = []
    for _ in range(2):
        references.append(ask(waiting).hex[:8])
        jobs.run_next(here, NOW, failing(lambda: Leak(np.array([4]))))
    unreachable = Surroundings(here.settings.model_copy(update={"smtp_port": 1}), here.engine, here.keys)

    told = [incidents.tell(where, NOW) for where in (unreachable, here, here)]

    assert told == [0, 2, 0]
    assert server.receivers == [here.settings.support_address]
    text = server.mails[0].get_content()
    assert all(f"Referens {each}." in text for each in references)
    assert "Ekhamns kommun 2026" in text


def test_the_work_of_the_clock_is_asked_for_once_for_each_day_and_night(here: Surroundings, waiting: Waiting) -> None:
    for hours in (0, 0, 24):
        upkeep.run(here, NOW + timedelta(hours=hours))

    kinds = waiting.make.session.scalars(select(Job.kind).order_by(Job.kind)).all()

    assert kinds == ["benchmarks", "boxes", "boxes", "weekly_mail"]  # a Monday and a Tuesday


def test_benchmarks_are_computed_and_boxes_looked_after(here: Surroundings, waiting: Waiting) -> None:
    upkeep.run(here, NOW)

    while jobs.run_next(here, NOW):
        pass

    assert waiting.make.session.scalars(select(Job.state)).all() == ["done"] * 3


def test_what_is_old_is_thrown_away_and_what_is_new_kept(here: Surroundings, waiting: Waiting) -> None:
    account_id, session = waiting.make.account(waiting.organisation_id), waiting.make.session
    ours = {"organisation_id": waiting.organisation_id, "account_id": account_id}
    for name, at in ((b"\x01old", NOW - timedelta(days=2)), (b"\x01new", NOW - timedelta(minutes=1))):
        session.add(Throttle(key=name, failures=1, last_failure_at=at))
        session.add(SignInSession(**ours, secret_hash=name, expires_at=at + timedelta(hours=12)))
        session.add(Upload(**ours, id=new_id(), kind="tree", filename="a.csv", content=name, uploaded_at=at))
    session.commit()

    upkeep.run(here, NOW)

    for column in (Throttle.key, SignInSession.secret_hash, Upload.content):
        assert session.scalars(select(column)).all() == [b"\x01new"]
