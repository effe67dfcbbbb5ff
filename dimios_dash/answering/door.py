"""Whether a personal link lets an answer in today, and what the page says where it does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from db.queries.forms import Asked
from dimios_dash.domain import days
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.translations import N_, _


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
    """A page instead of the form. `status` is the HTTP answer to somebody who only looks.

    Title and sentences are as they stand in the catalogues; `day` is filled in where a sentence asks for it.
    """

    status: int
    title: str
    sentences: tuple[str, ...]
    day: date | None = None

    def spoken(self) -> Stop:
        """In the language of the page."""
        day = "" if self.day is None else days.written(self.day)
        return replace(self, title=_(self.title), sentences=tuple(_(each, day=day) for each in self.sentences))


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
        return Stop(200, _TOO_EARLY, (_OPENS, again), asked.period.opens)
    return _STOPS[where] if by_mail else _OF_OPEN_LINKS.get(where, _STOPS[where])


_TOO_EARLY = N_("Mätningen har inte öppnat än")
_OPENS = N_("Den öppnar den %(day)s.")
_SAVE_THE_LINK = N_("Spara mejlet och öppna länken igen då.")
_COME_BACK = N_("Kom tillbaka hit då.")
_CLOSED = N_("Mätningen är stängd")
_THANKS_ANYWAY = N_("Tiden att svara är slut, och inga fler svar tas emot. Tack för att du ville svara.")

_STOPS = {
    Door.ANSWERED: Stop(
        200,
        N_("Ditt svar är redan mottaget"),
        (
            N_("Ett svar har kommit in genom den här länken, och det räcker. Varje länk kan användas en gång."),
            N_("Du behöver inte göra något mer och kan stänga sidan."),
        ),
    ),
    Door.REMOVED: Stop(
        410,
        N_("Länken gäller inte längre"),
        (
            N_("Du är borttagen från listan över dem som ska svara, och inga svar tas emot genom den här länken."),
            N_("Tror du att det är ett misstag? Hör av dig till den som bjöd in dig."),
        ),
    ),
    Door.TOO_EARLY: Stop(
        200,
        _TOO_EARLY,
        (N_("Du är inbjuden, men dagarna är inte bestämda än."), N_("Spara mejlet och öppna länken igen senare.")),
    ),
    Door.NO_BOX: Stop(
        503,
        N_("Mätningen öppnar strax"),
        (N_("Valurnan görs i ordning just nu. Ladda om sidan om en stund."),),
    ),
    Door.GONE: Stop(
        410,
        N_("Mätningen är avbruten"),
        (
            N_("Inga svar tas emot genom den här länken. Svar som redan kom in är förstörda, och ingen har sett dem."),
            N_("Du behöver inte göra något mer och kan stänga sidan."),
        ),
    ),
    Door.CLOSED: Stop(
        410,
        _CLOSED,
        (
            _THANKS_ANYWAY,
            N_(
                "Om mätningen förlängs fungerar din länk igen. Hör av dig till den som bjöd in dig om du vill veta mer."
            ),
        ),
    ),
}

_OF_OPEN_LINKS = {
    Door.ANSWERED: Stop(
        200,
        N_("Koden är redan använd"),
        (
            N_("Ett svar har kommit in med den här koden. Varje kod gäller för ett svar."),
            N_("Var det inte du som svarade? Be den som gav dig koden om en ny."),
        ),
    ),
    Door.REMOVED: Stop(
        410,
        N_("Länken är stängd"),
        (N_("Inga fler svar tas emot genom den. Hör av dig till den som gav dig den om du ändå vill svara."),),
    ),
    Door.TOO_EARLY: Stop(200, _TOO_EARLY, (N_("Dagarna är inte bestämda än."), N_("Kom tillbaka hit senare."))),
    Door.CLOSED: Stop(
        410,
        _CLOSED,
        (
            _THANKS_ANYWAY,
            N_("Om mätningen förlängs fungerar länken igen."),
        ),
    ),
}
