"""/resultat/vet-ej?ar=&enhet=&dimension=… — what people do not know, where, and what to learn together."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import DONT_KNOW, DONT_KNOW_OTHERS, DONT_KNOW_TREND, TRAINING, basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.dont_know.cells import DontKnowCells
from dimios_dash.analyses.internal.choices import Chosen, Depth, Part
from dimios_dash.components.card import analysis_card
from dimios_dash.components.data_table import data_table
from dimios_dash.components.dont_know_table import dont_know_table
from dimios_dash.components.results_page import hidden_page, hidden_whole, results_page, results_view
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import choose, search_for, switch
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import html
from dimios_dash.translations import N_, _
from dimios_dash.web import Context

PATH = "/resultat/vet-ej"


@results_view(PATH, N_("Vet ej"))
def layout(  # noqa: PLR0917, the parameters of the address
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    dimension: Part = Part.BOTH,
    niva: Depth = Depth.ONE,
    sortera: str = "",
    sok: str = "",
    sida: int = 1,
) -> Component:
    choices = {"dimension": dimension, "niva": niva, "sortera": sortera, "sok": sok, "sida": sida}
    found = basis.read(ctx.session, scope, choices)
    chosen = Chosen.of(found)
    view = _view(scope, chosen)
    hidden = hidden_whole(found)
    if hidden is not None and not found.results.children(found.unit_id):
        return hidden_page(found, view, _("Vet ej"), hidden)
    lead = _("Där många svarar Vet ej finns något att prata om och lära sig tillsammans.")
    body = [html.Div(card, className="section") for card in (_map(found, chosen, view), _training(found, view))]
    beside = [analysis_card(each, found, view) for each in (DONT_KNOW_TREND, DONT_KNOW_OTHERS)]
    compared = html.Div(beside, className="section columns columns--top")
    return results_page(found, view, _("Vet ej"), lead, *body, compared, choices=_lists(chosen))


def _view(scope: ResultsScope, chosen: Chosen) -> View:
    """What is as usual is left out of the address."""
    usual = {"dimension": Part.BOTH, "niva": Depth.ONE, "sida": 1}
    asked = {
        "dimension": chosen.part,
        "niva": chosen.depth,
        "sortera": chosen.sort,
        "sok": chosen.search,
        "sida": chosen.page,
    }
    return View(
        PATH, scope.year, scope.unit_id, {name: value for name, value in asked.items() if value != usual.get(name)}
    )


def _map(found: Basis, chosen: Chosen, view: View) -> Component:
    def drawn(cells: DontKnowCells) -> Component:
        return dont_know_table(cells, view)

    depth = [(Depth.ONE, _("Närmast under")), (Depth.TWO, _("Två nivåer")), (Depth.ALL, _("Alla nivåer"))]
    levels = switch(_("Enheter"), "niva", depth, chosen.depth, view.choosing(sida=None))
    return analysis_card(DONT_KNOW, found, view, levels, folded=False, wide=True, body=drawn)


def _training(found: Basis, view: View) -> Component:
    """The list stands open: it is what one takes along."""
    cells = found.cells(TRAINING.read)
    shown = [data_table(TRAINING.table(cells), view)] if cells.rows else []
    return analysis_card(TRAINING, found, view, *shown, folded=False, wide=True)


def _lists(chosen: Chosen) -> list[Component]:
    parts = [
        (Part.BOTH.value, _("Båda dimensionerna")),
        (Part.CAPABILITY.value, _("Digital förmåga")),
        (Part.HERITAGE.value, _("Digitalt arv")),
    ]
    return [
        choose(_("Dimension"), "dimension", parts, chosen.part),
        search_for(_("Sök enhet"), "sok", chosen.search),
    ]
