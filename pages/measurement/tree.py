"""/matning/trad?fil=&enhet= — the organisation tree: as it is today, to be changed in place or read from a file."""

from __future__ import annotations

from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component

from db.commands import tree as commands
from db.commands import uploads
from db.commands.uploads import KeptFile, UploadKind
from db.queries import measurements, units
from dimios_dash import access
from dimios_dash.components import findings
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, link_button, notice, page_head
from dimios_dash.components.upload_form import upload_form
from dimios_dash.demo_files import TREE_FILES
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_plan import TreePlan
from dimios_dash.elements import html
from dimios_dash.ids import UnitId
from dimios_dash.intake.tree_file import read_tree
from dimios_dash.web import Context, action, page
from pages.measurement import files, tree_editing  # noqa: F401, its callbacks register themselves
from pages.measurement.tree_preview import changes, faults, summary, with_reasons
from pages.measurement.tree_section import tree_section


class Id(Ids, owner="tree"):
    content: str
    upload: str
    confirm: str
    cancel: str


@page(
    "/matning/trad",
    title="Organisationsträd",
    needs=Permission.TREE_EDIT,
    scope=access.tree,
    menu="Organisationsträd",
)
def layout(ctx: Context, scope: DeskScope, fil: UUID | None = None, enhet: str | None = None) -> Component:
    above = [] if fil is None else _preview(ctx, scope, fil)
    return html.Div(_content(ctx, scope, above, None if enhet is None else UnitId(enhet)), id=Id.content)


@action(
    Output(Id.content, "children"),
    Input(Id.confirm, "n_clicks"),
    State(Id.upload, "data"),
    needs=Permission.TREE_EDIT,
)
def confirm(ctx: Context, _clicks: int, upload: UUID) -> list[Component]:
    scope = access.tree(ctx)
    file = uploads.read(ctx.session, scope, files.vault(ctx), UploadKind.TREE, upload)
    parsed = files.parsed(lambda: read_tree(file.content, file.filename))
    files.require_ok(parsed)
    seen_at = uploads.kept_at(ctx.session, scope, upload)
    plan = commands.import_tree(ctx.session, scope, parsed.rows, _year(ctx), seen_at)
    uploads.forget(ctx.session, scope, upload)
    return _content(ctx, scope, [_done(plan)])


@action(
    Output(Id.content, "children", allow_duplicate=True),
    Input(Id.cancel, "n_clicks"),
    State(Id.upload, "data"),
    needs=Permission.TREE_EDIT,
)
def cancel(ctx: Context, _clicks: int, upload: UUID) -> list[Component]:
    scope = access.tree(ctx)
    uploads.forget(ctx.session, scope, upload)
    return _content(ctx, scope, [notice(Tone.INFO, "Inläsningen är avbruten. Ingenting har ändrats.")])


def _content(ctx: Context, scope: DeskScope, above: list[Component], unit_id: UnitId | None = None) -> list[Component]:
    """The page with a preview, or what has just been done, above the present tree."""
    return [
        page_head(
            "Organisationsträd",
            "Enheterna som respondenterna hör till och som resultaten visas för. "
            "Ändra dem här, en i taget, eller läs in hela trädet från en fil.",
            f"Steg 1 · Respondenter · {_year(ctx)}",
        ),
        *above,
        *_under_way(ctx, scope),
        tree_section(ctx, scope, unit_id),
        _upload(scope),
    ]


def _preview(ctx: Context, scope: DeskScope, upload: UUID) -> list[Component]:
    file = files.kept(ctx, scope, UploadKind.TREE, upload)
    if file is None:
        return [files.gone()]
    return [files.frame(file, Id.upload, upload, _judged(ctx, scope, file, upload))]


def _judged(ctx: Context, scope: DeskScope, file: KeptFile, upload: UUID) -> list[Component]:
    """What the file would do, or why it cannot be read in."""
    parsed = files.parsed(lambda: read_tree(file.content, file.filename))
    if not parsed.ok:
        return [
            *faults(parsed.rows, len(parsed.faulty)),
            *findings.errors(parsed.errors),
            *([with_reasons(upload)] if parsed.rows else []),
            *findings.warnings(parsed.warnings),
            files.buttons(None, Id.cancel),
        ]
    plan = commands.plan_import(ctx.session, scope, parsed.rows, _year(ctx))
    if plan.obstacles:
        told = findings.errors(files.as_findings(plan.obstacles))
        return [*told, with_reasons(upload), files.buttons(None, Id.cancel)]
    late = commands.changed_since(ctx.session, scope, uploads.kept_at(ctx.session, scope, upload))
    yes = None if plan.nothing_to_do or late else Id.confirm
    return [
        *([notice(Tone.WARNING, "Trädet är inte längre som när du valde filen", late)] if late else []),
        *summary(plan),
        *findings.warnings(parsed.warnings),
        *changes(plan, units.every(ctx.session, scope)),
        files.buttons(yes, Id.cancel),
    ]


def _done(plan: TreePlan) -> Component:
    return html.Section(
        [
            notice(
                Tone.SUCCESS,
                "Organisationsträdet är inläst",
                "Läs nu in dem som ska svara, eller lotta ett urval ur en lista på personalen.",
            ),
            *summary(plan),
            html.Div(
                [
                    link_button("Läs in respondenter", "/matning/respondenter"),
                    link_button("Föreslå ett urval", "/matning/urval", primary=False),
                ],
                className="actions",
            ),
        ],
        className="section stack",
    )


def _upload(scope: DeskScope) -> Component:
    hint = (
        "En rad per enhet med kolumnerna enhet_id, overordnad_id och namn; gärna också verksamhet och anstallda. "
        "Filen är hela trädet: enheter som inte är med stängs."
    )
    if scope.branch is not None:
        hint = f"{hint} Du arbetar med {scope.branch} och dess underenheter: låt {scope.branch} stå överst i filen."
    return html.Section(
        [html.H2("Läs in från fil"), upload_form("/ladda-upp/trad", hint, "/mallar/organisationstrad.csv", TREE_FILES)],
        className="section",
    )


def _under_way(ctx: Context, scope: DeskScope) -> list[Component]:
    """What an open measurement means for the tree."""
    years = measurements.all_years(ctx.session, scope)
    year = next((found.year for found in years if found.state is MeasurementState.OPEN), None)
    if year is None:
        return []
    return [
        notice(
            Tone.INFO,
            f"Mätningen för {year} pågår på trädet som det var när den startade",
            "Det trädet ändras inte, och de som är inbjudna stannar i sina enheter där. Du kan ändra trädet här; det "
            "gäller från nästa mätning. Enheter där någon är inbjuden kan stängas eller slås ihop först när mätningen "
            "är stängd.",
        )
    ]


def _year(ctx: Context) -> int:
    return today_in_stockholm(ctx.now).year
