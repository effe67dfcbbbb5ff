"""Groups of organisations that show each other their results: proposed by one, joined with a code, left at will."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import GroupCode, GroupMember, GroupMembership, Organisation
from dimios_dash.crypto.open_codes import new_code, read_code
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import new_id

LONGEST_NAME: Final = 80
_MOST_GROUPS: Final = 20
_NO_CODE: Final = "Koden leder inte till någon grupp. Kontrollera den med den som bjöd in er."


def propose(session: Session, scope: DeskScope, name: str) -> UUID:
    """A new group with the organisation as its first member. Raises Forbidden for a branch, Invalid for its name."""
    _require_whole(scope)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(f"Skriv ett namn på gruppen, högst {LONGEST_NAME} tecken.")
    _require_room(session, scope)
    group_id, code = new_id(), new_code()
    session.execute(insert(GroupCode).values(code_hash=token_hash(code), group_id=group_id))
    _become_member(session, scope, group_id, code)
    _introduce(session, scope, group_id, name)
    audit.record(session, scope, "group_proposed", {"group": str(group_id), "name": name})
    return group_id


def join(session: Session, scope: DeskScope, typed: str) -> None:
    """Become a member of the group whose code this is.

    Raises Forbidden for a branch, Invalid for a code that leads nowhere and for a group one belongs to.
    """
    _require_whole(scope)
    code = read_code(typed)
    group_id = session.scalar(select(GroupCode.group_id).where(GroupCode.code_hash == token_hash(code)))
    if not code or group_id is None:
        raise Invalid(_NO_CODE)
    if session.get(GroupMembership, (scope.organisation_id, group_id)) is not None:
        raise Invalid("Ni är redan med i gruppen.")
    _require_room(session, scope)
    _become_member(session, scope, group_id, code)
    name = session.scalar(select(GroupMember.group_name).where(GroupMember.group_id == group_id).limit(1))
    if name is None:  # all have left
        raise Invalid(_NO_CODE)
    _introduce(session, scope, group_id, name)
    audit.record(session, scope, "group_joined", {"group": str(group_id), "name": name})


def leave(session: Session, scope: DeskScope, group_id: UUID) -> None:
    """Take the own results out of a group at once. Raises Forbidden for a branch, NotFound."""
    _require_whole(scope)
    gone = delete(GroupMembership).where(
        GroupMembership.organisation_id == scope.organisation_id, GroupMembership.group_id == group_id
    )
    if session.execute(gone.returning(GroupMembership.group_id)).one_or_none() is None:
        raise NotFound("Ni är inte med i gruppen. Ladda om sidan.")
    audit.record(session, scope, "group_left", {"group": str(group_id)})


def _become_member(session: Session, scope: DeskScope, group_id: UUID, code: str) -> None:
    """From here on web sees the names of the group's members."""
    session.execute(insert(GroupMembership).values(_own(scope, group_id) | {"code": code}))


def _introduce(session: Session, scope: DeskScope, group_id: UUID, group_name: str) -> None:
    own_name = session.scalars(select(Organisation.name).where(Organisation.id == scope.organisation_id)).one()
    session.execute(insert(GroupMember).values(_own(scope, group_id) | {"group_name": group_name, "name": own_name}))


def _own(scope: DeskScope, group_id: UUID) -> dict[str, object]:
    return {"organisation_id": scope.organisation_id, "group_id": group_id}


def _require_room(session: Session, scope: DeskScope) -> None:
    own = select(GroupMembership.group_id).where(GroupMembership.organisation_id == scope.organisation_id)
    if len(session.scalars(own).all()) >= _MOST_GROUPS:
        raise Invalid(f"Ni är med i {_MOST_GROUPS} grupper. Lämna en av dem först.")


def _require_whole(scope: DeskScope) -> None:
    if scope.branch is not None:
        raise Forbidden("Grupper gäller hela organisationen och sköts av er nyckelanvändare eller kontoadministratör.")
