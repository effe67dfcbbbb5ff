"""/resultat/data?ar=&enhet=&niva=&kategori=&sok=&ordning= — every level and how sure it is, role types, spread."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import LEVELS, ROLE_GAP, SPREADS, basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.depth import ALL, Depth, Order
from dimios_dash.components.card import analysis_card
from dimios_dash.components.results_page import hidden_page, hidden_whole, results_page, results_view
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import choose, search_for, switch
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import html
from dimios_dash.translations import N_, _
from dimios_dash.web import Context

PATH = "/resultat/data"
NAME = N_("Data och diagram")


@results_view(PATH, NAME)
def layout(  # noqa: PLR0917, the parameters of an address
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    niva: Depth = Depth.CATEGORY,
    kategori: str = ALL,
    sok: str = "",
    ordning: Order = Order.GIVEN,
) -> Component:
    choices = {"niva": niva, "kategori": kategori, "sok": sok, "ordning": ordning}
    found, view = basis.read(ctx.session, scope, choices), View(PATH, scope.year, scope.unit_id, choices)
    hidden = hidden_whole(found)
    if hidden is not None:
        return hidden_page(found, view, _(NAME), hidden)
    lead = LEVELS.reading(found.cells(LEVELS.read))
    return results_page(found, view, _(NAME), lead, *_cards(found, view), choices=_choices(found, view))


def _choices(found: Basis, view: View) -> list[Component]:
    categories = [(ALL, _("Alla kategorier")), *((each.key, each.name.spoken) for each in found.instrument.categories)]
    orders = [(order.value, order.label) for order in Order]
    return [
        choose(_("Kategori"), "kategori", categories, str(view.choices["kategori"])),
        choose(_("Ordning"), "ordning", orders, str(view.choices["ordning"])),
        search_for(_("Sök bland förmågor"), "sok", str(view.choices["sok"])),
    ]


def _cards(found: Basis, view: View) -> list[Component]:
    depths = [(depth.value, depth.label) for depth in Depth]
    level = switch(_("Nivå"), "niva", depths, str(view.choices["niva"]), view)
    return [
        html.Div(level, className="section--tight"),
        html.Div(
            [analysis_card(LEVELS, found, view), analysis_card(ROLE_GAP, found, view)], className="section columns"
        ),
        html.Div(analysis_card(SPREADS, found, view), className="section"),
    ]
