"""/matning/start — period, units that take part, and what a start will mean, before it is done."""

from __future__ import annotations

from datetime import date

from dash import Input, Output, State
from dash.development.base_component import Component

from db.commands import measurements as commands
from db.queries import measurements
from db.queries import sample as samples
from db.queries.measurements import MeasurementSummary
from db.queries.sample import Sample
from dimios_dash import access
from dimios_dash.components.date_field import Day
from dimios_dash.components.form_preview_link import form_preview_link
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import empty, link_button, page_head
from dimios_dash.components.unit_choice import chosen_units_id
from dimios_dash.components.visibility_outlook import Rows
from dimios_dash.domain.calendar import MeasurementState, Period, today_in_stockholm
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.sample.outlook import ResponseRate
from dimios_dash.domain.sample.taking_part import plan
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.web import Context, action, page
from pages.measurement import start_days, start_form, start_outlook, start_plan, start_strategy
from pages.measurement.start_days import Chosen
from pages.measurement.start_form import Id as Form
from pages.measurement.start_plan import Id as Plan

Units = list[list[UnitId]]  # of each list of boxes


class Id(Ids, owner="start"):
    plan: str
    onward: str


@page(
    "/matning/start",
    title="Starta mätning",
    needs=Permission.MEASUREMENT_RUN,
    scope=access.measurement,
    menu="Starta mätning",
)
def layout(ctx: Context, scope: DeskScope) -> Component:
    today = today_in_stockholm(ctx.now)
    latest = measurements.current(ctx.session, scope, today.year)
    this_year = latest if latest is not None and latest.year == today.year else None
    return html.Div(
        [
            page_head("Starta mätning", "Bestäm när mätningen pågår och vilka enheter som ingår.", str(today.year)),
            *_content(ctx, scope, this_year),
        ]
    )


@action(
    Output(Id.plan, "children"),
    Input(Form.opens, "value"),
    Input(Form.closes, "value"),
    Input(Form.k, "value"),
    Input(chosen_units_id(), "value"),
    Input(start_days.Id.chosen, "data"),
    needs=Permission.MEASUREMENT_RUN,
)
def show_plan(  # noqa: PLR0917, the fields of the form
    ctx: Context, opens: Day, closes: Day, k: int, chosen: Units, own: Chosen
) -> list[Component]:
    scope, today = access.measurement(ctx), today_in_stockholm(ctx.now)
    draft = measurements.of_year(ctx.session, scope, today.year).id
    sample = samples.read(ctx.session, scope, draft)
    wish = start_plan.Wish(_period(opens, closes), _flat(chosen), own, k)
    return start_plan.drawn(ctx, scope, draft, sample, wish)


@action(
    Output(start_outlook.Id.headline, "children"),
    Output(start_outlook.Id.details, "children"),
    Output(start_outlook.Id.check, "children"),
    Input(start_outlook.Id.rate, "value"),
    Input(start_outlook.Id.rows, "value"),
    Input(Form.k, "value"),
    Input(chosen_units_id(), "value"),
    needs=Permission.MEASUREMENT_RUN,
    on_load=True,
)
def rehearse(ctx: Context, rate: ResponseRate, rows: Rows, k: int, chosen: Units) -> start_outlook.Told:
    scope, year = access.measurement(ctx), today_in_stockholm(ctx.now).year
    return start_outlook.told(ctx, scope, year, _flat(chosen), k=k, rate=rate, rows=rows)


@action(
    Output(Id.onward, "href"),
    Input(Plan.go, "n_clicks"),
    State(Form.opens, "value"),
    State(Form.closes, "value"),
    State(Form.k, "value"),
    State(chosen_units_id(), "value"),
    State(start_days.Id.chosen, "data"),
    State(Plan.promised, "data"),
    needs=Permission.MEASUREMENT_RUN,
)
def begin(  # noqa: PLR0917, the fields of the form
    ctx: Context, _clicks: int, opens: Day, closes: Day, k: int, chosen: Units, own: Chosen, promised: int
) -> str:
    """`promised` is how many invitations the button named: others may have worked with the list meanwhile."""
    scope, today = access.measurement(ctx), today_in_stockholm(ctx.now)
    period = _period(opens, closes)
    if period is None:
        raise Invalid("Välj både första och sista dag för mätningen.")
    draft = measurements.of_year(ctx.session, scope, today.year)
    units = _taking_part(samples.read(ctx.session, scope, draft.id), _flat(chosen), promised)
    commands.start(
        *(ctx.session, scope, draft.id, period),
        k=k,
        units_taking_part=units,
        today=today,
        own_days=start_days.by_unit(own),
    )
    return "/matning/folj"


def _taking_part(sample: Sample, chosen: set[UnitId], promised: int) -> frozenset[UnitId]:
    """Raises Invalid where other numbers are invited than somebody said yes to."""
    if not sample.units:
        return frozenset()
    found = plan(sample.tree, sample.by_unit, chosen)
    if found.invited != promised:
        raise Invalid(
            f"Listan har ändrats sedan du öppnade sidan: {found.invited} skulle få en inbjudan, inte {promised}. "
            "Ingenting har startats. Ladda om sidan och titta igen."
        )
    return found.units


def _content(ctx: Context, scope: DeskScope, this_year: MeasurementSummary | None) -> list[Component]:
    if this_year is not None and this_year.state is not MeasurementState.DRAFT:
        return [_started(this_year)]
    sample = samples.read(ctx.session, scope, None if this_year is None else this_year.id)
    if not sample.units:
        return [_no_units()]
    if this_year is None or not sample.respondents:
        return [_no_respondents()]
    return _form(ctx, scope, this_year, sample)


def _form(ctx: Context, scope: DeskScope, this_year: MeasurementSummary, sample: Sample) -> list[Component]:
    draft, strategy = this_year.id, start_strategy.strategy_card(this_year.focus, this_year.year)
    period, k = start_form.proposed(today_in_stockholm(ctx.now)), measurements.smallest_k(ctx.session, scope)
    wish = start_plan.Wish(period, set(sample.by_unit), [], k)
    return [
        html.P(form_preview_link()),
        start_form.cards(sample, period, k, start_days.own_days_card(ctx, scope, period), strategy),
        html.Div(start_outlook.outlook_card(len(sample.units)), className="section"),
        start_plan.plan_card(
            ctx, scope, draft, html.Div(start_plan.drawn(ctx, scope, draft, sample, wish), id=Id.plan)
        ),
        dcc.Location(id=Id.onward, refresh="callback-nav"),
    ]


def _started(measurement: MeasurementSummary) -> Component:
    where = {
        MeasurementState.OPEN: ("pågår redan", "Följ svaren", "/matning/folj"),
        MeasurementState.CLOSED: ("är avslutad", "Publicera resultatet", "/matning/avsluta"),
        MeasurementState.RELEASED: ("är publicerad", "Se resultatet", f"/resultat/oversikt?ar={measurement.year}"),
        MeasurementState.DESTROYED: ("är förstörd", "Läs vad som har hänt", "/matning/avsluta"),
    }
    state, label, address = where[measurement.state]
    return empty(
        f"Mätningen för {measurement.year} {state}",
        "En organisation gör en mätning per kalenderår.",
        link_button(label, address),
    )


def _no_units() -> Component:
    return empty(
        "Först behövs ett organisationsträd",
        "Läs in era enheter från en fil. Sedan lägger du till respondenter och kommer tillbaka hit.",
        link_button("Bygg organisationsträdet", "/matning/trad"),
    )


def _no_respondents() -> Component:
    return empty(
        "Först behövs respondenter",
        "Enheterna finns, men ingen är ännu tillagd som respondent. Lägg till dem och kom tillbaka hit.",
        link_button("Lägg till respondenter", "/matning/respondenter"),
    )


def _period(opens: date | None, closes: date | None) -> Period | None:
    return None if opens is None or closes is None else Period(opens, closes)


def _flat(chosen: Units) -> set[UnitId]:
    return {unit for branch in chosen for unit in branch}
