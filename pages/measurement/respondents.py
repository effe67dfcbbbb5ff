"""/matning/respondenter?fil= — who is asked: reading them from a file, and who they are today."""

from __future__ import annotations

from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component

from db.commands import measurements as drafts
from db.commands import respondents as commands
from db.commands import uploads
from db.commands.uploads import KeptFile, UploadKind
from db.queries import measurements, units
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components import findings
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, empty, link_button, notice, page_head
from dimios_dash.components.upload_form import upload_form
from dimios_dash.demo_files import RESPONDENT_FILES
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.respondent_plan import RespondentPlan
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.intake.findings import Parsed
from dimios_dash.intake.respondent_file import RespondentRow, read_respondents
from dimios_dash.web import Context, action, page
from pages.measurement import files
from pages.measurement.respondent_lists import present
from pages.measurement.respondent_preview import changes, summary

_PAST = (MeasurementState.CLOSED, MeasurementState.RELEASED, MeasurementState.DESTROYED)


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
def layout(ctx: Context, scope: DeskScope, fil: UUID | None = None) -> Component:
    above = [] if fil is None else _preview(ctx, scope, fil)
    return html.Div(_content(ctx, scope, above), id=Id.content)


@action(
    Output(Id.content, "children"),
    Input(Id.confirm, "n_clicks"),
    State(Id.upload, "data"),
    needs=Permission.RESPONDENTS_EDIT,
)
def confirm(ctx: Context, _clicks: int, upload: UUID) -> list[Component]:
    scope, vault = access.respondents(ctx), files.vault(ctx)
    file = uploads.read(ctx.session, scope, vault, UploadKind.RESPONDENTS, upload)
    parsed = _parsed(ctx, scope, file)
    files.require_ok(parsed)
    measurement_id = drafts.ensure_draft(ctx.session, scope, _year(ctx))
    plan = commands.import_respondents(ctx.session, scope, vault, measurement_id, parsed.rows)
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


def _content(ctx: Context, scope: DeskScope, above: list[Component]) -> list[Component]:
    """The page with a preview, or what has just been done, above the upload and the present list."""
    found = units.tree(ctx.session, scope)
    this_year = _measurement(ctx, scope)
    return [
        page_head(
            "Respondenter",
            "De som får en personlig länk med e-post när mätningen startar. Läs in dem från en fil.",
            f"Steg 1 · Respondenter · {_year(ctx)}",
        ),
        *above,
        *([_upload(this_year)] if found else [_no_units()]),
        *(present(ctx.session, scope, files.vault(ctx), this_year, found) if found else []),
    ]


def _preview(ctx: Context, scope: DeskScope, upload: UUID) -> list[Component]:
    file = files.kept(ctx, scope, UploadKind.RESPONDENTS, upload)
    if file is None:
        return [files.gone()]
    return [files.frame(file, Id.upload, upload, _judged(ctx, scope, file))]


def _judged(ctx: Context, scope: DeskScope, file: KeptFile) -> list[Component]:
    """What the file would do, or why it cannot be read in."""
    parsed, this_year = _parsed(ctx, scope, file), _measurement(ctx, scope)
    if not parsed.ok:
        return [
            *findings.errors(parsed.errors),
            *findings.warnings(parsed.warnings),
            files.buttons(None, Id.cancel),
        ]
    measurement_id = None if this_year is None else this_year.id
    plan = commands.plan_import(ctx.session, scope, files.vault(ctx), measurement_id, parsed.rows, year=_year(ctx))
    if plan.obstacles:
        return [*findings.errors(files.as_findings(plan.obstacles)), files.buttons(None, Id.cancel)]
    names = {unit.unit_id: unit.name for unit in units.every(ctx.session, scope)}
    yes = None if plan.nothing_to_do or _is_past(this_year) else Id.confirm
    return [
        *summary(plan),
        *findings.warnings(parsed.warnings),
        *changes(plan, names),
        files.buttons(yes, Id.cancel),
    ]


def _parsed(ctx: Context, scope: DeskScope, file: KeptFile) -> Parsed[RespondentRow]:
    known = [unit.unit_id for unit in units.tree(ctx.session, scope)]
    return files.parsed(lambda: read_respondents(file.content, file.filename, known))


def _done(ctx: Context, scope: DeskScope, plan: RespondentPlan) -> Component:
    this_year = _measurement(ctx, scope)
    is_open = this_year is not None and this_year.state is MeasurementState.OPEN
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


def _upload(this_year: MeasurementSummary | None) -> Component:
    if _is_past(this_year):
        return notice(
            Tone.INFO,
            "Årets mätning är stängd",
            "Respondenterna kan inte ändras. Öppnar du mätningen igen kan fler bjudas in.",
        )
    hint = (
        "En rad per person med kolumnerna epost och enhet_id, gärna också respondenttyp (1, 2 eller 3). "
        "Den som redan finns bjuds inte in två gånger, och den som inte är med i filen är kvar."
    )
    return html.Section(
        [
            html.H2("Läs in från fil"),
            upload_form("/ladda-upp/respondenter", hint, "/mallar/respondenter.csv", RESPONDENT_FILES),
            _advice(),
        ],
        className="section",
    )


def _advice() -> Component:
    return html.Details(
        [
            html.Summary("Råd om urvalet"),
            html.P(
                "Bjud in ungefär var tionde i varje enhet, dock minst nio i en enhet ni vill kunna se för sig. "
                "Välj slumpvis bland dem som har med digital styrning att göra, till exempel verksamhetsutvecklare, "
                "strateger, it-samordnare, chefer och systemägare."
            ),
            html.P(
                "Blanda de tre respondenttyperna: 1 utformar styrningen (högre chefer, ledning, förtroendevalda), "
                "2 styr (mellanchefer) och 3 verkar inom den (projekt- och förändringsledare)."
            ),
        ],
        className="disclosure",
    )


def _no_units() -> Component:
    return empty(
        "Först behövs ett organisationsträd",
        "Varje respondent hör till en enhet. Läs in enheterna och kom sedan tillbaka hit.",
        link_button("Läs in organisationsträdet", "/matning/trad"),
    )


def _measurement(ctx: Context, scope: DeskScope) -> MeasurementSummary | None:
    years = measurements.all_years(ctx.session, scope)
    return next((found for found in years if found.year == _year(ctx)), None)


def _is_past(this_year: MeasurementSummary | None) -> bool:
    return this_year is not None and this_year.state in _PAST


def _year(ctx: Context) -> int:
    return today_in_stockholm(ctx.now).year
