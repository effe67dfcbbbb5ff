"""What pages are put together from: head, notice, empty state, key figure, link that looks like a button."""

from __future__ import annotations

from enum import StrEnum

from dash.development.base_component import Component

from dimios_dash.elements import dcc, html

Words = Component | str


class Tone(StrEnum):
    """How a notice is meant; the icon and colour follow from it."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


def page_head(title: str, lead: Words, eyebrow: str | None = None) -> Component:
    """Title and one sentence about the page; `eyebrow` is the small line above, such as the year."""
    above = [] if eyebrow is None else [html.P(eyebrow, className="eyebrow")]
    return html.Div(
        html.Div(
            [
                *above,
                html.H1(title, className="page-head__title", tabIndex=-1),  # assets/focus.js brings people here
                html.P(lead, className="page-head__lead"),
            ],
            className="page-head__text",
        ),
        className="page-head",
    )


def notice(tone: Tone, title: str, *sentences: Words) -> Component:
    """Something to know before going on. Links belong in the sentences."""
    return html.Div(
        [html.P(title, className="notice__title"), *(html.P(words) for words in sentences)],
        className=f"notice notice--{tone}",
    )


def empty(title: str, sentence: Words, *links: Component) -> Component:
    """Stands where there is nothing yet: why, and where to go."""
    actions = [html.Div(list(links), className="actions")] if links else []
    return html.Div([html.H2(title, className="empty__title"), html.P(sentence), *actions], className="empty")


def link_button(label: str, href: str, *, primary: bool = True) -> Component:
    """A link to another page that is the thing to do next."""
    return dcc.Link(label, href=href, className="button" if primary else "button button--secondary")


def key_figure(label: str, value: str, note: str = "") -> Component:
    """One large number with what it counts."""
    return html.Div(
        [
            html.Dt(label, className="figure-key__label"),
            html.Dd(value, className="figure-key__value"),
            *([html.Dd(note, className="figure-key__note")] if note else []),
        ],
        className="figure-key",
    )


def key_figures(*figures: Component) -> Component:
    """Key figures in a row."""
    return html.Dl(list(figures), className="figures")


def card(title: str, *content: Component) -> Component:
    """A surface with one subject."""
    head = html.Div(html.H2(title, className="card__title"), className="card__head")
    return html.Section([head, *content], className="card")
