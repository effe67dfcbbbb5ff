"""What stands around every page: header, menu, notice, footer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from dash import ALL, Input, Output, State, clientside_callback, page_container
from dash.development.base_component import Component
from flask_login import current_user

from dimios_dash.components.aria import aria
from dimios_dash.components.ids import Ids
from dimios_dash.crypto.tokens import csrf_token
from dimios_dash.elements import dcc, html
from dimios_dash.language import Language
from dimios_dash.translations import N_, _
from dimios_dash.users import User
from dimios_dash.web import NOTICE, PAGES, Page, surroundings

GROUPS = {  # first word of the address -> heading in the menu
    "matning": N_("Mätning"),
    "resultat": N_("Analys"),
    "administration": N_("Administration"),
}


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
            html.A(_("Hoppa till innehållet"), href="#innehall", className="skip-link"),
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
            dcc.Link(
                html.Img(src="/assets/mark.svg", alt=_("Dimios Dash, startsidan")), href="/", className="wordmark"
            ),
            html.Div(html.Span(user.organisation_name, className="app__organisation"), className="app__context"),
            html.Div(
                [
                    html.Span(f"{user.name}, {_(user.role.label).lower()}"),
                    _language(user),
                    html.Form(
                        [
                            dcc.Input(type="hidden", name="csrf", value=csrf_token(current_user.secret)),
                            html.Button(_("Logga ut"), type="submit", className="button button--quiet"),
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


def _language(user: User) -> Component:
    """Buttons that work without a script; a language is called what those who speak it call it."""
    return html.Details(
        [
            html.Summary(user.language.own_name, className="language__toggle"),
            html.Form(
                [
                    dcc.Input(type="hidden", name="csrf", value=csrf_token(current_user.secret)),
                    *[
                        html.Button(
                            each.own_name,
                            type="submit",
                            name="sprak",
                            value=each.value,
                            className="menu__link",
                            lang=each.value,
                        )
                        for each in Language
                    ],
                ],
                action="/sprak",
                method="post",
                className="language__list",
            ),
        ],
        className="language",
    )


def _menu(user: User) -> Component:
    links = [found for found in PAGES.values() if found.menu is not None and found.may_be_opened_by(user)]
    groups = groupby(links, lambda found: found.path.split("/")[1])
    return html.Nav(
        html.Details(
            [
                html.Summary(_("Meny"), className="menu__toggle"),
                html.Div([part for group, pages in groups for part in _group(group, pages)], id=Id.menu),
            ],
            className="menu__details",
        ),
        className="menu",
        **aria(label=_("Huvudmeny")),
    )


def _group(group: str, pages: Iterable[Page]) -> list[Component]:
    """The pages of one part of the site, under its name."""
    heading = [html.P(_(GROUPS[group]), className="menu__heading")] if group in GROUPS else []
    return [*heading, html.Ul([html.Li(_link(found)) for found in pages], className="menu__group")]


def _link(found: Page) -> Component:
    words = _(found.menu or "") if found.in_languages else found.menu
    return dcc.Link(words, href=found.path, className="menu__link", id=_link_id(found.path))


def _link_id(path: object) -> dict[str, object]:
    return {"component": "menu-link", "path": path}


def _footer() -> Component:
    support = surroundings().settings.support_address
    return html.Footer(
        [
            html.Span("Dimios Dash"),
            html.Span([_("Hjälp: "), html.A(support, href=f"mailto:{support}")]),
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
            if (link.pathname === path) { link.setAttribute("aria-current", "page"); }
            else { link.removeAttribute("aria-current"); }
        });
        return "";
    }
    """,
    Output(NOTICE, "children"),
    Input(Id.address, "pathname"),
    State(Id.menu, "id"),
)

# From one view of the results to the next the year and the unit come along.
clientside_callback(
    """
    function(path, search, links) {
        var here = new URLSearchParams(search || ""), kept = new URLSearchParams();
        ["ar", "enhet"].forEach(function(name) { if (here.has(name)) { kept.set(name, here.get(name)); } });
        var results = (path || "").startsWith("/resultat/") && kept.toString();
        return links.map(function(link) {
            return link.path + (results && link.path.startsWith("/resultat/") ? "?" + kept : "");
        });
    }
    """,
    Output(_link_id(ALL), "href"),
    Input(Id.address, "pathname"),
    Input(Id.address, "search"),
    State(_link_id(ALL), "id"),
)
