"""/resultat/alla?ar=&urval=&niva= — the own organisation among others: are we better than those of our size?"""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import basis, everyone
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.everyone import chosen, own_place, pool_words, similar
from dimios_dash.analyses.everyone.chosen import LevelChoice, PoolChoice
from dimios_dash.analyses.everyone.similar import Weight
from dimios_dash.components.card import analysis_card
from dimios_dash.components.layout import page_head
from dimios_dash.components.results_page import results_view
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import choose, goes_to, switch
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import html
from dimios_dash.figures.numbers import count
from dimios_dash.translations import N_, _, ngettext
from dimios_dash.web import Context

PATH = "/resultat/alla"


@results_view(PATH, N_("Allas resultat"))
def layout(  # noqa: PLR0917, the parameters of the address
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    urval: PoolChoice = PoolChoice.SECTOR,
    niva: LevelChoice = LevelChoice.INDEX,
    vikt_storlek: Weight = Weight.MUCH,
    vikt_sektor: Weight = Weight.MUCH,
    vikt_lan: Weight = Weight.SOME,
) -> Component:
    weights = {similar.SIZE: vikt_storlek, similar.SECTOR: vikt_sektor, similar.COUNTY: vikt_lan}
    choices = {chosen.POOL: urval, chosen.LEVEL: niva, **weights}
    found = basis.read(ctx.session, scope, choices)
    view = View(PATH, scope.year, scope.unit_id, choices)
    return html.Div([_head(found), _choices(found, view), *_cards(found, view)])


def _head(found: Basis) -> Component:
    """The whole organisation, whatever unit one comes from: only whole organisations are compared."""
    place, answered = found.cells(own_place.read), found.whole.answered
    people = ngettext("%(n)s svarande", "%(n)s svarande", answered, n=count(answered))
    return page_head(f"{found.whole.name} {found.year}", own_place.reading(place), f"{_('Allas resultat')} · {people}")


def _choices(found: Basis, view: View) -> Component:
    years = sorted((each.year for each in found.years), reverse=True)
    pools = [(choice.value, pool_words.title(pool)) for choice, pool in chosen.own_pools(found).items()]
    levels = [(level.value, level.label) for level in LevelChoice]
    return html.Div(
        [
            goes_to(),
            choose(_("Byt år"), "ar", [(str(year), str(year)) for year in years], str(view.year)),
            choose(_("Urval för kategorier och förmågor"), chosen.POOL, pools, _pool_chosen(found)),
            choose(_("Nivå för län, sektorer, storlekar"), chosen.LEVEL, levels, chosen.level(found).value),
        ],
        className="view-choice",
    )


def _pool_chosen(found: Basis) -> str:
    """The sector where the organisation has no size or county to choose by."""
    pool = chosen.pool(found)
    return next(choice.value for choice, one in chosen.own_pools(found).items() if one == pool)


def _cards(found: Basis, view: View) -> list[Component]:
    card = analysis_card
    return [
        _pair(card(everyone.OWN_PLACE, found, view), card(everyone.CATEGORY_PLACES, found, view)),
        _pair(card(everyone.CAPABILITY_PLACES, found, view), card(everyone.COUNTIES, found, view)),
        _pair(card(everyone.SIZES, found, view), card(everyone.SECTORS, found, view)),
        _pair(card(everyone.AREAS, found, view), card(everyone.SIMILAR, found, view, _weights(found, view))),
        html.Div(card(everyone.OWN_GROUP, found, view), className="section"),
    ]


def _pair(left: Component, right: Component) -> Component:
    return html.Div([left, right], className="section columns")


def _weights(found: Basis, view: View) -> Component:
    """How much each likeness counts when the most similar ones are chosen."""
    labels = {
        similar.SIZE: _("Storlek räknas"),
        similar.SECTOR: _("Sektor räknas"),
        similar.COUNTY: _("Län räknas"),
    }
    options = [(weight.value, weight.label) for weight in Weight]
    return html.Div(
        [switch(label, name, options, similar.weight(found, name).value, view) for name, label in labels.items()]
    )
