"""What a page is called with in a test, and the words it shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from dash.development.base_component import Component
from sqlalchemy.orm import Session

from dimios_dash.domain.permissions import Role
from dimios_dash.ids import AccountId, OrganisationId, UnitId, new_id
from dimios_dash.settings import Settings
from dimios_dash.users import User
from dimios_dash.web import Context
from tests.factories import Make

SPRING = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


def context(
    make: Make,
    organisation_id: OrganisationId,
    role: Role = Role.KEY_USER,
    *,
    now: datetime = SPRING,
    branch: str | None = None,
    session: Session | None = None,
) -> Context:
    """Somebody signed in at a moment."""
    unit = None if branch is None else UnitId(branch)
    user = User(AccountId(new_id()), organisation_id, "Provkommun", "Kim Prov", role, unit)
    return Context(user, session or make.session, make.keys, Settings(), now)


def words(drawn: object) -> str:
    """All text of a component, labels of boxes and choices included, parted by spaces."""
    return " ".join(_texts(drawn))


def links(drawn: object) -> list[str]:
    """Every address that a component links to, in its order."""
    return [href for part in parts(drawn) if isinstance(href := getattr(part, "href", None), str)]


def ids(drawn: object) -> list[object]:
    """Every id in a component."""
    return [found for part in parts(drawn) if (found := getattr(part, "id", None)) is not None]


def _texts(drawn: object) -> Iterator[str]:
    for part in parts(drawn):
        if isinstance(part, str):
            yield part
        for option in getattr(part, "options", None) or []:
            yield option["label"]


def parts(drawn: object) -> Iterator[object]:
    """A component and everything in it, in its order."""
    if drawn is None:
        return
    if isinstance(drawn, list | tuple):
        for part in drawn:
            yield from parts(part)
        return
    yield drawn
    if isinstance(drawn, Component):
        yield from parts(getattr(drawn, "children", None))
