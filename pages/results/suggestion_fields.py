"""The fields with which one free text is reviewed, and those that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import dash_bootstrap_components as dbc
from dash import Input, Output, clientside_callback
from dash.development.base_component import Component

from db.queries import suggestions
from db.queries.suggestions import WrittenText
from dimios_dash.analyses import basis, branch_texts
from dimios_dash.components.free_text import quoted
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, card, link_button, notice, page_head
from dimios_dash.components.review_view import ReviewView
from dimios_dash.domain.moderation.masking import covered, masked, of_words, proposed, words, words_in
from dimios_dash.domain.moderation.review import LONGEST_TAG, MOST_TAGS, HideReason, ReviewState, Status
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.elements import dcc, html
from dimios_dash.ids import SuggestionId
from dimios_dash.translations import N_, _
from dimios_dash.web import Context
from pages.results.suggestion_alike import alike_texts


class Id(Ids, owner="suggestion-edit"):
    content: str
    seen: str
    words: str
    typed: str
    shown: str
    state: str
    reason: str
    why: str
    status: str
    tags: str
    offered: str
    save: str


def content(
    ctx: Context, scope: ReviewScope, suggestion_id: SuggestionId, above: Sequence[Component] = ()
) -> list[Component]:
    """The page of one text. Raises NotFound."""
    text, view = suggestions.one_as_written(ctx.session, scope, suggestion_id), ReviewView(scope.released.year)
    found = basis.read(ctx.session, scope.released)
    where = f"{branch_texts.questions(found)[text.category]} · {found.results.unit(text.unit_id).name}"
    seen = {"ar": view.ar, "id": str(text.id), "version": text.review.version}
    return [
        page_head(_("Granska en text"), where, _("Förbättringsförslag · %(year)s", year=view.ar)),
        *above,
        dcc.Store(id=Id.seen, data=seen),
        html.Div([_masking(text), _decision(text)], className="columns columns--top section"),
        alike_texts(ctx, scope, text, view),
        html.Div(link_button(_("Till listan"), view.address, primary=False), className="actions"),
    ]


def _masking(text: WrittenText) -> Component:
    """Every word as a box to tick; what looks personal is ticked until somebody has decided."""
    found, review = proposed(text.text), text.review
    ticked = words_in(text.text, review.masks if review.version else found)
    options = [{"value": n, "label": text.text[first:last]} for n, (first, last) in enumerate(words(text.text))]
    chosen = dbc.Checklist(id=Id.words, options=options, value=list(ticked), className="word-choice")
    typed = dbc.Input(id=Id.typed, value="", debounce=True, autocomplete="off", maxLength=500)
    return card(
        _("Texten som den skrevs"),
        *_looks_personal(text),
        html.Fieldset(
            [html.Legend(_("Välj de ord som ingen annan ska läsa"), className="fieldset__legend"), chosen],
            className="fieldset",
        ),
        _field(Id.typed, _("Eller skriv det som ska maskeras"), typed),
        html.H3(_("Så läser andra den")),
        html.Div(quoted(masked(text.text, of_words(text.text, ticked))), id=Id.shown),
    )


def _looks_personal(text: WrittenText) -> list[Component]:
    """Nothing where all of it has been masked by somebody."""
    found, review = proposed(text.text), text.review
    if not found or (review.version and all(covered(passage, review.masks) for passage in found)):
        return []
    what = _("Det är inte maskerat.") if review.version else _("Orden är valda från början.")
    names = _("Namn hittas inte av sig själva: läs hela texten.")
    return [notice(Tone.WARNING, _("Något ser ut som en personuppgift"), what, names)]


def _decision(text: WrittenText) -> Component:
    review = text.review
    state = ReviewState.SHOWN if review.state is ReviewState.WAITING else review.state
    reason = dbc.Select(
        id=Id.reason,
        options=[{"value": each.value, "label": each.label.capitalize()} for each in HideReason],
        value=review.reason.value if review.reason else "",
        placeholder=_("Välj"),
    )
    why = html.Div(
        _field(Id.reason, _("Varför den döljs"), reason, _("Läsarna får veta hur många som är dolda och varför.")),
        id=Id.why,
        hidden=state is not ReviewState.HIDDEN,
    )
    return card(
        _("Beslut"),
        _radios(Id.state, _("Vem får läsa?"), _STATES, state.value),
        why,
        _select(Id.status, _("Status"), [(each.value, each.label) for each in Status], review.status.value),
        _field(
            Id.tags,
            _("Etiketter"),
            dbc.Input(id=Id.tags, value=", ".join(review.tags), autocomplete="off"),
            _about_tags(),
        ),
        _offer(text),
        html.Div(html.Button(_("Spara"), id=Id.save, type="button", className="button"), className="actions"),
    )


_STATES: Final = {
    ReviewState.SHOWN: N_("Visa för alla som får läsa resultaten"),
    ReviewState.HIDDEN: N_("Dölj"),
    ReviewState.WAITING: N_("Vänta"),
}


def _about_tags() -> str:
    return _(
        "Skilj dem åt med komma, högst %(most)s stycken på högst %(longest)s tecken.",
        most=MOST_TAGS,
        longest=LONGEST_TAG,
    )


def _offer(text: WrittenText) -> Component:
    """Only what worked is offered; elsewhere the box is not seen."""
    box = dbc.Checkbox(id=Id.offered, label=_("Erbjud texten till initiativbiblioteket"), value=text.review.offered)
    hint = html.P(_("Initiativbiblioteket kommer senare."), className="field__hint")
    return html.Div([box, hint], className="field", hidden=text.category is not None)


def _radios(id_: str, label: str, options: Mapping[ReviewState, str], value: str) -> Component:
    choices = [{"value": each.value, "label": _(words)} for each, words in options.items()]
    return html.Fieldset(
        [html.Legend(label, className="fieldset__legend"), dbc.RadioItems(id=id_, options=choices, value=value)],
        className="fieldset",
    )


def _select(id_: str, label: str, options: Iterable[tuple[str, str]], value: str) -> Component:
    choices = [{"value": each, "label": words} for each, words in options]
    return _field(id_, label, dbc.Select(id=id_, options=choices, value=value))


def _field(id_: str, label: str, field: Component, hint: str = "") -> Component:
    said = [html.P(hint, className="field__hint")] if hint else []
    return html.Div([html.Label(label, htmlFor=id_, className="field__label"), *said, field], className="field")


# In the browser: which fields a choice needs is no business of the server's.
clientside_callback(
    """
    function(state) { return state !== "dold"; }
    """,
    Output(Id.why, "hidden"),
    Input(Id.state, "value"),
    prevent_initial_call=True,
)
