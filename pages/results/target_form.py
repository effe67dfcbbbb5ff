"""Where the key user sets, changes and removes a target. What is chosen and what was done stand in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

import dash_bootstrap_components as dbc
from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import BaseModel, BeforeValidator, Field

from db.commands import targets as commands
from db.commands.targets import Chosen
from db.queries import targets as queries
from db.queries.targets import Owner, Target
from dimios_dash import access
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.wording import level_names
from dimios_dash.components.fields import labelled, select_field
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.components.view_choice import choose
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scoring import INDEX_KEY
from dimios_dash.domain.targets import FURTHEST, LONGEST_NAME, Wish
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.ids import AccountId, TargetId, UnitId
from dimios_dash.translations import _
from dimios_dash.web import Context, action

SOON = 2  # years ahead, where nobody has chosen


class Id(Ids, owner="targets"):
    goes_on: str
    value: str
    year: str
    account: str
    name: str
    seen: str
    save: str
    remove: str


class Seen(BaseModel):
    """What the form was drawn for: a level of a unit, and its target as it was then."""

    shown: Annotated[int, Field(strict=True, ge=1, le=9999)]  # the year of the results beside it
    unit_id: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]+$")]
    level: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]+$")]
    target: UUID | None
    version: Annotated[int, Field(strict=True, ge=0, lt=2**31)]

    @property
    def chosen(self) -> Chosen | None:
        """The target; None where there was none."""
        return None if self.target is None else Chosen(TargetId(self.target), self.version)

    @property
    def done(self) -> str:
        """The address that says what has been done."""
        return "?" + urlencode({"ar": self.shown, "enhet": self.unit_id, "andrat": self.level})


Typed = Annotated[float | None, Field(strict=True, allow_inf_nan=False)]
NOBODY = "ingen"  # the choice of no account
Account = Annotated[UUID | None, BeforeValidator(lambda sent: None if sent == NOBODY else sent)]


def form(ctx: Context, found: Basis, level: str | None) -> list[Component]:
    """For those who may; about one level at a time."""
    if not ctx.user.may(Permission.TARGETS_SET):
        return []
    names = level_names(found.instrument)
    chosen = level if level and level in names else INDEX_KEY
    owners = queries.possible_owners(ctx.session, access.targets(ctx))
    target, this_year = found.targets.get(chosen), today_in_stockholm(ctx.now).year
    fields = html.Div(
        [choose(_("Målet gäller"), "niva", tuple(names.items()), chosen), *_fields(target, owners, this_year)],
        className="fields",
    )
    seen = Seen(
        shown=found.year,
        unit_id=found.unit_id,
        level=chosen,
        target=target and target.id,
        version=target.version if target else 0,
    )
    return [
        html.Div(
            [
                dcc.Location(id=Id.goes_on, refresh="callback-nav"),
                dcc.Store(id=Id.seen, data=seen.model_dump(mode="json")),
                card(_("Sätt eller ändra mål"), html.P(_hint(target)), fields, _buttons(target)),
            ],
            className="section no-print",
        )
    ]


def _hint(target: Target | None) -> str:
    if target is None:
        return _("Välj vad målet gäller. Alla som får se resultatet ser målet och vem som ansvarar för det.")
    return _("Det finns redan ett mål här. Ändra det och spara, eller ta bort det.")


def _fields(target: Target | None, owners: Sequence[Owner], this_year: int) -> list[Component]:
    years = [(str(year), str(year)) for year in range(this_year, this_year + FURTHEST + 1)]
    by = max(target.year, this_year) if target else this_year + SOON
    accounts = [(NOBODY, _("Inget konto")), *((str(each.account_id), each.name) for each in owners)]
    account = target.owner_account if target else None
    name = target.owner if target and account is None else ""
    number = dbc.Input(id=Id.value, type="number", min=0, max=100, step=0.1, value=target and target.value)
    other = dbc.Input(id=Id.name, value=name, maxLength=LONGEST_NAME, autocomplete="off")
    return [
        labelled(Id.value, _("Mål, 0–100"), number),
        select_field(Id.year, _("Senast i mätningen år"), years, str(by)),
        select_field(Id.account, _("Ansvarig med konto"), accounts, str(account or NOBODY)),
        labelled(Id.name, _("Eller ansvarig utan konto"), other),
    ]


def _buttons(target: Target | None) -> Component:
    save = html.Button(_("Spara målet"), id=Id.save, type="button", className="button")
    remove = html.Button(
        _("Ta bort målet"), id=Id.remove, type="button", className="button button--secondary", hidden=target is None
    )
    return html.Div([save, remove], className="actions")


@action(
    Output(Id.goes_on, "search"),
    Input(Id.save, "n_clicks"),
    State(Id.value, "value"),
    State(Id.year, "value"),
    State(Id.account, "value"),
    State(Id.name, "value"),
    State(Id.seen, "data"),
    needs=Permission.TARGETS_SET,
    in_languages=True,
)
def save(  # noqa: PLR0917, the fields of the form
    ctx: Context, _clicks: int, value: Typed, year: str | None, account: Account, name: str | None, seen: Seen
) -> str:
    scope, today, wish = access.targets(ctx), today_in_stockholm(ctx.now), _wish(value, year, account, name)
    if seen.chosen is None:
        commands.add(ctx.session, scope, UnitId(seen.unit_id), seen.level, wish, today=today)
    else:
        commands.change(ctx.session, scope, seen.chosen, wish, today=today)
    return seen.done


@action(
    Output(Id.goes_on, "search", allow_duplicate=True),
    Input(Id.remove, "n_clicks"),
    State(Id.seen, "data"),
    needs=Permission.TARGETS_SET,
    in_languages=True,
)
def remove(ctx: Context, _clicks: int, seen: Seen) -> str:
    scope = access.targets(ctx)
    if seen.chosen is None:
        raise Invalid(_("Här finns inget mål att ta bort."))
    commands.remove(ctx.session, scope, seen.chosen)
    return seen.done


def _wish(value: float | None, year: str | None, account: UUID | None, name: str | None) -> Wish:
    if value is None:
        raise Invalid(_("Skriv målet som ett tal från 0 till 100."))
    if year is None or not year.isdecimal() or len(year) > len("2026"):
        raise Invalid(_("Välj det år då målet senast ska vara nått."))
    return Wish(value, int(year), name or "", None if account is None else AccountId(account))
