"""What an organisation says to its respondents: its own words where it has any, else the usual ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CompoundSelect, Text, Uuid, bindparam, null, select, union_all
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


@dataclass(frozen=True, slots=True)
class OnForm:
    """What stands on the form and after it; the words are in `words_in`, Swedish where there are none in another."""

    introduction: Spoken
    thanks: Spoken
    words_in: Language
    words: tuple[Word, ...]  # by their first letters


_STANDING_ON_IT: Final = (TextKind.INTRODUCTION, TextKind.THANKS)


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


def on_form(session: Session, scope: FormScope | LinkScope | DeskScope, language: Language) -> OnForm:
    """For whoever reads `language`: own words, else own Swedish ones, else the usual ones. One statement for all."""
    whose = {"organisation": scope.organisation_id, "languages": [language, DEFAULT_LANGUAGE]}
    rows = session.connection().execute(_of_form(), whose).all()
    own = {(Language(row.language), TextKind(row.kind)): row.text for row in rows if row.id is None}
    own = {(spoken, kind): text for (spoken, kind), text in own.items() if text != USUAL[spoken][kind]}
    words = [(Language(row.language), Word(row.id, row.kind, row.text)) for row in rows if row.id is not None]
    explained = language if any(spoken is language for spoken, _ in words) else DEFAULT_LANGUAGE
    return OnForm(
        introduction=_spoken(own, TextKind.INTRODUCTION, language),
        thanks=_spoken(own, TextKind.THANKS, language),
        words_in=explained,
        words=_sorted(word for spoken, word in words if spoken is explained),
    )


@cache
def _of_form() -> CompoundSelect[*tuple[Any, ...]]:
    """Texts without an id, and words with their term in place of a kind."""
    mine = bindparam("organisation", type_=Uuid)
    read = bindparam("languages", expanding=True, type_=Text)
    texts = select(Wording.language, Wording.kind, Wording.text, null().cast(Uuid).label("id")).where(
        Wording.organisation_id == mine, Wording.language.in_(read), Wording.kind.in_(_STANDING_ON_IT)
    )
    words = select(GlossaryEntry.language, GlossaryEntry.term, GlossaryEntry.explanation, GlossaryEntry.id).where(
        GlossaryEntry.organisation_id == mine, GlossaryEntry.language.in_(read)
    )
    return union_all(texts, words)


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


def _sorted(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: word.term.casefold()))
