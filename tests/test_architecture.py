"""The promises of the house: nothing is read or changed without a scope, nothing is opened without a guard."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import get_args

import pytest
from flask import Flask

import db.commands
import db.queries
from dimios_dash import guard, web
from dimios_dash.domain.scopes import Scope

BEFORE_THERE_IS_A_SCOPE = {"db.queries.identity"}  # what access.py makes scopes from
DASHS_OWN = ("_pages_content.children", "_pages_dummy.children")  # draws pages through web.mount


def public_functions(package: ModuleType) -> Iterator[FunctionType]:
    """Every public function defined in a package's modules."""
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if found.name in BEFORE_THERE_IS_A_SCOPE:
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == found.name and not name.startswith("_"):
                yield function


@pytest.mark.parametrize(
    "function",
    [*public_functions(db.queries), *public_functions(db.commands)],
    ids=lambda function: f"{function.__module__}.{function.__name__}",
)
def test_every_query_and_command_asks_for_a_session_and_a_scope(function: FunctionType) -> None:
    parameters = list(inspect.signature(function, eval_str=True).parameters.values())

    assert parameters[0].name == "session"
    assert set(get_args(parameters[1].annotation) or [parameters[1].annotation]) <= set(get_args(Scope))


def test_every_server_callback_goes_through_action(site: Flask) -> None:
    from dash import get_app

    site.test_client().get("/assets/mark.svg").close()  # Dash gathers its callbacks at the first request
    callbacks = get_app().callback_map  # type: ignore[no-untyped-call]
    server_side = {output: found["callback"] for output, found in callbacks.items() if "callback" in found}

    unguarded = [
        output
        for output, callback in server_side.items()
        if not output.strip(".").startswith(DASHS_OWN) and not getattr(inspect.unwrap(callback), "guarded", False)
    ]

    assert len(server_side) > 1
    assert unguarded == []


def test_every_page_names_its_scope_and_its_permission(site: Flask) -> None:  # noqa: ARG001, the site loads the pages
    for_everybody = {found.path for found in web.PAGES.values() if found.needs is None}

    assert web.PAGES
    assert all(found.scope.__module__ == "dimios_dash.access" for found in web.PAGES.values())
    assert for_everybody == {"/"}


def test_every_address_of_the_server_is_closed_to_strangers_unless_it_is_named_here(site: Flask) -> None:
    stranger = site.test_client()
    opened = set()

    for rule in site.url_map.iter_rules():
        address = rule.rule.replace("<path:path>", "okand").replace("<", "").replace(">", "").replace("path:", "")
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = stranger.open(address, method=method)
            answer.close()
            let_in = answer.status_code not in {303, 401} or not (answer.location or "/logga-in").startswith(
                "/logga-in"
            )
            if let_in:
                opened.add(rule.endpoint)

    open_pages = {name for name in opened if not name.startswith(("_dash_assets", "/_dash-component-suites", "plotly"))}
    assert {name.partition(".")[0] for name in open_pages} <= {*guard.OPEN_BLUEPRINTS, "/_favicon"}
