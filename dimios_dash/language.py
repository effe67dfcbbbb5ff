"""The four languages, and which of them is being spoken: to whom a page is shown or a mail is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    SWEDISH = "sv"
    ENGLISH = "en"
    NORWEGIAN = "nb"
    FINNISH = "fi"

    @property
    def label(self) -> str:
        """The Swedish name in the interface."""
        return _LABELS[self]

    @property
    def own_name(self) -> str:
        """Its name among those who speak it."""
        return _OWN_NAMES[self]


DEFAULT_LANGUAGE: Final = Language.SWEDISH
_LABELS: Final = {
    Language.SWEDISH: "Svenska",
    Language.ENGLISH: "Engelska",
    Language.NORWEGIAN: "Norska",
    Language.FINNISH: "Finska",
}
_OWN_NAMES: Final = {
    Language.SWEDISH: "Svenska",
    Language.ENGLISH: "English",
    Language.NORWEGIAN: "Norsk",
    Language.FINNISH: "Suomi",
}
_spoken: Final[ContextVar[Language]] = ContextVar("language", default=DEFAULT_LANGUAGE)


def spoken() -> Language:
    """The language of this request or mail; Swedish where nobody has said otherwise."""
    return _spoken.get()


def speak(language: Language) -> None:
    """From here to the end of the request. The server says it first in every request: threads serve many."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """For a while."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)
