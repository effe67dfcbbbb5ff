"""Which respondents a list shows: by unit, role type and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dimios_dash.domain.work import MailState
from dimios_dash.ids import UnitId


class Progress(StrEnum):
    """How far somebody has come; the values stand in the address of the list."""

    ALL = "alla"  # all who are not removed
    NOT_SENT = "inte-skickad"
    SENT = "skickad"  # and no answer yet
    BOUNCED = "studsat"
    UNCERTAIN = "osaker"
    ANSWERED = "svarat"
    REMOVED = "borttagen"

    @property
    def label(self) -> str:
        """The words in the interface."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class RespondentFilter:
    """`unit_id` with all units below it; `role_type` 0: those who have none. None: whichever."""

    unit_id: UnitId | None = None
    role_type: int | None = None
    progress: Progress = Progress.ALL


def progress_of(mail: MailState, *, answered: bool, removed: bool) -> Progress:
    """How far somebody has come."""
    if removed:
        return Progress.REMOVED
    return Progress.ANSWERED if answered else _BY_MAIL[mail]


_BY_MAIL: Final = {
    MailState.NOT_SENT: Progress.NOT_SENT,
    MailState.SENT: Progress.SENT,
    MailState.BOUNCED: Progress.BOUNCED,
    MailState.UNCERTAIN: Progress.UNCERTAIN,
}
_LABELS: Final = {
    Progress.ALL: "Alla",
    Progress.NOT_SENT: "Inte skickad",
    Progress.SENT: "Skickad, inte svarat",
    Progress.BOUNCED: "Har studsat",
    Progress.UNCERTAIN: "Osäker",
    Progress.ANSWERED: "Har svarat",
    Progress.REMOVED: "Borttagen",
}
