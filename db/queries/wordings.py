"""What an organisation says to its respondents: its own words where it has any, else the usual ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import GlossaryEntry, Wording
from dimios_dash.domain.scopes import DeskScope, FormScope, LinkScope, SystemScope
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import TextKind
from dimios_dash.language import DEFAULT_LANGUAGE, Language


@dataclass(frozen=True, slots=True)
class Said:
    """One text as it stands. Version 0 is the usual one."""

    text: str
    version: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text as somebody reads it, and the language it is in."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and what it means in this organisation."""

    id: UUID
    term: str
    explanation: str


def of_language(session: Session, scope: DeskScope | SystemScope, language: Language) -> Mapping[TextKind, Said]:
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


def on_form(
    session: Session, scope: FormScope | LinkScope | DeskScope, language: Language
) -> Mapping[TextKind, Spoken]:
    """Texts for whoever reads `language`: own words, else own Swedish ones, else the usual ones."""
    rows = session.execute(
        select(Wording.language, Wording.kind, Wording.text).where(
            Wording.organisation_id == scope.organisation_id, Wording.language.in_([language, DEFAULT_LANGUAGE])
        )
    )
    written = [(Language(row.language), TextKind(row.kind), row.text) for row in rows]
    own = {(spoken, kind): text for spoken, kind, text in written if text != USUAL[spoken][kind]}
    return {kind: _spoken(own, kind, language) for kind in TextKind}


def _spoken(own: Mapping[tuple[Language, TextKind], str], kind: TextKind, language: Language) -> Spoken:
    """An emptied text is the usual one, and no words of one's own."""
    spoken = next((each for each in (language, DEFAULT_LANGUAGE) if (each, kind) in own), None)
    return Spoken(USUAL[language][kind], language) if spoken is None else Spoken(own[spoken, kind], spoken)


def glossary(session: Session, scope: DeskScope, language: Language) -> tuple[Word, ...]:
    """The organisation's words of a language, by their first letters."""
    rows = session.execute(
        select(GlossaryEntry.id, GlossaryEntry.term, GlossaryEntry.explanation).where(
            GlossaryEntry.organisation_id == scope.organisation_id, GlossaryEntry.language == language
        )
    )
    return _sorted(Word(*row) for row in rows)


def glossary_on_form(
    session: Session, scope: FormScope | LinkScope | DeskScope, language: Language
) -> tuple[Language, tuple[Word, ...]]:
    """The organisation's words for whoever reads `language`, and their language: Swedish where it has none in that."""
    entry = GlossaryEntry
    rows = session.execute(
        select(entry.language, entry.id, entry.term, entry.explanation).where(
            entry.organisation_id == scope.organisation_id, entry.language.in_([language, DEFAULT_LANGUAGE])
        )
    ).all()
    spoken = language if any(row.language == language for row in rows) else DEFAULT_LANGUAGE
    return spoken, _sorted(Word(*row[1:]) for row in rows if row.language == spoken)


def _sorted(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: word.term.casefold()))
