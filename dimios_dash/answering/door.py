"""Whether a personal link lets an answer in today, and what the page says where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.queries.forms import Asked
from dimios_dash.domain import days
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel


class Door(StrEnum):
    """Where a link leads."""

    OPEN = "open"
    ANSWERED = "answered"
    REMOVED = "removed"
    TOO_EARLY = "too_early"
    NO_BOX = "no_box"  # started a moment ago: the worker has yet to make the ballot box
    CLOSED = "closed"
    GONE = "gone"  # cancelled or never released: whatever was answered is destroyed


@dataclass(frozen=True, slots=True)
class Stop:
    """A page instead of the form. `status` is the HTTP answer to somebody who only looks."""

    status: int
    title: str
    sentences: tuple[str, ...]


def door(asked: Asked, today: date) -> Door:
    """What an answer would meet today. An answer that has come stays an answer, as long as answers are kept."""
    if asked.state in {MeasurementState.CANCELLED, MeasurementState.DESTROYED}:
        return Door.GONE
    if asked.answered:
        return Door.ANSWERED
    return Door.REMOVED if asked.removed else _in_time(asked, today)


def _in_time(asked: Asked, today: date) -> Door:
    """A measurement may have been closed before the days of the unit had come."""
    if asked.state is MeasurementState.DRAFT or asked.period is None:
        return Door.TOO_EARLY
    if asked.state is not MeasurementState.OPEN or today > asked.period.closes:
        return Door.CLOSED
    if today < asked.period.opens:
        return Door.TOO_EARLY
    return Door.OPEN if asked.box_public_key is not None else Door.NO_BOX


def stop(asked: Asked, where: Door) -> Stop:
    """The page for a closed door. Raises KeyError for an open one."""
    by_mail = asked.channel is Channel.EMAIL
    if where is Door.TOO_EARLY and asked.period is not None:
        again = _SAVE_THE_LINK if by_mail else _COME_BACK
        return Stop(200, _TOO_EARLY, (f"Den öppnar den {days.written(asked.period.opens)}. {again}",))
    return _STOPS[where] if by_mail else _OF_OPEN_LINKS.get(where, _STOPS[where])


_TOO_EARLY = "Mätningen har inte öppnat än"
_SAVE_THE_LINK = "Spara mejlet och öppna länken igen då."
_COME_BACK = "Kom tillbaka hit då."

_STOPS = {
    Door.ANSWERED: Stop(
        200,
        "Ditt svar är redan mottaget",
        (
            "Ett svar har kommit in genom den här länken, och det räcker. Varje länk kan användas en gång.",
            "Du behöver inte göra något mer och kan stänga sidan.",
        ),
    ),
    Door.REMOVED: Stop(
        410,
        "Länken gäller inte längre",
        (
            "Du är borttagen från listan över dem som ska svara, och inga svar tas emot genom den här länken.",
            "Tror du att det är ett misstag? Hör av dig till den som bjöd in dig.",
        ),
    ),
    Door.TOO_EARLY: Stop(200, _TOO_EARLY, (f"Du är inbjuden, men dagarna är inte bestämda. {_SAVE_THE_LINK}",)),
    Door.NO_BOX: Stop(
        503,
        "Mätningen öppnar strax",
        ("Valurnan görs i ordning just nu. Ladda om sidan om en stund.",),
    ),
    Door.GONE: Stop(
        410,
        "Mätningen är avbruten",
        (
            "Inga svar tas emot genom den här länken. Svar som redan kom in är förstörda, och ingen har sett dem.",
            "Du behöver inte göra något mer och kan stänga sidan.",
        ),
    ),
    Door.CLOSED: Stop(
        410,
        "Mätningen är stängd",
        (
            "Tiden att svara är slut, och inga fler svar tas emot. Tack för att du ville svara.",
            "Om mätningen förlängs fungerar din länk igen. Hör av dig till den som bjöd in dig om du vill veta mer.",
        ),
    ),
}

_OF_OPEN_LINKS = {
    Door.ANSWERED: Stop(
        200,
        "Koden är redan använd",
        (
            "Ett svar har kommit in med den här koden. Varje kod gäller för ett svar.",
            "Var det inte du som svarade? Be den som gav dig koden om en ny.",
        ),
    ),
    Door.REMOVED: Stop(
        410,
        "Länken är stängd",
        ("Inga fler svar tas emot genom den. Hör av dig till den som gav dig den om du ändå vill svara.",),
    ),
    Door.TOO_EARLY: Stop(200, _TOO_EARLY, (f"Dagarna är inte bestämda. {_COME_BACK}",)),
    Door.CLOSED: Stop(
        410,
        "Mätningen är stängd",
        (
            "Tiden att svara är slut, och inga fler svar tas emot. Tack för att du ville svara.",
            "Om mätningen förlängs fungerar länken igen.",
        ),
    ),
}
