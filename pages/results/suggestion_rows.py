"""Free texts in a list: for those who read them, and for those who review them."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.suggestions import WrittenText
from dimios_dash.analyses.suggestion_texts import Told
from dimios_dash.components.free_text import as_written, facts, quoted
from dimios_dash.components.review_view import ReviewView
from dimios_dash.components.view import View
from dimios_dash.domain.moderation.masking import proposed
from dimios_dash.domain.moderation.review import ReviewState, Status
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count
from dimios_dash.translations import _, ngettext
from pages.results.suggestion_row import row_of


def to_review(text: WrittenText, question: str, unit: str, view: ReviewView) -> Component:
    """With a box to tick, and the way to decide about it alone."""
    row, review = row_of(text), text.review
    told = [
        question,
        unit,
        "" if review.status is Status.NEW else review.status.label,
        _("Samlad under en annan text") if review.merged_into else "",
        _("Erbjuds initiativbiblioteket") if review.offered else "",
        _("Dold: %(reason)s", reason=review.reason.label) if review.reason else "",
    ]
    looks_personal = proposed(text.text) if review.state is ReviewState.WAITING else ()
    box = dbc.Checkbox(id=row, name=row, label=_("Markera texten"), label_class_name="visually-hidden", value=False)
    return html.Li(
        [
            box,
            html.Div(
                [
                    quoted(*as_written(text.text, review.masks, looks_personal)),
                    facts(*told, tags=[html.Span(tag, className="tag") for tag in review.tags]),
                    dcc.Link(_("Granska texten"), href=view.of_text(text.id)),
                ]
            ),
        ],
        className="free-text free-text--to-review",
    )


def to_read(told: Told, view: View, *, reviews: bool) -> Component:
    """With its tags as ways to more of them, and those alike folded in; the way to change it for who `reviews`."""
    head = told.head
    tags = [dcc.Link(tag, href=view.choosing(etikett=tag, sida=None).address, className="tag") for tag in head.tags]
    status = [html.Span(head.status.label, className="tag tag--accent")] if head.status is not Status.NEW else []
    change = [dcc.Link(_("Ändra"), href=ReviewView(view.year).of_text(head.id))] if reviews else []
    offered = _("Erbjuds initiativbiblioteket") if head.offered else ""
    return html.Li(
        [quoted(head.text), facts(told.question, told.unit, offered, tags=[*status, *tags, *change]), *_alike(told)],
        className="free-text",
    )


def _alike(told: Told) -> list[Component]:
    if not told.alike:
        return []
    words = ngettext("%(n)s har skrivit samma sak", "%(n)s har skrivit samma sak", told.count, n=count(told.count))
    others = [html.Li([quoted(each.text), facts(unit)], className="free-text") for each, unit in told.alike]
    return [html.Details([html.Summary(words), html.Ul(others, className="free-texts")], className="disclosure")]
