"""What an organisation says to its respondents: its own words where it has any, else the usual ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import GlossaryEntry, Wording
from dimios_dash.domain.scopes import DeskScope, FormScope, LinkScope, SystemScope
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import TextKind
from dimios_dash.language import Language


@dataclass(frozen=True, slots=True)
class Said:
    """One text as it stands. Version 0 is the usual one."""

    text: str
    version: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and what it means in this organisation."""

    id: UUID
    term: str
    explanation: str


def of_language(
    session: Session, scope: DeskScope | FormScope | LinkScope | SystemScope, language: Language
) -> Mapping[TextKind, Said]:
    """Every text of a language. Raises ValueError for the scope of the whole platform."""
    if scope.organisation_id is None:
        raise ValueError("texts belong to one organisation")
    rows = session.execute(
        select(Wording.kind, Wording.text, Wording.version).where(
            Wording.organisation_id == scope.organisation_id, Wording.language == language
        )
    )
    own = {TextKind(row.kind): Said(row.text, row.version) for row in rows}
    return {kind: own.get(kind, Said(text, 0)) for kind, text in USUAL[language].items()}


def glossary(session: Session, scope: DeskScope | FormScope | LinkScope, language: Language) -> tuple[Word, ...]:
    """The organisation's words of a language, in no order of their own."""
    rows = session.execute(
        select(GlossaryEntry.id, GlossaryEntry.term, GlossaryEntry.explanation).where(
            GlossaryEntry.organisation_id == scope.organisation_id, GlossaryEntry.language == language
        )
    )
    return tuple(sorted((Word(*row) for row in rows), key=lambda word: word.term.casefold()))
