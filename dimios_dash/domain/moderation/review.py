"""The decision about one text: may others read it, what of it is masked, what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from dimios_dash.domain.moderation.masking import Passage
from dimios_dash.errors import Invalid
from dimios_dash.ids import SuggestionId
from dimios_dash.translations import N_, _

MOST_TAGS: Final = 5
LONGEST_TAG: Final = 30  # characters


class ReviewState(StrEnum):
    """Whether others may read a text. Nobody but who reviews it may until it is SHOWN."""

    WAITING = "vantar"
    SHOWN = "visas"
    HIDDEN = "dold"

    @property
    def label(self) -> str:
        """Its name in the interface."""
        return _(_STATES[self])


class HideReason(StrEnum):
    """Why others may not read a text. They are told how many are hidden for it."""

    PERSON = "person"
    OFFENSIVE = "krankande"
    OFF_TOPIC = "annat_amne"
    OTHER = "annat"

    @property
    def label(self) -> str:
        """Its name in the interface, as the end of "hidden because it …"."""
        return _(_REASONS[self])


class Status(StrEnum):
    """What has become of a suggestion."""

    NEW = "nytt"
    PLANNED = "planerat"
    DONE = "klart"

    @property
    def label(self) -> str:
        """Its name in the interface."""
        return _(_STATUSES[self])


@dataclass(frozen=True, slots=True)
class Review:
    """What has been decided about a text so far. Version 0: nobody has looked at it."""

    state: ReviewState = ReviewState.WAITING
    reason: HideReason | None = None  # there exactly where it is HIDDEN
    masks: tuple[Passage, ...] = ()  # in the order of the text, apart from each other
    tags: tuple[str, ...] = ()
    status: Status = Status.NEW
    merged_into: SuggestionId | None = None  # the alike one that it is gathered under
    offered: bool = False  # to the initiative library
    version: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A text as it was when it was chosen: with another version somebody has decided about it since."""

    id: SuggestionId
    version: int


def checked(review: Review, text: str, *, learning: bool) -> Review:
    """The review of `text`, tidied. `learning`: it tells what worked, which alone can be offered to others.

    Raises Invalid where it is hidden without a reason, masks what is not there, has too many or odd tags, or offers
    what others may not read.
    """
    hidden = review.state is ReviewState.HIDDEN
    if hidden and review.reason is None:
        raise Invalid(_("Välj varför texten ska döljas. Läsarna får veta hur många texter som är dolda och varför."))
    if any(not 0 <= first < last <= len(text) for first, last in review.masks):
        raise Invalid(_("Det som ska maskeras finns inte i texten. Ladda om sidan och välj på nytt."))
    if review.offered and not (learning and review.state is ReviewState.SHOWN):
        raise Invalid(_("Bara texter om vad som har fungerat, och som visas, kan erbjudas initiativbiblioteket."))
    return replace(review, reason=review.reason if hidden else None, tags=_tidied(review.tags))


def _tidied(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Each once, whatever its capitals, in the order of the alphabet."""
    tidy = {" ".join(tag.split()).casefold(): " ".join(tag.split()) for tag in tags if tag.strip()}
    if len(tidy) > MOST_TAGS:
        raise Invalid(_("En text kan ha högst %(most)s etiketter. Ta bort någon.", most=MOST_TAGS))
    for tag in tidy.values():
        if len(tag) > LONGEST_TAG or not tag.isprintable():
            raise Invalid(
                _("En etikett är ett eller några ord, högst %(longest)s tecken. Korta ner den.", longest=LONGEST_TAG)
            )
    return tuple(tidy[key] for key in sorted(tidy))


_STATES: Final = {
    ReviewState.WAITING: N_("Väntar på granskning"),
    ReviewState.SHOWN: N_("Visas"),
    ReviewState.HIDDEN: N_("Dold"),
}
_REASONS: Final = {
    HideReason.PERSON: N_("pekar ut en person"),
    HideReason.OFFENSIVE: N_("är kränkande"),
    HideReason.OFF_TOPIC: N_("handlar om något annat"),
    HideReason.OTHER: N_("annat skäl"),
}
_STATUSES: Final = {
    Status.NEW: N_("Nytt"),
    Status.PLANNED: N_("Planerat"),
    Status.DONE: N_("Klart"),
}
