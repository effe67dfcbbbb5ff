"""Long work: claimed by one worker at a time, with its progress, and an end that the user can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import Job
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.work import UNDER_WAY, JobKind, JobState
from dimios_dash.ids import PLATFORM, MeasurementId, OrganisationId

LEASE = timedelta(minutes=10)  # begins anew with each step of progress
MOST_ATTEMPTS = 3
_GIVEN_UP = "Arbetet avbröts flera gånger. Försök igen, och hör av dig till supporten om det händer på nytt."


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """Work that this worker, and no other, does. Without a measurement it is the platform's own."""

    organisation_id: OrganisationId
    id: UUID
    kind: JobKind
    measurement_id: MeasurementId | None
    attempt: int  # 1 the first time


def claim(session: Session, _scope: SystemScope, now: datetime) -> ClaimedJob | None:
    """The oldest job that is due or whose worker is gone; None when there is none."""
    job = session.scalar(
        select(Job)
        .where(_is_free(now), Job.attempts < MOST_ATTEMPTS, Job.kind.in_(list(JobKind)))
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.state, job.lease_until, job.attempts = JobState.CLAIMED, now + LEASE, job.attempts + 1
    return _claimed(job)


def give_up(session: Session, _scope: SystemScope, now: datetime) -> list[ClaimedJob]:
    """Fail the jobs that have cost one worker after the other its life; which they were."""
    given_up = session.scalars(
        update(Job)
        .where(_is_free(now), Job.attempts >= MOST_ATTEMPTS, Job.kind.in_(list(JobKind)))
        .values(state=JobState.FAILED, lease_until=None, message=_GIVEN_UP)
        .returning(Job)
    )
    return [_claimed(job) for job in given_up]


def record_progress(
    session: Session, _scope: SystemScope, job: ClaimedJob, now: datetime, done: int, total: int
) -> None:
    """How far it has come; keeps the claim."""
    session.execute(update(Job).where(_is_ours(job)).values(done=done, total=total, lease_until=now + LEASE))


def finish(session: Session, _scope: SystemScope, job: ClaimedJob) -> None:
    """It went well."""
    session.execute(update(Job).where(_is_ours(job)).values(state=JobState.DONE, lease_until=None, message=None))


def fail(session: Session, _scope: SystemScope, job: ClaimedJob, message: str) -> None:
    """It cannot be done; `message` says why, in a sentence for the user."""
    session.execute(update(Job).where(_is_ours(job)).values(state=JobState.FAILED, lease_until=None, message=message))


def ask_once(session: Session, _scope: SystemScope, kind: JobKind, job_id: UUID, now: datetime) -> None:
    """Ask for work of the platform's own, unless it has been asked for under this id."""
    row = {"organisation_id": PLATFORM, "id": job_id, "kind": kind, "due_at": now}
    session.execute(insert(Job).values(row).on_conflict_do_nothing())


def _claimed(job: Job) -> ClaimedJob:
    measurement_id = None if job.measurement_id is None else MeasurementId(job.measurement_id)
    return ClaimedJob(OrganisationId(job.organisation_id), job.id, JobKind(job.kind), measurement_id, job.attempts)


def _is_free(now: datetime) -> ColumnElement[bool]:
    waiting, claimed = UNDER_WAY
    return or_(
        and_(Job.state == waiting, Job.due_at <= now),
        and_(Job.state == claimed, Job.lease_until < now),
    )


def _is_ours(job: ClaimedJob) -> ColumnElement[bool]:
    return and_(
        Job.organisation_id == job.organisation_id,
        Job.id == job.id,
        Job.state == JobState.CLAIMED,
        Job.attempts == job.attempt,
    )
