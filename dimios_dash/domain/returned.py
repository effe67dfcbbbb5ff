"""What can be told from a mail that came back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_REASONS = (  # the first that a status begins with, after its class
    ("1.", "Adressen finns inte hos mottagaren"),
    ("2.1", "Mottagarens brevlåda är avstängd"),
    ("2.2", "Mottagarens brevlåda är full"),
    ("4.", "Mottagarens mejlserver svarade inte"),
    ("7.", "Mottagarens mejlserver spärrar våra mejl"),
)


class Outcome(StrEnum):
    FAILED = "failed"  # it will not arrive
    DELAYED = "delayed"  # it may still arrive, or has: nothing to do
    AUTOMATIC = "automatic"  # somebody is away, and their mail program says so
    UNPLACED = "unplaced"  # not one of our mails, or nothing that can be believed


@dataclass(frozen=True, slots=True)
class Returned:
    """`mail` is the id in the outbox; `status` as in "5.1.1", where the report gives one."""

    outcome: Outcome
    mail: UUID | None = None
    status: str | None = None


def status_in(text: str) -> str | None:
    """The status in a report's field."""
    found = _STATUS.search(text)
    return found and found[0]


def reason(status: str | None) -> str:
    """Why a mail came back, for the key user. Says no more than the status: reports quote addresses."""
    if status is None:
        return "Mejlet kom tillbaka."
    said = next((words for begins, words in _REASONS if status[2:].startswith(begins)), "Mejlet kom tillbaka")
    return f"{said} ({status})."
