"""/resultat/mal?ar=&enhet=&niva= — what the organisation aims at, how far it is, and where its key user sets it."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses import TARGETS, basis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.wording import level_names
from dimios_dash.components.card import analysis_card, analysis_table
from dimios_dash.components.layout import Tone, empty, notice
from dimios_dash.components.results_page import results_page, results_view
from dimios_dash.components.view import View
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.elements import html
from dimios_dash.figures.numbers import number
from dimios_dash.translations import N_, _
from dimios_dash.web import Context
from pages.results.target_form import form

PATH = "/resultat/mal"
AIM = N_("Ett mål är ett värde att nå till ett visst år. Det ritas in i bilderna, så att avståndet syns.")


@results_view(PATH, N_("Mål"))
def layout(  # noqa: PLR0917, the parameters of the address
    ctx: Context,
    scope: ResultsScope,
    ar: int | None = None,  # noqa: ARG001, the scope holds the year and the unit that were chosen
    enhet: str | None = None,  # noqa: ARG001
    niva: str | None = None,
    andrat: str | None = None,
) -> Component:
    found = basis.read(ctx.session, scope)
    view = View(PATH, scope.year, scope.unit_id, {"niva": niva})
    lead = f"{TARGETS.headline(found.cells(TARGETS.read))}." if found.targets else _(AIM)
    body = [*_told(found, andrat), *_shown(found, view), *form(ctx, found, niva)]
    return results_page(found, view, _("Mål"), lead, *body)


def _shown(found: Basis, view: View) -> list[Component]:
    if not found.targets:
        nothing = empty(_("Inga mål är satta för enheten"), TARGETS.reading(found.cells(TARGETS.read)))
        return [html.Div(nothing, className="section")]
    card = html.Div(analysis_card(TARGETS, found, view, folded=False), className="section")
    return [card, html.Div(analysis_table(TARGETS, found, view), className="section")]


def _told(found: Basis, changed: str | None) -> list[Component]:
    """What has just been done: the target that stands now, or that there is none any more."""
    name = level_names(found.instrument).get(changed or "")
    if name is None:
        return []
    target = found.targets.get(changed or "")
    if target is None:
        return [_status(_("%(name)s har inget mål längre.", name=name))]
    value = {"value": number(target.value), "year": target.year}
    return [_status(_("Sparat: målet för %(name)s är %(value)s till %(year)s.", name=name, **value))]


def _status(words: str) -> Component:
    """Read out when it comes."""
    return html.Div(notice(Tone.SUCCESS, words), role="status", className="section")
