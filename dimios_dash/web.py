"""Pages and callbacks: one user, one transaction, one way to fail.

`@page` and `@action` do what every page and callback must do alike: read what the browser sent, refuse those who may
not, open a transaction, commit it or take it back. Both give the plain function back, so that a test can call it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import dash
from dash.development.base_component import Component
from flask import current_app, g
from flask_login import current_user
from pydantic import BaseModel, ConfigDict, ValidationError, create_model, validate_call
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from db.engine import transaction
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.permissions import Permission
from dimios_dash.elements import html, written
from dimios_dash.errors import Forbidden, Invalid, NotFound, NotSignedIn
from dimios_dash.language import DEFAULT_LANGUAGE, speaking, spoken
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.translations import N_, _
from dimios_dash.users import User

NOTICE = "notice"  # the shell's place for what an action could not do
NO_SUCH_PAGE = N_("Sidan finns inte. Kontrollera adressen eller gå till startsidan.")
_UNREADABLE = "Begäran gick inte att läsa. Ladda om sidan och försök igen."

Deed = TypeVar("Deed", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Context:
    """What a page or callback may use: a signed-in user, an open transaction, the time it is now."""

    user: User
    session: Session
    keys: KeyStore
    settings: Settings
    now: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One address. `scope` turns context and parameters into what `draw` may show, or refuses."""

    path: str
    title: str
    menu: str | None
    needs: Permission | None
    scope: Callable[..., Any]
    draw: Callable[..., Component]
    parameters: type[BaseModel]
    in_languages: bool  # written in all four; otherwise in Swedish, whoever looks

    def open(self, ctx: Context, query: Mapping[str, object]) -> tuple[Any, dict[str, Any]]:
        """Scope and typed parameters. Raises NotFound for nonsense in the address, Forbidden, NotFound."""
        if not self.may_be_opened_by(ctx.user):
            raise Forbidden("Du har inte behörighet till den här sidan. Be er kontoadministratör om hjälp.")
        try:
            read = self.parameters.model_validate(dict(query))
        except ValidationError:
            raise NotFound(NO_SUCH_PAGE) from None
        values = {name: getattr(read, name) for name in type(read).model_fields}
        scoped = {name: values[name] for name in inspect.signature(self.scope).parameters if name in values}
        return self.scope(ctx, **scoped), values

    def may_be_opened_by(self, user: User) -> bool:
        """Whether the menu shows it to this user."""
        return self.needs is None or user.may(self.needs)


PAGES: dict[str, Page] = {}


def page(
    path: str,
    *,
    title: str,
    needs: Permission | None,
    scope: Callable[..., Any],
    menu: str | None = None,
    in_languages: bool = False,
) -> Callable[[Deed], Deed]:
    """Register a layout `(ctx, scope, **parameters)`. The address's parameters are the layout's own, typed.

    Unknown parameters are dropped; repeated or malformed ones are a page that does not exist.
    `needs` None: for anybody who is signed in. `menu`: the name in the menu; None: not in it.
    `in_languages`: title, menu and content are translated; other pages speak Swedish to everybody.
    """

    def register(draw: Deed) -> Deed:
        PAGES[path] = Page(path, title, menu, needs, scope, draw, _parameters(draw), in_languages)
        return draw

    return register


def mount() -> None:
    """Tell Dash of every page, in the order of the site map."""
    for found in PAGES.values():
        dash.register_page(  # type: ignore[no-untyped-call]
            found.path, path=found.path, title=_title(found), layout=_layout(found)
        )


def action(
    *dependencies: Any,
    needs: Permission | None,
    on_load: bool = False,
    by_clock: bool = False,
    in_languages: bool = False,
) -> Callable[[Deed], Deed]:
    """A callback `(ctx, *values)`. Values are read by the deed's own annotations: what does not fit is refused.

    `needs` None: for anybody who is signed in. Invalid becomes a sentence in the shell's notice; other errors become
    HTTP answers. With `on_load` it also runs when its components appear. A redraw `by_clock` leaves the notice alone.
    Like a page it speaks Swedish unless it is written `in_languages`.
    """

    def register(deed: Deed) -> Deed:
        checked = validate_call(config=ConfigDict(arbitrary_types_allowed=True))(deed)

        def run(*values: object) -> object:
            if not dash.ctx.outputs_list:  # Dash would find out when the deed is done
                raise BadRequest(_UNREADABLE)
            g.reached = True
            if not on_load and not by_clock and values and values[0] is None and _only_drawn():
                return dash.no_update
            try:
                with _language_of(in_languages=in_languages), context() as ctx:
                    if needs is not None and not ctx.user.may(needs):
                        raise Forbidden("Du har inte behörighet till det här. Be er kontoadministratör om hjälp.")
                    done = checked(ctx, *values)
            except ValidationError:
                raise BadRequest(_UNREADABLE) from None
            except Invalid as problem:
                dash.set_props(NOTICE, {"children": str(problem)})
                return dash.no_update
            if not by_clock:
                dash.set_props(NOTICE, {"children": ""})
            return written(done)

        run.guarded = True  # type: ignore[attr-defined]  # what tests/test_architecture.py looks for
        dash.callback(*dependencies, prevent_initial_call=not on_load)(run)
        return deed

    return register


@contextmanager
def context() -> Iterator[Context]:
    """The signed-in user's context in a transaction of its own. Raises NotSignedIn."""
    if not current_user.is_authenticated:
        raise NotSignedIn("Du är inte inloggad, eller så har inloggningen gått ut. Logga in igen.")
    user = cast(User, current_user.user)
    here = surroundings()
    with transaction(here.engine, user.organisation_id) as session:
        yield Context(user, session, here.keys, here.settings, datetime.now(UTC))


def surroundings() -> Surroundings:
    """What this process was started with."""
    return cast(Surroundings, current_app.extensions["dimios"])


def _only_drawn() -> bool:
    """Whether Dash asks because a button has just been drawn by another callback: nobody has pressed it yet."""
    return all(found["value"] is None for found in dash.ctx.triggered)


def _layout(found: Page) -> Callable[..., object]:
    def layout(**query: object) -> object:
        g.reached = True
        with _language_of(in_languages=found.in_languages), context() as ctx:
            scope, values = found.open(ctx, query)
            drawn = found.draw(ctx, scope, **values)
            return written(drawn if spoken() is ctx.user.language else html.Div(drawn, lang=spoken().value))

    return layout


def _title(found: Page) -> Callable[..., str]:
    def title(**_query: object) -> str:
        with _language_of(in_languages=found.in_languages):
            return f"{_(found.title)} – Dimios Dash"

    return title


def _language_of(*, in_languages: bool) -> AbstractContextManager[None]:
    """The language of whoever looks, where the words exist in it."""
    return speaking(spoken() if in_languages else DEFAULT_LANGUAGE)


def _parameters(draw: Callable[..., Component]) -> type[BaseModel]:
    """The parameters of an address, after context and scope: name, type and default as the layout has them."""
    names = list(inspect.signature(draw, eval_str=True).parameters.values())[2:]
    fields: dict[str, Any] = {name.name: (name.annotation, name.default) for name in names}
    return create_model(f"Parameters{draw.__name__}", **fields)
