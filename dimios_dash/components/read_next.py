""" "Läs vidare": the views that answer what one asks next. Only those that exist and may be opened."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dimios_dash.analyses.next_questions import Question
from dimios_dash.components.view import View
from dimios_dash.elements import dcc, html
from dimios_dash.translations import _
from dimios_dash.users import User
from dimios_dash.web import PAGES


def read_next(questions: Sequence[Question], view: View, user: User) -> list[Component]:
    """Each leads to the same unit and year; nothing where no view answers."""
    known = [each for each in questions if each.path in PAGES and PAGES[each.path].may_be_opened_by(user)]
    if not known:
        return []
    return [
        html.Section(
            [
                html.P(_("Varför är det så?"), className="eyebrow"),
                html.H2(_("Läs vidare"), className="card__title"),
                html.Ul([_item(each, view) for each in known], className="read-next"),
            ],
            className="card",
        )
    ]


def _item(question: Question, view: View) -> Component:
    address = view.at(question.path).choosing(**question.choices).address
    return html.Li(
        [
            dcc.Link(question.asked, href=address, className="read-next__question"),
            html.Span(question.why, className="read-next__why"),
        ]
    )
