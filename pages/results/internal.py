"""/resultat/internt?ar=&enhet=&visa=&mot=… — units beside each other: which one differs most, and in what."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import BESIDE, HEAT, basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.internal.cells import HeatCells
from dimios_dash.analyses.internal.choices import Against, Chosen, Depth, Part, Shown
from dimios_dash.components.card import analysis_card
from dimios_dash.components.heat_table import heat_table
from dimios_dash.components.results_page import hidden_whole, instead_of_hidden, results_page, results_view
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import choose, search_for, switch
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.translations import N_, _, ngettext
from dimios_dash.web import Context

PATH = "/resultat/internt"


@results_view(PATH, N_("Intern jämförelse"))
def layout(  # noqa: PLR0917, the parameters of the address
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    visa: Shown = Shown.VALUE,
    mot: Against = Against.CATEGORIES,
    dimension: Part = Part.BOTH,
    niva: Depth = Depth.ONE,
    sortera: str = "",
    sok: str = "",
    sida: int = 1,
    jamfor: str = "",
) -> Component:
    choices = {
        "visa": visa,
        "mot": mot,
        "dimension": dimension,
        "niva": niva,
        "sortera": sortera,
        "sok": sok,
        "sida": sida,
        "jamfor": jamfor,
    }
    found = basis.read(ctx.session, scope, choices)
    chosen = Chosen.of(found)
    view = _view(scope, chosen)
    hidden = hidden_whole(found)
    body = [] if hidden is None else [instead_of_hidden(found, hidden, view)]
    body += [_heat(found, chosen, view), *_beside(found, chosen, view)]
    return results_page(found, view, _("Intern jämförelse"), _lead(found), *body, choices=_lists(chosen))


def _heat(found: Basis, chosen: Chosen, view: View) -> Component:
    def drawn(cells: HeatCells) -> Component:
        return heat_table(cells, view)

    switches = _switches(found, chosen, view)
    card = analysis_card(HEAT, found, view, switches, folded=False, wide=True, body=drawn)
    return html.Div(card, className="section")


def _beside(found: Basis, chosen: Chosen, view: View) -> list[Component]:
    """Nothing until somebody chooses a unit to compare."""
    if not chosen.compared:
        return []
    clear = html.P(dcc.Link(_("Töm jämförelsen"), href=view.choosing(jamfor=None).address))
    return [html.Div(analysis_card(BESIDE, found, view, clear), className="section")]


def _view(scope: ResultsScope, chosen: Chosen) -> View:
    """What is as usual is left out of the address."""
    usual = {"visa": Shown.VALUE, "mot": Against.CATEGORIES, "dimension": Part.BOTH, "niva": Depth.ONE, "sida": 1}
    asked = {
        "visa": chosen.shown,
        "mot": chosen.against,
        "dimension": chosen.part,
        "niva": chosen.depth,
        "sortera": chosen.sort,
        "sok": chosen.search,
        "sida": chosen.page,
        "jamfor": ",".join(chosen.compared),
    }
    return View(
        PATH, scope.year, scope.unit_id, {name: value for name, value in asked.items() if value != usual.get(name)}
    )


def _lead(found: Basis) -> str:
    below = len(found.results.children(found.unit_id))
    if not below:
        return _("Enheten har inga enheter under sig och jämförs därför med hela organisationen.")
    return ngettext(
        "%(n)s enhet närmast under, sida vid sida. Välj fler nivåer, eller gå vidare till en enhet genom dess namn.",
        "%(n)s enheter närmast under, sida vid sida. Välj fler nivåer, eller gå vidare till en enhet genom dess namn.",
        below,
        n=count(below),
    )


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


def _switches(found: Basis, chosen: Chosen, view: View) -> Component:
    has_last = found.last_time is not None or chosen.shown is Shown.LAST
    shown = [
        (Shown.VALUE, _("Värden")),
        (Shown.WHOLE, _("Mot helheten")),
        *([(Shown.LAST, _("Mot förra gången"))] if has_last else []),
        (Shown.OTHERS, _("Mot andra")),
    ]
    against = [(Against.CATEGORIES, _("Kategorier")), (Against.CAPABILITIES, _("Förmågor"))]
    depth = [(Depth.ONE, _("Närmast under")), (Depth.TWO, _("Två nivåer")), (Depth.ALL, _("Alla nivåer"))]
    first = view.choosing(sida=None)
    switches = [
        switch(_("Visa"), "visa", shown, chosen.shown, first),
        switch(_("Kolumner"), "mot", against, chosen.against, first.choosing(sortera=None)),
        switch(_("Enheter"), "niva", depth, chosen.depth, first),
    ]
    return html.Div(switches, className="switches")
