"""Puts texts in the organisation's own words, and words in its glossary."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import GlossaryEntry, Wording
from db.queries import wordings
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import TextKind, checked
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import new_id
from dimios_dash.language import Language

LONGEST_TERM = 80
LONGEST_EXPLANATION = 500
MOST_WORDS = 50


def change(
    session: Session,
    scope: DeskScope,
    language: Language,
    texts: Mapping[TextKind, str],
    versions: Mapping[TextKind, int],
) -> tuple[TextKind, ...]:
    """Let the texts stand from now on; which of them were changed. An emptied one becomes the usual one again.

    `versions` are those of the texts that were changed from: where somebody else has changed one of them meanwhile,
    nothing is written. Raises Forbidden for a sub-administrator, Invalid.
    """
    _require_whole(scope)
    now = wordings.of_language(session, scope, language)
    wanted = {kind: checked(kind, text) if text.strip() else USUAL[language][kind] for kind, text in texts.items()}
    changed = tuple(kind for kind, text in wanted.items() if text != now[kind].text)
    for kind in changed:
        if versions.get(kind) != now[kind].version:
            raise Invalid(_OVERTAKEN.format(label=kind.rules.label))
        _put(session, scope, (language, kind), wanted[kind], now[kind].version)
    if changed:
        audit.record(session, scope, "texts_changed", {"language": language.value, "texts": [*changed]})
    return changed


_OVERTAKEN = (
    "{label}: någon annan har ändrat texten sedan du öppnade sidan. Ingenting har sparats. "
    "Kopiera det du har skrivit, ladda om sidan och gör ändringen igen."
)


def _put(session: Session, scope: DeskScope, which: tuple[Language, TextKind], text: str, version: int) -> None:
    """Two at once: the second finds another version than it came from. Raises Invalid."""
    language, kind = which
    key = {"organisation_id": scope.organisation_id, "language": language.value, "kind": kind.value}
    row = insert(Wording).values(**key, text=text, version=1)
    written = session.execute(
        row.on_conflict_do_update(
            index_elements=list(key),
            set_={"text": text, "version": Wording.version + 1},
            where=Wording.version == version,
        ).returning(Wording.version)
    ).scalar_one_or_none()
    if written != version + 1:
        raise Invalid(_OVERTAKEN.format(label=kind.rules.label))


def add_word(session: Session, scope: DeskScope, language: Language, term: str, explanation: str) -> None:
    """Raises Forbidden for a sub-administrator, Invalid for a word that is there, empty or too long."""
    _require_whole(scope)
    term, explanation = " ".join(term.split()), " ".join(explanation.split())
    _require_word(term, explanation)
    count = select(func.count()).where(GlossaryEntry.organisation_id == scope.organisation_id)
    if (session.scalar(count.where(GlossaryEntry.language == language)) or 0) >= MOST_WORDS:
        raise Invalid(f"Ordlistan har plats för {MOST_WORDS} ord. Ta bort något av dem först.")
    row = {"organisation_id": scope.organisation_id, "id": new_id(), "language": language.value}
    added = insert(GlossaryEntry).values(**row, term=term, explanation=explanation).on_conflict_do_nothing()
    if session.execute(added.returning(GlossaryEntry.id)).one_or_none() is None:
        raise Invalid(f"Ordet {term} finns redan i listan. Ta bort det först om du vill förklara det på nytt.")
    audit.record(session, scope, "word_added", {"language": language.value, "term": term})


def remove_word(session: Session, scope: DeskScope, word_id: UUID) -> None:
    """Raises Forbidden for a sub-administrator, NotFound."""
    _require_whole(scope)
    gone = session.execute(
        delete(GlossaryEntry)
        .where(GlossaryEntry.organisation_id == scope.organisation_id, GlossaryEntry.id == word_id)
        .returning(GlossaryEntry.language, GlossaryEntry.term)
    ).one_or_none()
    if gone is None:
        raise NotFound("Ordet finns inte längre i listan. Ladda om sidan.")
    audit.record(session, scope, "word_removed", {"language": gone.language, "term": gone.term})


def _require_whole(scope: DeskScope) -> None:
    if scope.branch is not None:
        raise Forbidden("Texterna gäller hela organisationen och sköts av er nyckelanvändare.")


def _require_word(term: str, explanation: str) -> None:
    if not term or not explanation:
        raise Invalid("Skriv både ordet och vad det betyder hos er.")
    if len(term) > LONGEST_TERM or len(explanation) > LONGEST_EXPLANATION:
        raise Invalid(
            f"Ordet får ha högst {LONGEST_TERM} tecken och förklaringen högst {LONGEST_EXPLANATION}. Korta ner texten."
        )
    if not (term + explanation).isprintable():
        raise Invalid("Ordet eller förklaringen har tecken som inte går att visa. Skriv om dem för hand.")
