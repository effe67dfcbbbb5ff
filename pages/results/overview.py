"""/resultat/oversikt?ar=&enhet= — where a unit stands, in ten seconds; and why, in ten minutes."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dimios_dash import access
from dimios_dash.analyses import CATEGORIES, POSITION, STRENGTHS, UNITS, basis, summary
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.summary import Key, KeyFigure
from dimios_dash.components.advice import advice
from dimios_dash.components.card import analysis_card, analysis_table
from dimios_dash.components.layout import empty, link_button
from dimios_dash.components.promise_link import promise_link
from dimios_dash.components.results_page import hidden_whole, instead_of_hidden, results_page
from dimios_dash.components.view import View
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.figures.numbers import number
from dimios_dash.translations import N_, _
from dimios_dash.web import Context, page

PATH = "/resultat/oversikt"


@page(
    PATH,
    title=N_("Översikt"),
    needs=Permission.RESULTS_READ,
    scope=access.results,
    menu=N_("Översikt"),
    in_languages=True,
)
def layout(
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
) -> Component:
    found = basis.read(ctx.session, scope)
    view = View(PATH, scope.year, scope.unit_id)
    hidden = hidden_whole(found)
    if hidden is None:
        return results_page(found, view, _("Översikt"), summary.sentence(found), *_analyses(found, view))
    below = [_units(found, view)] if found.results.children(found.unit_id) else []
    lead = _("Resultatet för enheten kan inte visas.")
    return results_page(found, view, _("Översikt"), lead, instead_of_hidden(found, hidden, view), *below)


def _analyses(found: Basis, view: View) -> list[Component]:
    possible = POSITION.read(found).possible
    return [
        _key_figures(found),
        _side_by_side(analysis_card(POSITION, found, view), analysis_card(CATEGORIES, found, view)),
        *([advice(possible)] if possible else []),
        *_strengths_and_units(found, view),
    ]


def _strengths_and_units(found: Basis, view: View) -> list[Component]:
    strengths = analysis_card(STRENGTHS, found, view)
    if not found.results.children(found.unit_id):
        return [html.Div([strengths, _no_units(found, view)], className="section columns columns--top")]
    return [_side_by_side(strengths, analysis_card(UNITS, found, view, folded=False)), _units(found, view)]


def _side_by_side(left: Component, right: Component) -> Component:
    return html.Div([left, right], className="section columns")


def _units(found: Basis, view: View) -> Component:
    """The table that leads on to each unit."""
    return html.Section(
        [
            html.H2(_("Enheter i %(unit)s", unit=found.unit.name)),
            analysis_table(UNITS, found, view),
            html.P([_("Varför något döljs eller lyfts: "), promise_link()], className="card__source"),
        ],
        className="section",
    )


def _no_units(found: Basis, view: View) -> Component:
    """Stands beside the strengths of the lowest units: the way to their neighbours."""
    above = found.results.path(found.unit_id)[:-1]
    if not above:
        return empty(_("Inga enheter under den här"), _("Här finns därför inget att jämföra inom enheten."))
    return empty(
        _("Inga enheter under den här"),
        _("Enheten jämförs med de andra på sidan för %(unit)s.", unit=above[-1].name),
        link_button(_("Gå till %(unit)s", unit=above[-1].name), view.of(above[-1].unit_id).address, primary=False),
    )


def _key_figures(found: Basis) -> Component:
    figures = html.Dl([_key_figure(each) for each in summary.key_figures(found)], className="figures")
    why = [html.P(words) for words in (summary.lifted(found), summary.at_the_ends(found)) if words]
    notes = [html.Div([*why, html.P(promise_link())], className="card__notes key-notes")] if why else []
    return html.Section([figures, *notes], className="section card")


def _key_figure(each: KeyFigure) -> Component:
    kinds = {Key.INDEX: "", Key.CAPABILITY: " figure-key--capability", Key.HERITAGE: " figure-key--heritage"}
    return html.Div(
        [
            html.Dt(each.key.label, className="figure-key__label"),
            html.Dd(number(each.value), className="figure-key__value"),
            html.Dd(each.note, className="figure-key__note"),
        ],
        className=f"figure-key{kinds[each.key]}",
    )
