"""What stands around every page: header, menu, notice, footer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from dash import Input, Output, State, clientside_callback, dcc, html, page_container
from dash.development.base_component import Component
from flask_login import current_user

from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.crypto.tokens import csrf_token
from dimios_dash.users import User
from dimios_dash.web import NOTICE, PAGES, Page, surroundings

GROUPS = {"matning": "Mätning", "resultat": "Analys"}  # first word of the address -> heading in the menu


class Id(Ids, owner="shell"):
    address: str
    menu: str


def shell() -> Component:
    """The frame of the signed-in pages, with the menu of what this user may open."""
    if not current_user.is_authenticated:  # the guard has refused already; this is its second lock
        return html.Div()
    user = cast(User, current_user.user)
    return html.Div(
        [
            dcc.Location(id=Id.address, refresh=False),
            html.A("Hoppa till innehållet", href="#innehall", className="skip-link"),
            _header(user),
            html.Div(
                [
                    _menu(user),
                    html.Main(
                        [
                            html.Div(id=NOTICE, className="notice notice--error notice--shell", role="alert"),
                            page_container,
                        ],
                        id="innehall",
                        className="app__main",
                        tabIndex=-1,
                    ),
                ],
                className="app__body",
            ),
            _footer(),
        ],
        className="app",
    )


def _header(user: User) -> Component:
    return html.Header(
        [
            dcc.Link(html.Img(src="/assets/mark.svg", alt="Dimios Dash, startsidan"), href="/", className="wordmark"),
            html.Div(html.Span(user.organisation_name, className="app__organisation"), className="app__context"),
            html.Div(
                [
                    html.Span(f"{user.name}, {user.role.label.lower()}"),
                    html.Form(
                        [
                            dcc.Input(type="hidden", name="csrf", value=csrf_token(current_user.secret)),
                            html.Button("Logga ut", type="submit", className="button button--quiet"),
                        ],
                        action="/logga-ut",
                        method="post",
                    ),
                ],
                className="app__user",
            ),
        ],
        className="app__header",
    )


def _menu(user: User) -> Component:
    links = [found for found in PAGES.values() if found.menu is not None and found.may_be_opened_by(user)]
    groups = groupby(links, lambda found: found.path.split("/")[1])
    return html.Nav(
        html.Details(
            [
                html.Summary("Meny", className="menu__toggle"),
                html.Div([part for group, pages in groups for part in _group(group, pages)], id=Id.menu),
            ],
            className="menu__details",
        ),
        className="menu",
        **aria(label="Huvudmeny"),
    )


def _group(group: str, pages: Iterable[Page]) -> list[Component]:
    """The pages of one part of the site, under its name."""
    heading = [html.P(GROUPS[group], className="menu__heading")] if group in GROUPS else []
    return [*heading, html.Ul([html.Li(_link(found)) for found in pages], className="menu__group")]


def _link(found: Page) -> Component:
    return dcc.Link(found.menu, href=found.path, className="menu__link")


def _footer() -> Component:
    support = surroundings().settings.support_address
    return html.Footer(
        [
            html.Span("Dimios Dash"),
            html.Span(["Hjälp: ", html.A(support, href=f"mailto:{support}")]),
        ],
        className="app__footer",
    )


# The mark of the open page follows the address without a round trip; the phone's menu and an old notice leave.
clientside_callback(
    """
    function(path, menu) {
        var links = document.getElementById(menu);
        links.closest("details").open = false;
        links.querySelectorAll("a").forEach(function(link) {
            if (link.getAttribute("href") === path) { link.setAttribute("aria-current", "page"); }
            else { link.removeAttribute("aria-current"); }
        });
        return "";
    }
    """,
    Output(NOTICE, "children"),
    Input(Id.address, "pathname"),
    State(Id.menu, "id"),
)
