"""A released measurement with free texts, and its pages as a test opens them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component
from sqlalchemy import update

from db.commands import suggestions as decisions
from db.models import ReleasedUnit
from db.queries import suggestions
from dimios_dash import access
from dimios_dash.domain.moderation.review import Chosen, Review
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import MeasurementId, OrganisationId, SuggestionId
from dimios_dash.web import Context
from pages.results import suggestions as page
from tests.factories import Make
from tests.pages.context import context

YEAR = 2025
TREE = {"K": None, "A": "K", "A1": "A", "B": "K"}
HOMES = {"K": "K", "A": "A", "A1": "A", "B": "K"}  # where the texts of each are shown


@dataclass(frozen=True)
class Commented:
    """An organisation and its release."""

    make: Make
    organisation_id: OrganisationId
    measurement_id: MeasurementId

    @classmethod
    def begin(cls, make: Make) -> Commented:
        organisation_id = make.organisation()
        make.units(organisation_id, TREE)
        measurement_id = make.release(organisation_id, YEAR, dict.fromkeys(TREE, 50.0))
        released = update(ReleasedUnit).where(ReleasedUnit.measurement_id == measurement_id)
        for unit, home in HOMES.items():
            make.session.execute(released.where(ReleasedUnit.unit_id == unit).values(text_home=home))
        return cls(make, organisation_id, measurement_id)

    def text(
        self, words: str, review: Review | None = None, *, unit: str = "A", category: str | None = "F1"
    ) -> SuggestionId:
        """A text, and what has been decided about it."""
        made = self.make.text(self.organisation_id, self.measurement_id, words, unit=unit, category=category)
        if review is not None:
            scope = self.make.reviewing(self.organisation_id, YEAR)
            decisions.review(self.make.session, scope, Chosen(made, 0), review)
        return made

    def reviewer(self) -> Context:
        """Its key user."""
        return context(self.make, self.organisation_id)

    def review(self, text: SuggestionId) -> Review:
        """What stands of a text."""
        scope = self.make.reviewing(self.organisation_id, YEAR)
        return suggestions.one_as_written(self.make.session, scope, text).review

    def read(
        self, enhet: str | None = None, *, role: Role = Role.LEADER, branch: str | None = None, **chosen: Any
    ) -> Component:
        """The page with the texts, as a reader opens it."""
        ctx = context(self.make, self.organisation_id, role, branch=branch)
        return page.layout(ctx, access.results(ctx, YEAR, enhet), YEAR, enhet, **chosen)
