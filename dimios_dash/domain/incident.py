"""What the operator has to know of: our own mistakes, and answers that could not be counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from dimios_dash.ids import MeasurementId


class IncidentKind(StrEnum):
    LEAK = "leak"  # the independent check objected to a release; nothing was published
    SKIPPED_BALLOTS = "skipped_ballots"  # released without those that could not be opened or did not fit
    JOB_FAILED = "job_failed"

    @property
    def label(self) -> str:
        """What has happened, in Swedish."""
        return _LABELS[self]


_LABELS = {
    IncidentKind.LEAK: "Kontrollen av anonymiteten stoppade en publicering",
    IncidentKind.SKIPPED_BALLOTS: "Svarssedlar kunde inte räknas",
    IncidentKind.JOB_FAILED: "Ett arbete misslyckades av ett fel hos oss",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One incident. `details` are numbers and names of errors, never an address, an answer or a result."""

    kind: IncidentKind
    subject: UUID  # the job or the measurement that users are given the reference of
    measurement_id: MeasurementId | None
    details: Mapping[str, object]

    @property
    def reference(self) -> str:
        """What users and operators call it by."""
        return reference(self.subject)


def reference(subject: UUID) -> str:
    """What users and operators call an incident by: of the job that failed, or of the measurement."""
    return subject.hex[:8]


def told(kind: IncidentKind, organisation: str, year: int | None, called: str, details: Mapping[str, object]) -> str:
    """One incident in a line, with its reference and its numbers."""
    which = organisation if year is None else f"{organisation} {year}"
    numbers = "".join(f" {name}: {value}." for name, value in details.items())
    return f"{kind.label}. {which}. Referens {called}.{numbers}"
