"""The groups that an organisation belongs to, and who else does."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import GroupMember, GroupMembership
from dimios_dash.domain.scopes import DeskScope


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group with the names of all its members, the own one included, and the code that invites others."""

    group_id: UUID
    name: str
    code: str
    members: tuple[str, ...]


def own(session: Session, scope: DeskScope) -> tuple[OwnGroup, ...]:
    """By name."""
    rows = session.execute(
        select(GroupMembership.group_id, GroupMembership.code, GroupMember.group_name, GroupMember.name)
        .join(GroupMember, GroupMember.group_id == GroupMembership.group_id)
        .where(GroupMembership.organisation_id == scope.organisation_id)
        .order_by(GroupMember.group_name, GroupMembership.group_id, GroupMember.name)
    ).all()
    found = {row.group_id: row for row in rows}
    return tuple(
        OwnGroup(group_id, row.group_name, row.code, tuple(one.name for one in rows if one.group_id == group_id))
        for group_id, row in found.items()
    )
