"""/matning/respondenter?fil=&enhet=&typ=&status=&sida= — who is asked: the list of them, and ways to add more."""

from __future__ import annotations

from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component

from db.commands import measurements as drafts
from db.commands import respondents as commands
from db.commands import uploads
from db.commands.uploads import UploadKind
from db.queries import respondents, units
from dimios_dash import access
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, empty, link_button, notice, page_head
from dimios_dash.components.respondent_view import PageNumber, RespondentView, RoleTypeChoice
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.respondents.respondent_filter import Progress
from dimios_dash.domain.respondents.respondent_plan import RespondentPlan
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import html
from dimios_dash.ids import UnitId
from dimios_dash.web import Context, action, page
from pages.measurement import files
from pages.measurement.respondent_adding import ways_to_add
from pages.measurement.respondent_fields import unit_list
from pages.measurement.respondent_import import importable, preview
from pages.measurement.respondent_list import listed
from pages.measurement.respondent_many import many
from pages.measurement.respondent_preview import summary
from pages.measurement.this_year import is_past, this_year, year


class Id(Ids, owner="respondents"):
    content: str
    upload: str
    confirm: str
    cancel: str


@page(
    "/matning/respondenter",
    title="Respondenter",
    needs=Permission.RESPONDENTS_EDIT,
    scope=access.respondents,
    menu="Respondenter",
)
def layout(  # noqa: PLR0917, the parameters of the address
    ctx: Context,
    scope: DeskScope,
    fil: UUID | None = None,
    enhet: str | None = None,
    typ: RoleTypeChoice | None = None,
    status: Progress = Progress.ALL,
    sida: PageNumber = 1,
) -> Component:
    view = RespondentView(enhet, typ, status, sida)
    units.require(ctx.session, scope, view.chosen.unit_id)
    above = [] if fil is None else preview(ctx, scope, fil, Id.upload, (Id.confirm, Id.cancel))
    return html.Div(_content(ctx, scope, above, view), id=Id.content)


@action(
    Output(Id.content, "children"),
    Input(Id.confirm, "n_clicks"),
    State(Id.upload, "data"),
    needs=Permission.RESPONDENTS_EDIT,
)
def confirm(ctx: Context, _clicks: int, upload: UUID) -> list[Component]:
    scope, vault = access.respondents(ctx), files.vault(ctx)
    file = uploads.read(ctx.session, scope, vault, UploadKind.RESPONDENTS, upload)
    rows = importable(ctx, scope, file)
    measurement_id = drafts.ensure_draft(ctx.session, scope, year(ctx))
    plan = commands.import_respondents(ctx.session, scope, vault, measurement_id, rows)
    uploads.forget(ctx.session, scope, upload)
    return _content(ctx, scope, [_done(ctx, scope, plan)])


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(Id.cancel, "n_clicks"),
    State(Id.upload, "data"),
    needs=Permission.RESPONDENTS_EDIT,
)
def cancel(ctx: Context, _clicks: int, upload: UUID) -> list[Component]:
    scope = access.respondents(ctx)
    uploads.forget(ctx.session, scope, upload)
    return _content(ctx, scope, [notice(Tone.INFO, "Inläsningen är avbruten. Ingenting har ändrats.")])


def _content(
    ctx: Context, scope: DeskScope, above: list[Component], view: RespondentView | None = None
) -> list[Component]:
    """The page with a preview, or what has just been done, above the list and the ways to add to it."""
    found, head = units.tree(ctx.session, scope), _head(ctx)
    if not found:
        return [head, *above, _no_units()]
    past = is_past(this_year(ctx, scope))
    counts = _counts(ctx, scope)
    return [
        head,
        *above,
        unit_list(found),
        *([_over()] if past else [ways_to_add(first=not counts)]),
        *listed(ctx, scope, view or RespondentView(), found, counts),
        *([] if past else [many(hidden=not counts)]),
        *([] if above or not counts else _onward(ctx, scope)),
    ]


def _head(ctx: Context) -> Component:
    return page_head(
        "Respondenter",
        "De som bjuds in med en personlig länk i ett mejl.",
        f"Steg 1 · Respondenter · {year(ctx)}",
    )


def _counts(ctx: Context, scope: DeskScope) -> dict[UnitId, int]:
    found = this_year(ctx, scope)
    return {} if found is None else respondents.count_per_unit(ctx.session, scope, found.id)


def _done(ctx: Context, scope: DeskScope, plan: RespondentPlan) -> Component:
    found = this_year(ctx, scope)
    is_open = found is not None and found.state is MeasurementState.OPEN
    what = "De nya bjuds in nu." if is_open else "Inga mejl har skickats. De skickas när mätningen startar."
    link = link_button("Följ svaren", "/matning/folj") if is_open else link_button("Starta mätningen", "/matning/start")
    return html.Section(
        [
            notice(Tone.SUCCESS, "Respondenterna är inlästa", what),
            *summary(plan),
            html.Div(link, className="actions"),
        ],
        className="section stack",
    )


def _onward(ctx: Context, scope: DeskScope) -> list[Component]:
    """Where those go who have a list and may start."""
    found = this_year(ctx, scope)
    is_draft = found is not None and found.state is MeasurementState.DRAFT
    if not is_draft or not ctx.user.may(Permission.MEASUREMENT_RUN):
        return []
    return [html.Div(link_button("Gå vidare till starten", "/matning/start"), className="actions section")]


def _over() -> Component:
    return notice(
        Tone.INFO,
        "Årets mätning är stängd",
        "Respondenterna kan inte ändras. Öppnar du mätningen igen kan fler bjudas in.",
    )


def _no_units() -> Component:
    return empty(
        "Först behövs ett organisationsträd",
        "Varje respondent hör till en enhet. Läs in enheterna och kom sedan tillbaka hit.",
        link_button("Läs in organisationsträdet", "/matning/trad"),
    )
