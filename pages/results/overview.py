"""/resultat/oversikt?ar=&enhet= — where a unit stands, in ten seconds; and why, in ten minutes."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import CATEGORIES, CERTAIN_CHANGES, POSITION, STRENGTHS, UNITS, basis, summary
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.next_questions import questions
from dimios_dash.analyses.scale import Scale
from dimios_dash.analyses.summary import Key, KeyFigure
from dimios_dash.components.advice import advice
from dimios_dash.components.card import analysis_card, analysis_table
from dimios_dash.components.layout import empty, link_button
from dimios_dash.components.promise_link import promise_link
from dimios_dash.components.read_next import read_next
from dimios_dash.components.results_page import hidden_page, hidden_whole, results_page, results_view
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import switch
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import html
from dimios_dash.figures.numbers import number
from dimios_dash.translations import N_, _
from dimios_dash.web import Context

PATH = "/resultat/oversikt"


@results_view(PATH, N_("Översikt"))
def layout(
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    skala: Scale = Scale.WHOLE,
) -> Component:
    found = basis.read(ctx.session, scope, {"skala": skala})
    view = View(PATH, scope.year, scope.unit_id, {"skala": skala if skala is Scale.NEAR else None})
    hidden = hidden_whole(found)
    if hidden is None:
        return results_page(found, view, _("Översikt"), summary.sentence(found), *_analyses(ctx, found, view))
    below = [_units(found, view)] if found.results.children(found.unit_id) else []
    return hidden_page(found, view, _("Översikt"), hidden, *below)


def _analyses(ctx: Context, found: Basis, view: View) -> list[Component]:
    possible = found.cells(POSITION.read).possible
    onward = read_next(questions(found), view, ctx.user)
    return [
        _key_figures(found),
        _scale(found, view),
        _side_by_side(analysis_card(POSITION, found, view), analysis_card(CATEGORIES, found, view)),
        *([advice(possible)] if possible else []),
        _side_by_side(analysis_card(STRENGTHS, found, view), analysis_card(CERTAIN_CHANGES, found, view)),
        *_below(found, view, onward),
    ]


def _scale(found: Basis, view: View) -> Component:
    """Both pictures below follow it."""
    options = [(each.value, each.label) for each in Scale]
    return switch(_("Skala i bilderna"), "skala", options, found.choice("skala", Scale.WHOLE), view)


def _below(found: Basis, view: View, onward: list[Component]) -> list[Component]:
    """The units below, or the way to the neighbours of one that has none; beside them what to read next."""
    if not found.results.children(found.unit_id):
        return [html.Div([_no_units(found, view), *onward], className="section columns columns--top")]
    return [_side_by_side(analysis_card(UNITS, found, view, folded=False), *onward), _units(found, view)]


def _side_by_side(*cards: Component) -> Component:
    return html.Div(list(cards), className="section columns")


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
            *([html.Dd(each.aim, className="figure-key__note figure-key__aim")] if each.aim else []),
        ],
        className=f"figure-key{kinds[each.key]}",
    )
