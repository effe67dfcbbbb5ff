"""/resultat/grupper?ar=&enhet=&matt= — organisations by what their strategy says of digitalisation."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import STRATEGY_GROUPS, basis
from dimios_dash.analyses.summary import Key
from dimios_dash.components.card import analysis_card
from dimios_dash.components.results_page import results_page, results_view
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import switch
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import html
from dimios_dash.translations import N_, _
from dimios_dash.web import Context

PATH = "/resultat/grupper"
NAME = N_("Jämför grupper")


@results_view(PATH, NAME)
def layout(
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    matt: Key = Key.INDEX,
) -> Component:
    choices = {"matt": matt}
    found, view = basis.read(ctx.session, scope, choices), View(PATH, scope.year, scope.unit_id, choices)
    measures = [(measure.value, measure.label) for measure in Key]
    chosen = switch(_("Jämför på"), "matt", measures, matt, view)
    lead = f"{STRATEGY_GROUPS.headline(found.cells(STRATEGY_GROUPS.read))}."
    card = html.Div(analysis_card(STRATEGY_GROUPS, found, view), className="section")
    return results_page(found, view, _(NAME), lead, chosen, card)
