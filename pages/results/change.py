"""/resultat/forandring?ar=&enhet=&fran=&trad=&niva=&matt= — whether a unit has really become better since then."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import CHANGE, CHANGE_LEVELS, CHANGE_PARTS, CHANGE_UNITS, basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.change import lineage
from dimios_dash.analyses.change.between_years import TreeShown
from dimios_dash.analyses.change.levels import LevelShown
from dimios_dash.analyses.change.units import Measure
from dimios_dash.analyses.since import Since
from dimios_dash.analyses.wording import level_names
from dimios_dash.components.card import analysis_card
from dimios_dash.components.layout import card, empty, link_button
from dimios_dash.components.results_page import hidden_page, hidden_whole, results_page, results_view
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import choose, switch
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import html
from dimios_dash.translations import N_, _
from dimios_dash.web import Context

PATH = "/resultat/forandring"
OVERVIEW = "/resultat/oversikt"


@results_view(PATH, N_("Förändring"))
def layout(
    ctx: Context,
    scope: ResultsScope,
    *,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    fran: int | None = None,
    trad: TreeShown = TreeShown.NOW,
    niva: LevelShown = LevelShown.CATEGORIES,
    matt: Measure = Measure.INDEX,
) -> Component:
    chosen = {"fran": fran, "trad": trad, "niva": niva, "matt": matt}
    found = basis.read(ctx.session, scope, chosen)
    view = View(PATH, scope.year, scope.unit_id, chosen)
    hidden, since = hidden_whole(found), found.since
    if hidden is not None:
        return hidden_page(found, view, _("Förändring"), hidden)
    if since is None:
        lead = CHANGE.headline(found.cells(CHANGE.read))
        return results_page(found, view, _("Förändring"), lead, _only_one_year(found, view))
    return results_page(
        found, view, _("Förändring"), _lead(found), *_analyses(found, since, view), choices=[_earlier(found, since)]
    )


def _lead(found: Basis) -> str:
    cells = found.cells(CHANGE.read)
    return f"{CHANGE.headline(cells)}."


def _only_one_year(found: Basis, view: View) -> Component:
    return empty(
        _("Det finns ingen tidigare mätning att jämföra med"),
        _("%(year)s är den första publicerade mätningen. Nästa mätning jämförs med den här sidan.", year=found.year),
        link_button(_("Till översikten"), view.at(OVERVIEW).address, primary=False),
    )


def _earlier(found: Basis, since: Since) -> Component:
    options = [
        (str(year), str(year) if unit.changes else _("%(year)s (går inte att jämföra)", year=year))
        for year, unit in sorted(found.compared.items(), key=lambda pair: -pair[0])
    ]
    return choose(_("Jämför med"), "fran", options, str(since.year))


def _analyses(found: Basis, since: Since, view: View) -> list[Component]:
    return [
        *_tree(found, since, view),
        html.Div(analysis_card(CHANGE, found, view, wide=True), className="section"),
        html.Div(analysis_card(CHANGE_LEVELS, found, view, _levels(found, view), wide=True), className="section"),
        *_units(found, view),
        html.Div(
            [analysis_card(CHANGE_PARTS, found, view), _became(found, since)], className="section columns columns--top"
        ),
    ]


def _tree(found: Basis, since: Since, view: View) -> list[Component]:
    """Nothing to choose where the tree is the same: both ways of showing the earlier year are one."""
    if not lineage.sentences(found):
        return []
    options = [(TreeShown.NOW, _("Som organisationen är nu")), (TreeShown.THEN, _("Som den var då"))]
    label = _("%(year)s visas", year=since.year)
    return [switch(label, "trad", options, found.choice("trad", TreeShown.NOW), view)]


def _levels(found: Basis, view: View) -> Component:
    options = [(shown.value, shown.label) for shown in LevelShown]
    return switch(_("Visa"), "niva", options, found.choice("niva", LevelShown.CATEGORIES), view)


def _units(found: Basis, view: View) -> list[Component]:
    if not found.results.children(found.unit_id):
        return []
    options = [*level_names(found.instrument).items()]
    measure = choose(_("Jämför enheternas"), "matt", options, found.choice("matt", Measure.INDEX))
    return [html.Div(analysis_card(CHANGE_UNITS, found, view, measure, wide=True), className="section")]


def _became(found: Basis, since: Since) -> Component:
    told = lineage.sentences(found)
    title = _("Vad har hänt med enheten sedan %(year)s?", year=since.year)
    if not told:
        same = _("Organisationen är indelad som %(year)s, så alla enheter går att följa rakt av.", year=since.year)
        return card(title, html.P(same))
    return card(title, html.Ul([html.Li(words) for words in told]))
