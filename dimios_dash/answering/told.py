"""What the organisation says on the form: its introduction, its thanks and its glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from db.queries import wordings
from db.queries.forms import Asked
from db.queries.wordings import Said, Word
from dimios_dash.domain import days
from dimios_dash.domain.scopes import FormScope, LinkScope
from dimios_dash.domain.wording import Placeholder, TextKind, filled, paragraphs
from dimios_dash.language import Language

K_IN_WORDS: Final = {3: "tre", 5: "fem", 7: "sju", 10: "tio"}  # domain.calendar.K_CHOICES

Paragraphs = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """Texts as they are kept; placeholders are filled in for somebody who is asked."""

    texts: Mapping[TextKind, Said]
    glossary: tuple[Word, ...]

    def introduction(self, asked: Asked) -> Paragraphs:
        """Above the form."""
        return _paragraphs(self.texts[TextKind.INTRODUCTION], asked)

    def thanks(self, asked: Asked) -> Paragraphs:
        """After it."""
        return _paragraphs(self.texts[TextKind.THANKS], asked)


def read(session: Session, scope: FormScope | LinkScope) -> Told:
    """In Swedish, the language of the form."""
    language = Language.SWEDISH
    return Told(
        wordings.of_language(session, scope, language),
        wordings.glossary(session, scope, language),
    )


def _paragraphs(said: Said, asked: Asked) -> Paragraphs:
    values = {
        Placeholder.ORGANISATION: asked.organisation,
        Placeholder.LAST_DAY: "" if asked.period is None else days.written(asked.period.closes),
        Placeholder.K: K_IN_WORDS[asked.k],
    }
    return paragraphs(filled(said.text, values))
