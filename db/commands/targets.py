"""Sets what an organisation aims at. Each change names the version it was made against, and leaves an audit event."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.branches import within
from db.commands import audit
from db.models import Account, Target, Unit
from dimios_dash import instruments
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.domain.targets import Wish, checked
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import TargetId, UnitId, new_id
from dimios_dash.translations import N_, _

_OVERTAKEN = N_(
    "Någon annan har ändrat eller tagit bort målet sedan du öppnade sidan. Ingenting har sparats."
    " Ladda om sidan, se hur målet är nu och gör ändringen igen om den behövs."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A target as somebody saw it when they decided to change it."""

    id: TargetId
    version: int


def add(session: Session, scope: DeskScope, unit_id: UnitId, level: str, wish: Wish, *, today: date) -> None:
    """A first target of the unit's level. Raises NotFound for a unit or account of nobody's, Invalid."""
    wish = _possible(session, scope, wish, today)
    _require_unit(session, scope, unit_id)
    if level not in _levels():
        raise Invalid(_("Målet gäller något som inte finns i frågebatteriet. Välj i listan."))
    row = {"organisation_id": scope.organisation_id, "id": new_id(), "unit_id": unit_id, "level": level, "version": 1}
    added = insert(Target).values(**row, **asdict(wish)).on_conflict_do_nothing()
    if session.execute(added.returning(Target.id)).one_or_none() is None:
        raise Invalid(_(_OVERTAKEN))
    audit.record(session, scope, "target_set", _facts(unit_id, level, wish))


def change(session: Session, scope: DeskScope, chosen: Chosen, wish: Wish, *, today: date) -> None:
    """Another value, year or owner. Raises NotFound for a target or account of nobody's, Invalid."""
    wish = _possible(session, scope, wish, today)
    statement = update(Target).where(_own(scope, chosen)).values(**asdict(wish), version=Target.version + 1)
    found = session.execute(statement.returning(Target.unit_id, Target.level)).one_or_none()
    if found is None:
        raise _gone(session, scope, chosen)
    audit.record(session, scope, "target_set", _facts(*found, wish))


def remove(session: Session, scope: DeskScope, chosen: Chosen) -> None:
    """No target any more. Raises NotFound, Invalid."""
    statement = delete(Target).where(_own(scope, chosen))
    found = session.execute(statement.returning(Target.unit_id, Target.level)).one_or_none()
    if found is None:
        raise _gone(session, scope, chosen)
    audit.record(session, scope, "target_removed", {"unit": found.unit_id, "level": found.level})


def _possible(session: Session, scope: DeskScope, wish: Wish, today: date) -> Wish:
    wish = checked(wish, today.year)
    own = select(Account.id).where(Account.organisation_id == scope.organisation_id, ~Account.disabled)
    if wish.owner_account and session.scalar(own.where(Account.id == wish.owner_account)) is None:
        raise NotFound(_("Kontot som skulle ansvara för målet finns inte längre. Ladda om sidan och välj ett annat."))
    return wish


def _require_unit(session: Session, scope: DeskScope, unit_id: UnitId) -> None:
    here = select(Unit.id).where(Unit.organisation_id == scope.organisation_id, Unit.id == unit_id)
    if session.scalar(here.where(within(scope, Unit.id))) is None:
        raise NotFound(_("Enheten finns inte i er organisation. Välj en enhet i listan."))


def _levels() -> set[str]:
    """Of the instrument of today."""
    instrument = instruments.load()
    return {INDEX_KEY, *(each.key for each in instrument.dimensions), *(each.key for each in instrument.categories)}


def _own(scope: DeskScope, chosen: Chosen) -> ColumnElement[bool]:
    """The chosen target as it was seen, in the scope's branch."""
    return _same(scope, chosen) & (Target.version == chosen.version)


def _same(scope: DeskScope, chosen: Chosen) -> ColumnElement[bool]:
    return (Target.organisation_id == scope.organisation_id) & (Target.id == chosen.id) & within(scope, Target.unit_id)


def _gone(session: Session, scope: DeskScope, chosen: Chosen) -> Exception:
    """Why nothing was written: overtaken, removed, or never one's own."""
    if session.scalar(select(Target.id).where(_same(scope, chosen))) is None:
        return NotFound(_("Målet finns inte längre. Ladda om sidan."))
    return Invalid(_(_OVERTAKEN))


def _facts(unit_id: str, level: str, wish: Wish) -> dict[str, object]:
    return {"unit": unit_id, "level": level, "value": wish.value, "year": wish.year}
