"""/matning/urval?fil=&andel=&minst=&svar=&antal=&sida= — whom to ask, proposed from a list of the staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Annotated
from uuid import UUID

from dash import ALL, Input, Output, State
from dash.development.base_component import Component
from pydantic import Field

from db.commands import measurements as drafts
from db.commands import respondents as commands
from db.commands import uploads
from db.commands.uploads import KeptFile, UploadKind
from db.queries import measurements, staff, units
from db.queries import sample as samples
from db.queries.measurements import MeasurementSummary
from dimios_dash import access
from dimios_dash.components import findings
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import empty, link_button, page_head
from dimios_dash.components.upload_form import upload_form
from dimios_dash.demo_files import STAFF_FILES
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.sample.likelihood import Likelihood
from dimios_dash.domain.sample.sample_proposal import LEAST_TO_SEE, TENTH, Member, Proposal, UnitProposal, propose
from dimios_dash.domain.sample.sample_visibility import visibility
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.findings import Parsed
from dimios_dash.intake.respondent_file import RespondentRow, read_respondents
from dimios_dash.web import Context, action, page
from pages.measurement import files, sample_proposal
from pages.measurement.sample_proposal import WISHES, number_id, wish_id
from pages.measurement.sample_wishes import MOST_BY_HAND, USUAL_RATE, Asked, read_numbers


class Id(Ids, owner="sample"):
    upload: str
    asked: str
    onward: str
    cancel: str


_FIELDS = (
    State(Id.asked, "data"),
    State(wish_id(ALL), "value"),
    State(number_id(ALL), "value"),
)
Numbers = list[int | None]


@page(
    "/matning/urval",
    title="Urval",
    needs=Permission.RESPONDENTS_EDIT,
    scope=access.respondents,
    menu="Urval",
)
def layout(
    ctx: Context,
    scope: DeskScope,
    *,
    fil: UUID | None = None,
    andel: Annotated[int, Field(ge=0, le=100)] = TENTH,
    minst: Annotated[int, Field(ge=0)] = LEAST_TO_SEE,
    svar: Annotated[int, Field(ge=1, le=100)] = USUAL_RATE,
    antal: str = "",
    sida: Annotated[int, Field(ge=1)] = 1,
) -> Component:
    head = page_head(
        "Föreslå ett urval",
        "Läs in en lista på personalen, så lottas ett urval som speglar enheter och respondenttyper. "
        "Den som har tillfrågats tidigare år väljs sist.",
        f"Steg 1 · Urval · {_year(ctx)}",
    )
    if not units.tree(ctx.session, scope):
        return html.Div([head, _no_units()])
    asked = None if fil is None else Asked(fil, andel, minst, svar, read_numbers(antal), sida)
    content = [_begin()] if asked is None else _proposal(ctx, scope, asked)
    return html.Div([head, *content, dcc.Location(id=Id.onward, refresh="callback-nav")])


@action(
    Output(Id.onward, "href"),
    Input(sample_proposal.Id.recount, "n_clicks"),
    *_FIELDS,
    needs=Permission.RESPONDENTS_EDIT,
)
def recount(ctx: Context, _clicks: int, asked: Asked, wishes: Numbers, numbers: Numbers) -> str:
    scope = access.respondents(ctx)
    return _as_typed(asked, _shown(ctx, scope, asked), wishes, numbers).address


@action(
    Output(Id.onward, "href", allow_duplicate=True),
    Input(sample_proposal.Id.confirm, "n_clicks"),
    *_FIELDS,
    needs=Permission.RESPONDENTS_EDIT,
)
def confirm(ctx: Context, _clicks: int, asked: Asked, wishes: Numbers, numbers: Numbers) -> str:
    scope = access.respondents(ctx)
    proposal = _proposed(ctx, scope, asked)
    if _as_typed(asked, _shown(ctx, scope, asked), wishes, numbers) != asked:
        raise Invalid("Du har ändrat något sedan urvalet räknades. Välj Räkna om, så ser du vilka det blir.")
    rows = _staff(ctx, scope, _file(ctx, scope, asked)).rows
    measurement_id = drafts.ensure_draft(ctx.session, scope, _year(ctx))
    chosen = [rows[place] for place in proposal.chosen]
    commands.import_respondents(ctx.session, scope, files.vault(ctx), measurement_id, chosen)
    uploads.forget(ctx.session, scope, asked.upload)
    return "/matning/respondenter"


@action(
    Output(Id.onward, "href", allow_duplicate=True),
    Input(Id.cancel, "n_clicks"),
    State(Id.upload, "data"),
    needs=Permission.RESPONDENTS_EDIT,
)
def cancel(ctx: Context, _clicks: int, upload: UUID) -> str:
    uploads.forget(ctx.session, access.respondents(ctx), upload)
    return "/matning/urval"


def _shown(ctx: Context, scope: DeskScope, asked: Asked) -> Sequence[UnitProposal]:
    """The units on the page of the proposal that is looked at, in its order."""
    return sample_proposal.on_page(_proposed(ctx, scope, asked), asked, _names(ctx, scope))


def _as_typed(asked: Asked, shown: Sequence[UnitProposal], wishes: Numbers, numbers: Numbers) -> Asked:
    """What is asked for now, by fields in their order. Raises Invalid for an emptied one and for another page's."""
    if len(wishes) != len(WISHES) or len(numbers) != len(shown):
        raise Invalid("Sidan visar inte längre det som gäller. Ladda om den.")
    percent, least, rate = wishes
    if percent is None or least is None or rate is None:
        raise Invalid("Fyll i både andelen och det minsta antalet.")
    typed = zip(shown, numbers, strict=True)
    changed = {unit.unit_id: number for unit, number in typed if number not in {None, unit.sample}}
    by_hand = {**asked.by_hand, **changed}
    if len(by_hand) > MOST_BY_HAND:
        raise Invalid(f"Högst {MOST_BY_HAND} enheter kan ändras för hand. Ändra andelen eller det minsta antalet.")
    return replace(asked, percent=percent, least=least, rate=rate, by_hand=by_hand)


def _proposal(ctx: Context, scope: DeskScope, asked: Asked) -> list[Component]:
    file = files.kept(ctx, scope, UploadKind.STAFF, asked.upload)
    if file is None:
        return [files.gone(), _begin()]
    return [files.frame(file, Id.upload, asked.upload, _judged(ctx, scope, asked, file))]


def _judged(ctx: Context, scope: DeskScope, asked: Asked, file: KeptFile) -> list[Component]:
    """The proposal, or why the list cannot be read."""
    parsed = _staff(ctx, scope, file)
    if not parsed.ok:
        return [
            *findings.errors(parsed.errors),
            *findings.warnings(parsed.warnings),
            sample_proposal.buttons(0, Id.cancel),
        ]
    people = _members(ctx, scope, parsed)
    proposal = propose(people, asked.wishes)
    return [
        *findings.warnings(parsed.warnings),
        *sample_proposal.draw(proposal, asked, _names(ctx, scope), _seen(ctx, scope, people, proposal, asked)),
        dcc.Store(id=Id.asked, data=asdict(asked) | {"upload": str(asked.upload)}),
        sample_proposal.buttons(len(proposal.chosen), Id.cancel),
    ]


def _seen(
    ctx: Context, scope: DeskScope, people: list[Member], proposal: Proposal, asked: Asked
) -> Mapping[UnitId, Likelihood]:
    this_year = _this_year(ctx, scope)
    k = measurements.smallest_k(ctx.session, scope) if this_year is None else this_year.k
    tree = samples.read(ctx.session, scope, None).tree
    return visibility(tree, people, proposal, k, asked.rate / 100)


def _proposed(ctx: Context, scope: DeskScope, asked: Asked) -> Proposal:
    """Raises NotFound for a file that is gone, Invalid for one with errors and for wishes that cannot be meant."""
    parsed = _staff(ctx, scope, _file(ctx, scope, asked))
    files.require_ok(parsed)
    return propose(_members(ctx, scope, parsed), asked.wishes)


def _members(ctx: Context, scope: DeskScope, parsed: Parsed[RespondentRow]) -> list[Member]:
    this_year, vault = _this_year(ctx, scope), files.vault(ctx)
    measurement_id = None if this_year is None else this_year.id
    return staff.members(ctx.session, scope, vault, parsed.rows, year=_year(ctx), measurement_id=measurement_id)


def _this_year(ctx: Context, scope: DeskScope) -> MeasurementSummary | None:
    year = _year(ctx)
    return next((found for found in measurements.all_years(ctx.session, scope) if found.year == year), None)


def _file(ctx: Context, scope: DeskScope, asked: Asked) -> KeptFile:
    return uploads.read(ctx.session, scope, files.vault(ctx), UploadKind.STAFF, asked.upload)


def _staff(ctx: Context, scope: DeskScope, file: KeptFile) -> Parsed[RespondentRow]:
    known = [unit.unit_id for unit in units.tree(ctx.session, scope)]
    return files.parsed(lambda: read_respondents(file.content, file.filename, known))


def _names(ctx: Context, scope: DeskScope) -> dict[UnitId, str]:
    """Every unit of the scope, in the tree's order."""
    return {unit.unit_id: unit.name for unit in units.tree(ctx.session, scope)}


def _begin() -> Component:
    hint = (
        "En rad per person som skulle kunna tillfrågas, med kolumnerna epost och enhet_id, gärna också "
        "respondenttyp (1, 2 eller 3). Listan används bara för att lotta och raderas inom ett dygn."
    )
    return html.Section(
        [html.H2("Läs in personal"), upload_form("/ladda-upp/personal", hint, "/mallar/personal.csv", STAFF_FILES)],
        className="section",
    )


def _no_units() -> Component:
    return empty(
        "Först behövs ett organisationsträd",
        "Urvalet dras per enhet. Läs in enheterna och kom sedan tillbaka hit.",
        link_button("Läs in organisationsträdet", "/matning/trad"),
    )


def _year(ctx: Context) -> int:
    return today_in_stockholm(ctx.now).year
