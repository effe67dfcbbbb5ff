"""Texts that say the same as one that is reviewed: proposed by likeness, gathered by somebody who has read both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries import suggestions
from db.queries.suggestions import WrittenText
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.review_view import ReviewView
from dimios_dash.domain.moderation.alike import alike
from dimios_dash.domain.scopes import ReviewScope
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.ids import SuggestionId
from dimios_dash.translations import _, ngettext
from dimios_dash.web import Context
from pages.results.suggestion_row import row_of

MOST_ALIKE: Final = 8


class Id(Ids, owner="suggestion-alike"):
    alike: str
    gather: str
    under: str
    alone: str


def alike_texts(ctx: Context, scope: ReviewScope, text: WrittenText, view: ReviewView) -> Component:
    """Alike ones that may be gathered, those that are, and the way out."""
    head = text.review.merged_into
    near = _near(ctx, scope, text)
    texts = suggestions.with_gathered(ctx.session, scope, [*near, text.id, *([head] if head else [])])
    under = [each for each in texts.values() if each.review.merged_into == text.id]
    return html.Div(
        card(
            _("Texter som säger samma sak"),
            *([_under(texts[head], view)] if head and head in texts else []),
            *([_gathered(under, view)] if under else []),
            *_to_gather([texts[each] for each in near]),
            html.Div(
                _button(Id.alone, _("Låt texten stå för sig")),
                className="actions",
                hidden=head is None,
            ),
        ),
        className="section",
    )


def _near(ctx: Context, scope: ReviewScope, text: WrittenText) -> tuple[SuggestionId, ...]:
    """Those alike that answer the same question, the most alike first; not the one that it is gathered under."""
    others = suggestions.alone(ctx.session, scope, text.category)
    own = {text.id, text.review.merged_into}
    return alike(text.text, {id_: words for id_, words in others.items() if id_ not in own}, MOST_ALIKE)


def _under(head: WrittenText, view: ReviewView) -> Component:
    link = dcc.Link(head.text, href=view.of_text(head.id))
    return html.P([_("Den här räknas under: "), link])


def _gathered(under: Sequence[WrittenText], view: ReviewView) -> Component:
    title = ngettext(
        "%(n)s text räknas under den här:", "%(n)s texter räknas under den här:", len(under), n=count(len(under))
    )
    links = [html.Li(dcc.Link(each.text, href=view.of_text(each.id))) for each in under]
    return html.Div([html.P(title), html.Ul(links)])


def _to_gather(near: Sequence[WrittenText]) -> list[Component]:
    """Proposed by likeness, none of them ticked."""
    options = [{"value": row_of(each), "label": each.text} for each in near]
    boxes = dbc.Checklist(id=Id.alike, options=options, value=[], className="alike-choice")
    hint = (
        _("De här liknar texten. Markera dem som säger samma sak.") if near else _("Ingen annan text liknar den här.")
    )
    buttons = [
        _button(Id.under, _("Räkna den här under den markerade")),
        _button(Id.gather, _("Samla de markerade under den här")),
    ]
    return [
        html.Fieldset([html.Legend(hint, className="fieldset__legend"), boxes], className="fieldset"),
        html.Div(buttons, className="actions", hidden=not near),
    ]


def _button(id_: str, words: str) -> Component:
    return html.Button(words, id=id_, type="button", className="button button--secondary")
