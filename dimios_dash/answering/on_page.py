"""What a page of the form tells its script: where an answer belongs, and how long a draft of it is kept."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from db.queries.forms import Asked
from dimios_dash.answering import sealed
from dimios_dash.answering.door import Door
from dimios_dash.domain import days
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.instrument import Scale

KEPT_AFTER: Final = timedelta(days=14)  # a draft outlives the last day: the measurement may be extended
_OVER: Final = {Door.ANSWERED, Door.GONE}


class Arrived(StrEnum):
    """Whether the draft of an answer can go."""

    YES = "yes"
    IF_POSTED = "if_posted"  # anybody may open the page
    NO = "no"


def to_fill_in(asked: Asked, scale: Scale) -> dict[str, Any]:
    """For the form, as JSON in the page. Raises ValueError for a measurement without a box."""
    return {"to": sealed.sealed_to(asked), "scale": _limits(scale), "draft": _draft(asked)}


def to_try(scale: Scale) -> dict[str, Any]:
    """For a key user's preview: nothing is kept, and there is no box to seal for."""
    return {"to": {}, "scale": _limits(scale), "preview": True}


def to_stand_still(asked: Asked, where: Door) -> dict[str, Any]:
    """For a page instead of the form: what becomes of a draft."""
    return {"draft": _draft(asked), "arrived": Arrived.YES if where in _OVER else Arrived.NO}


def to_thank(asked: Asked) -> dict[str, Any]:
    """For a thank-you page: that of a link for many can be opened by those who have sent nothing."""
    return {"draft": _draft(asked), "arrived": Arrived.YES if asked.answered else Arrived.IF_POSTED}


def _limits(scale: Scale) -> dict[str, int]:
    return {"lowest": scale.lowest, "highest": scale.highest}


def _draft(asked: Asked) -> dict[str, Any] | None:
    """None before the days are chosen: nothing can have been filled in.

    The script names it by link and measurement. With an open link several may use one computer, so it is `shared`.
    """
    if asked.period is None:
        return None
    until = asked.period.closes + KEPT_AFTER
    return {
        "measurement": str(asked.measurement_id),
        "until": until.isoformat(),
        "written": days.written(until),
        "shared": asked.channel is Channel.LINK,
    }
