"""Does the long work that has been asked for: one job at a time, with its progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy.exc import DBAPIError

from db.commands import jobs
from db.commands.jobs import ClaimedJob
from db.engine import transaction
from dimios_dash import access
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.disclosure import Leak
from dimios_dash.domain.incident import Happened, IncidentKind
from dimios_dash.domain.work import JobKind
from dimios_dash.errors import Invalid, UserError
from dimios_dash.surroundings import Surroundings
from dimios_dash.worker import destruction_warnings, incidents, weekly_mail

Progress = Callable[[int, int], None]  # done, total
Work = Callable[[Surroundings, ClaimedJob, Progress], None]

log = structlog.get_logger()

_STOPPED = (
    "Den sista kontrollen av anonymiteten stoppade publiceringen. Felet är vårt, inte ert, och vi har fått veta det. "
    "Uppge referensen {reference} om du hör av dig till supporten."
)
_OUR_MISTAKE = "Något gick fel. Inget sparades. Uppge referensen {reference} till supporten."


def run_next(here: Surroundings, now: datetime, kinds: Mapping[JobKind, Work] | None = None) -> bool:
    """Do the job that has been due longest; whether there was one.

    What is a user's to mend becomes the job's message. What is our mistake does too, with a reference, and is raised.
    A lost database leaves the job to whoever finds its lease ended.
    """
    with transaction(here.engine, None) as session:
        for lost in jobs.give_up(session, access.system(), now):
            details = {"job": lost.kind.value, "attempts": lost.attempt}
            happened = Happened(IncidentKind.JOB_FAILED, lost.id, lost.measurement_id, details)
            incidents.record(session, lost.organisation_id, happened)
        job = jobs.claim(session, access.system(), now)
    if job is None:
        return False
    log.info("job_begins", job=str(job.id), kind=job.kind.value, attempt=job.attempt)
    failure = _failure(here, job, (kinds or KINDS)[job.kind])
    with transaction(here.engine, None) as session:
        if failure is None:
            jobs.finish(session, access.system(), job)
        else:
            jobs.fail(session, access.system(), job, failure)
    log.info("job_ends", job=str(job.id), well=failure is None)
    return True


def _failure(here: Surroundings, job: ClaimedJob, work: Work) -> str | None:
    """Do it; the sentence that says why it could not be done, None when it was."""
    try:
        work(here, job, partial(_record, here, job))
    except UserError as problem:
        return str(problem)
    except DBAPIError:
        raise
    except Leak as leak:
        statements = ", ".join(str(number + 1) for number in leak.statements)
        happened = Happened(IncidentKind.LEAK, job.id, job.measurement_id, {"statements": statements})
        return _told(here, job, happened, _STOPPED)
    except BaseException as mistake:
        details = {"job": job.kind.value, "error": type(mistake).__name__}
        _told(here, job, Happened(IncidentKind.JOB_FAILED, job.id, job.measurement_id, details), _OUR_MISTAKE)
        raise
    return None


def _told(here: Surroundings, job: ClaimedJob, happened: Happened, sentence: str) -> str:
    """The sentence that the user is told, with the reference under which the operator finds the incident."""
    message = sentence.format(reference=happened.reference)
    with transaction(here.engine, None) as session:
        jobs.fail(session, access.system(), job, message)
        incidents.record(session, job.organisation_id, happened)
    return message


def _record(here: Surroundings, job: ClaimedJob, done: int, total: int) -> None:
    with transaction(here.engine, None) as session:
        jobs.record_progress(session, access.system(), job, datetime.now(UTC), done, total)


def _release(here: Surroundings, job: ClaimedJob, progress: Progress) -> None:
    from dimios_dash.tallying.release import release_measurement

    if job.measurement_id is None:
        raise Invalid("Det framgår inte vilken mätning som skulle publiceras. Ladda om sidan och försök igen.")
    release_measurement(here.engine, here.keys, job.organisation_id, job.measurement_id, progress)


def _compute_benchmarks(here: Surroundings, _job: ClaimedJob, progress: Progress) -> None:
    """Of this year and the last: most measurements are released in the year after."""
    from dimios_dash.tallying.benchmarks import compute

    today = today_in_stockholm(datetime.now(UTC))
    years = (today.year - 1, today.year)
    for done, year in enumerate(years):
        progress(done, len(years))
        with transaction(here.engine, None) as session:
            compute(session, access.system(), year, today)


def _look_after_boxes(here: Surroundings, _job: ClaimedJob, progress: Progress) -> None:
    from dimios_dash.tallying.boxes import destroy_due, give_up_unreleased, remix

    now = datetime.now(UTC)
    today = today_in_stockholm(now)
    ballots = remix(here.engine, today)
    progress(1, 3)
    given_up = give_up_unreleased(here.engine, today)
    destroyed = destroy_due(here.engine, here.keys, today)
    progress(2, 3)
    warned = destruction_warnings.give(here, now)
    log.info("boxes_looked_after", ballots=ballots, warned=warned, given_up=given_up, destroyed=destroyed)


def _destroy_cancelled(here: Surroundings, _job: ClaimedJob, _progress: Progress) -> None:
    """Whatever the job says: only boxes that are due are destroyed, and those of cancelled measurements always are."""
    from dimios_dash.tallying.boxes import destroy_due

    destroyed = destroy_due(here.engine, here.keys, today_in_stockholm(datetime.now(UTC)))
    log.info("boxes_destroyed", destroyed=destroyed)


def _tell_every_week(here: Surroundings, _job: ClaimedJob, _progress: Progress) -> None:
    log.info("weekly_mails_sent", mails=weekly_mail.send(here, datetime.now(UTC)))


KINDS: Mapping[JobKind, Work] = {
    JobKind.RELEASE: _release,
    JobKind.BENCHMARKS: _compute_benchmarks,
    JobKind.BOXES: _look_after_boxes,
    JobKind.WEEKLY_MAIL: _tell_every_week,
    JobKind.CANCELLATION: _destroy_cancelled,
}
