"""Free texts of a release, as they come out of the gate."""

from __future__ import annotations

from dataclasses import dataclass

from db.models import Suggestion
from dimios_dash import access
from dimios_dash.domain.scopes import DeskScope, ResultsScope, ReviewScope
from dimios_dash.ids import MeasurementId, OrganisationId, SuggestionId, UnitId, new_id
from tests.factories.rows import Rows


@dataclass(frozen=True, slots=True)
class Texts(Rows):
    """Texts that nobody has reviewed, and the scope of somebody who does."""

    def text(
        self,
        organisation_id: OrganisationId,
        measurement_id: MeasurementId,
        text: str,
        *,
        unit: str = "E",
        category: str | None = "F1",
    ) -> SuggestionId:
        """A text that is shown at a unit."""
        suggestion_id = SuggestionId(new_id())
        row = {"id": suggestion_id, "unit_id": unit, "category": category, "text": text}
        self.session.add(Suggestion(organisation_id=organisation_id, measurement_id=measurement_id, **row))
        self.session.flush()
        return suggestion_id

    def reviewing(self, organisation_id: OrganisationId, year: int, branch: str | None = None) -> ReviewScope:
        """The scope of a key user, of a branch or of everything."""
        whole = access.export(self.session, organisation_id, year)
        if branch is None:
            return ReviewScope(whole, DeskScope(organisation_id, None, None))
        unit = UnitId(branch)
        own = ResultsScope(organisation_id, whole.measurement_id, year, unit, unit)
        return ReviewScope(own, DeskScope(organisation_id, None, unit))
