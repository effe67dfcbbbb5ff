"""How far the worker has come with what takes time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Job
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import UNDER_WAY, JobKind, JobState
from dimios_dash.ids import MeasurementId


@dataclass(frozen=True, slots=True)
class JobProgress:
    """`total` is None until the worker knows how much there is; `message` is a sentence for the user."""

    state: JobState
    done: int
    total: int | None
    message: str | None

    @property
    def under_way(self) -> bool:
        """Whether it waits or is worked on."""
        return self.state in UNDER_WAY


def release_job(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> JobProgress | None:
    """The latest request to release the measurement; None where nobody has asked for it."""
    row = session.execute(
        select(Job.state, Job.done, Job.total, Job.message)
        .where(
            Job.organisation_id == scope.organisation_id,
            Job.measurement_id == measurement_id,
            Job.kind == JobKind.RELEASE,
        )
        .order_by(Job.state.in_(UNDER_WAY).desc(), Job.due_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else JobProgress(JobState(row.state), row.done, row.total, row.message)
