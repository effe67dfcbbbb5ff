"""The list of texts to review: those that wait, are shown, or are hidden, a page at a time, with boxes to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import dash_bootstrap_components as dbc
from dash import Input, Output, State, clientside_callback
from dash.development.base_component import Component

from db.queries import suggestions
from db.queries.suggestions import WrittenText
from dimios_dash.analyses import basis, branch_texts
from dimios_dash.analyses.basis import Basis
from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import empty, link_button, page_head
from dimios_dash.components.review_view import ReviewView
from dimios_dash.domain.moderation.review import ReviewState
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.translations import N_, _
from dimios_dash.web import Context
from pages.results.suggestion_rows import to_review

PAGE: Final = 20  # texts


class Id(Ids, owner="suggestion-queue"):
    content: str
    seen: str
    list: str
    which: str
    deed: str
    do: str
    ticked: str


class Deed(StrEnum):
    """What can be done to many at once."""

    SHOW = "visa"
    GATHER = "samla"
    NEW = "nytt"
    PLANNED = "planerat"
    DONE = "klart"


_DEEDS: Final = {
    Deed.SHOW: N_("Visa för läsarna"),
    Deed.GATHER: N_("Samla som lika"),
    Deed.NEW: N_("Märk som nya"),
    Deed.PLANNED: N_("Märk som planerade"),
    Deed.DONE: N_("Märk som klara"),
}
_LISTS: Final = {
    ReviewState.WAITING: N_("Väntar på granskning"),
    ReviewState.SHOWN: N_("Visas för läsarna"),
    ReviewState.HIDDEN: N_("Dolda"),
}


def content(ctx: Context, scope: ReviewScope, view: ReviewView, above: Sequence[Component] = ()) -> list[Component]:
    counts, found = suggestions.counts(ctx.session, scope), basis.read(ctx.session, scope.released)
    pages = max(1, -(-counts.get(view.visa, 0) // PAGE))
    view = view.turned_to(min(view.sida, pages))
    places = (view.sida - 1) * PAGE, view.sida * PAGE
    rows = suggestions.queue(ctx.session, scope, view.visa, places)
    return [
        _head(view),
        *above,
        _lists(view, counts),
        dcc.Store(id=Id.seen, data={"ar": view.ar, "visa": view.visa, "sida": view.sida}),
        *(_rows(found, view, rows, pages) if rows else [_nothing(view)]),
    ]


def _head(view: ReviewView) -> Component:
    return page_head(
        _("Granska texter"),
        _("Bara det som du visar kan läsas av andra. Texten som den skrevs ser bara den som granskar."),
        _("Förbättringsförslag · %(year)s", year=view.ar),
    )


def _lists(view: ReviewView, counts: Mapping[ReviewState, int]) -> Component:
    links = [
        html.Li(_list(view, state, f"{_(words)} ({count(counts.get(state, 0))})")) for state, words in _LISTS.items()
    ]
    return html.Nav(html.Ul(links, className="choice-links"), **aria(label=_("Listor")))


def _list(view: ReviewView, state: ReviewState, words: str) -> Component:
    if state is view.visa:
        return html.Span(words, className="choice-link", **aria(current="page"))
    return dcc.Link(words, href=ReviewView(view.ar, state).address, className="choice-link")


def _nothing(view: ReviewView) -> Component:
    back = link_button(_("Till förbättringsförslagen"), f"/resultat/forslag?ar={view.ar}", primary=False)
    if view.visa is ReviewState.WAITING:
        return empty(_("Ingen text väntar"), _("Allt som är skrivet det här året är granskat."), back)
    return empty(_("Inga texter här"), _("Välj en annan lista."), back)


def _rows(found: Basis, view: ReviewView, rows: Sequence[WrittenText], pages: int) -> list[Component]:
    questions, names = branch_texts.questions(found), {unit.unit_id: unit.name for unit in found.results.units}
    listed = [to_review(each, questions[each.category], names[each.unit_id], view) for each in rows]
    return [
        _bar(),
        html.Ol(listed, id=Id.list, className="free-texts"),
        *([_turning(view, pages)] if pages > 1 else []),
    ]


def _bar() -> Component:
    """What to do with those that are ticked."""
    which = [{"value": "ticked", "label": _("De markerade")}, {"value": "page", "label": _("Alla på sidan")}]
    deeds = [{"value": each.value, "label": _(words)} for each, words in _DEEDS.items()]
    return html.Div(
        [
            _field(Id.which, _("Vilka"), dbc.Select(id=Id.which, options=which, value="ticked")),
            _field(Id.deed, _("Gör så här"), dbc.Select(id=Id.deed, options=deeds, value=Deed.SHOW.value)),
            html.Button(_("Gör"), id=Id.do, type="button", className="button"),
            dcc.Store(id=Id.ticked),
            html.P(
                _("När lika texter samlas är den översta markerade den som läses; de andra räknas under den."),
                className="field__hint",
            ),
        ],
        className="filters review-bar",
        role="group",
        **aria(label=_("Gör samma sak med flera texter")),
    )


def _field(id_: str, label: str, field: Component) -> Component:
    return html.Div([html.Label(label, htmlFor=id_, className="field__label"), field], className="field")


def _turning(view: ReviewView, pages: int) -> Component:
    steps = [(_("Föregående sida"), view.sida - 1), (_("Nästa sida"), view.sida + 1)]
    links = [link_button(label, view.turned_to(to).address, primary=False) for label, to in steps if 1 <= to <= pages]
    where = html.Span(_("Sida %(n)s av %(pages)s", n=count(view.sida), pages=count(pages)))
    return html.Nav([*links, where], className="turning", **aria(label=_("Sidor i listan")))


# In the browser, which knows what is ticked; the names of the boxes say which texts.
clientside_callback(
    """
    function(clicks, which, list) {
        var boxes = document.querySelectorAll("#" + list + (which === "page" ? " input" : " input:checked"));
        return {rows: Array.from(boxes, function(box) { return box.name; }), clicks: clicks};
    }
    """,
    Output(Id.ticked, "data"),
    Input(Id.do, "n_clicks"),
    State(Id.which, "value"),
    State(Id.list, "id"),
    prevent_initial_call=True,
)
