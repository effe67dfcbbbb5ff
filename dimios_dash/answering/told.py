"""What the organisation says on the form: its introduction, its thanks and its glossary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from db.queries import wordings
from db.queries.forms import Asked
from db.queries.wordings import Spoken, Word
from dimios_dash.domain import days
from dimios_dash.domain.scopes import DeskScope, FormScope, LinkScope
from dimios_dash.domain.usual_wording import in_words
from dimios_dash.domain.wording import Placeholder, filled, paragraphs
from dimios_dash.language import Language, spoken

_LONG: Final = 5  # characters: shorter ones, as IT, begin too many words that mean something else


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in its own language, which is Swedish where the organisation has not written it in that of the page."""

    language: Language
    paragraphs: Sequence[Sequence[str]]  # as lines


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words by their first letters, in a language of their own as a Passage."""

    language: Language
    words: tuple[Word, ...]

    def used_in(self, text: str) -> tuple[Word, ...]:
        """The words that a text uses, longer ones also with an ending or as the beginning of a compound."""
        return tuple(word for word in self.words if re.search(_anywhere(word.term), text, re.IGNORECASE))


def _anywhere(term: str) -> str:
    ending = r"" if len(term) >= _LONG else r"(?!\w)"
    return rf"(?<!\w){re.escape(term)}{ending}"


@dataclass(frozen=True, slots=True)
class Told:
    """Texts as they are kept; placeholders are filled in for somebody who is asked."""

    before: Spoken
    after: Spoken
    glossary: Glossary

    def introduction(self, asked: Asked) -> Passage:
        """Above the form."""
        return _passage(self.before, asked)

    def thanks(self, asked: Asked) -> Passage:
        """After it."""
        return _passage(self.after, asked)


def read(session: Session, scope: FormScope | LinkScope | DeskScope) -> Told:
    """For a page in the language that is spoken."""
    said = wordings.on_form(session, scope, spoken())
    return Told(said.introduction, said.thanks, Glossary(said.words_in, said.words))


def _passage(said: Spoken, asked: Asked) -> Passage:
    closes = "" if asked.period is None else days.written(asked.period.closes, said.language)
    values = {
        Placeholder.ORGANISATION: asked.organisation,
        Placeholder.LAST_DAY: closes,
        Placeholder.K: in_words(asked.k, said.language),
    }
    return Passage(said.language, paragraphs(filled(said.text, values)))
