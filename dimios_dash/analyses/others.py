"""What a page may read of single other organisations: of those that have agreed to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy.orm import Session

from db.queries import organisation_facts, shared_results
from db.queries.organisation_facts import OrganisationFacts
from db.queries.shared_results import GroupResults, SharedResult
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.scopes import ResultsScope


class Others:
    """In the year one looks at, the own organisation left out. Each part is asked of the database once, when needed."""

    def __init__(self, session: Session, scope: ResultsScope) -> None:
        self._session, self._scope = session, scope

    @cached_property
    def own(self) -> OrganisationFacts:
        """What the own organisation is, which decides whom it is compared with."""
        return organisation_facts.own(self._session, self._scope)

    @cached_property
    def comparable(self) -> tuple[SharedResult, ...]:
        """Those that may be chosen as similar ones, of every sector."""
        return shared_results.comparable(self._session, self._scope)

    @cached_property
    def areas(self) -> Mapping[Activity, tuple[SharedResult, ...]]:
        """Activity areas of the own sector's."""
        return shared_results.areas(self._session, self._scope)

    @cached_property
    def groups(self) -> tuple[GroupResults, ...]:
        """The own groups with what their other members reached."""
        return shared_results.groups(self._session, self._scope)
