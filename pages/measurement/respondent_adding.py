"""Three ways to add respondents: one by hand, a list that is pasted, a file."""

from __future__ import annotations

from typing import Final

import dash_bootstrap_components as dbc
from dash import Input, Output, State
from dash.development.base_component import Component
from flask_login import current_user

from db.commands import measurements as drafts
from db.commands import respondents as commands
from db.queries import respondents
from dimios_dash import access
from dimios_dash.components.fields import labelled
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, notice
from dimios_dash.components.upload_form import upload_form
from dimios_dash.crypto.tokens import csrf_token
from dimios_dash.demo_files import RESPONDENT_FILES
from dimios_dash.domain.addresses import bare_address, normalise_address
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.respondents.respondent_filter import Progress
from dimios_dash.domain.respondents.respondent_plan import RespondentDeed
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.intake.pasted_list import PASTED, PASTED_UNIT
from dimios_dash.intake.respondent_file import RespondentRow
from dimios_dash.language import Language
from dimios_dash.web import Context, action
from pages.measurement import files, respondent_list
from pages.measurement.respondent_fields import (
    RoleTypeText,
    UnitText,
    language_field,
    role_type_field,
    role_type_said,
    unit_field,
    unit_named,
)
from pages.measurement.respondent_list import SEEN, TypedPage
from pages.measurement.this_year import year

_SAID: Final = {
    RespondentDeed.NEW: (Tone.SUCCESS, "{who} är tillagd"),
    RespondentDeed.INVITED: (Tone.INFO, "{who} har redan bjudits in i år, till mätningen som avbröts"),
    RespondentDeed.RETURNING: (Tone.SUCCESS, "{who} var borttagen och är med igen"),
    RespondentDeed.CHANGED: (Tone.SUCCESS, "{who} fanns redan och har fått de nya uppgifterna"),
    RespondentDeed.ANSWERED: (Tone.INFO, "{who} har redan svarat, så ingenting har ändrats"),
    RespondentDeed.UNCHANGED: (Tone.INFO, "{who} finns redan, så ingenting har ändrats"),
}


class Id(Ids, owner="respondent-adding"):
    address: str
    unit: str
    role_type: str
    language: str
    add: str
    told: str
    pasted: str
    pasted_unit: str


@action(
    Output(Id.told, "children"),
    Output(Id.address, "value"),
    Output(respondent_list.Id.heading, "children"),
    Output(respondent_list.Id.rows, "children", allow_duplicate=True),
    Input(Id.add, "n_clicks"),
    State(Id.address, "value"),
    State(Id.unit, "value"),
    State(Id.role_type, "value"),
    State(Id.language, "value"),
    *SEEN,
    needs=Permission.RESPONDENTS_EDIT,
)
def add(  # noqa: PLR0917, one argument for each field
    ctx: Context,
    _clicks: int,
    address: str | None,
    unit: UnitText,
    role_type: RoleTypeText,
    language: Language,
    text: str | None,
    shown_unit: UnitText,
    shown_type: RoleTypeText,
    progress: Progress,
    page: TypedPage,
) -> tuple[Component, str, str, list[Component]]:
    scope, vault = access.respondents(ctx), files.vault(ctx)
    who = _address(address)
    row = RespondentRow(1, who, unit_named(ctx, scope, unit), role_type_said(role_type), language)
    measurement_id = drafts.ensure_draft(ctx.session, scope, year(ctx))
    plan = commands.import_respondents(ctx.session, scope, vault, measurement_id, [row])
    tone, said = _SAID[plan.outcomes[0].deed]
    asked = respondent_list.asked(ctx, scope, text, shown_unit, shown_type, progress).of_page(page or 1)
    found = respondent_list.read(ctx, scope, measurement_id, asked)
    heading = respondent_list.heading(respondents.count_per_unit(ctx.session, scope, measurement_id))
    return notice(tone, said.format(who=who)), "", heading, respondent_list.rows(ctx, scope, found)


def ways_to_add(*, first: bool) -> Component:
    """Folded away beside the list; the file lies open where nobody has been added yet."""
    return html.Section(
        [
            html.H2("Lägg till respondenter"),
            html.Div(
                [
                    _way("Läs in från fil", _file(), unfolded=first),
                    _way("Klistra in en lista", _paste()),
                    _way("Lägg till en person", _by_hand()),
                    _advice(),
                ],
                className="ways",
            ),
        ],
        className="section",
    )


def _way(title: str, content: Component, *, unfolded: bool = False) -> Component:
    return html.Details([html.Summary(title), content], className="disclosure", open=unfolded)


def _file() -> Component:
    hint = (
        "En rad per person med kolumnerna epost och enhet_id (enhetens id eller namn), gärna också respondenttyp "
        "(1, 2 eller 3) och sprak (sv, en, nb eller fi). Den som redan finns bjuds inte in två gånger, och den som "
        "inte är med i filen är kvar."
    )
    return upload_form("/ladda-upp/respondenter", hint, "/mallar/respondenter.csv", RESPONDENT_FILES)


def _paste() -> Component:
    hint = (
        "En person per rad: adress, enhet, respondenttyp och språk, som de står i Excel eller med semikolon mellan. "
        "Bara adressen måste vara med, om du väljer en enhet nedanför."
    )
    return html.Form(
        [
            dcc.Input(type="hidden", name="csrf", value=csrf_token(current_user.secret)),
            labelled(Id.pasted, "Lista", dbc.Textarea(id=Id.pasted, name=PASTED, rows=6, required=True), hint),
            unit_field(Id.pasted_unit, "Enhet för rader som saknar enhet", name=PASTED_UNIT),
            html.Button("Granska listan", type="submit", className="button"),
        ],
        action="/ladda-upp/respondenter/inklistat",
        method="post",
        className="upload",
    )


def _by_hand() -> Component:
    address = dbc.Input(id=Id.address, type="text", inputmode="email", autocomplete="off")
    return html.Div(
        [
            labelled(Id.address, "E-postadress", address),
            unit_field(Id.unit, "Enhet"),
            role_type_field(Id.role_type),
            language_field(Id.language),
            html.Button("Lägg till personen", id=Id.add, type="button", className="button"),
            html.Div(id=Id.told, role="status"),
        ],
        className="upload",
    )


def _address(text: str | None) -> str:
    """As it is written. Raises Invalid for none."""
    if not text or not text.strip():
        raise Invalid("Skriv personens e-postadress först.")
    normalise_address(text)
    return bare_address(text)


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
                [
                    "Har du en lista på personalen kan urvalet lottas åt dig: ",
                    dcc.Link("Föreslå ett urval", href="/matning/urval"),
                ]
            ),
            html.P(
                "Blanda de tre respondenttyperna: 1 utformar styrningen (högre chefer, ledning, förtroendevalda), "
                "2 styr (mellanchefer) och 3 verkar inom den (projekt- och förändringsledare)."
            ),
            html.P(
                "Du som sköter mätningen kan också vara med: lägg till din egen adress. Formuläret är detsamma, "
                "inloggad eller inte, och vad du svarar sparas aldrig tillsammans med ditt konto."
            ),
        ],
        className="disclosure",
    )
