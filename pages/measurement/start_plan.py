"""The end of /matning/start: the checklist, and the two steps that start."""

from __future__ import annotations

from dataclasses import dataclass

from dash.development.base_component import Component

from db.queries import sample as samples
from db.queries.sample import Sample
from dimios_dash.analyses.wording import listed
from dimios_dash.components.checklist import checklist, missing
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import Tone, card, notice
from dimios_dash.domain.calendar import Period, today_in_stockholm
from dimios_dash.domain.days import written
from dimios_dash.domain.sample.taking_part import plan
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.ids import MeasurementId, UnitId
from dimios_dash.web import Context
from pages.measurement import start_outlook
from pages.measurement.plan_text import invitations
from pages.measurement.start_checks import Intent, checks
from pages.measurement.start_days import Chosen, by_unit
from pages.measurement.start_standing import standing

_UNKNOWN_ROLE = 3  # place of those without a role type in samples.by_role


class Id(Ids, owner="start-plan"):
    go: str
    promised: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What is chosen on the page. `period` None: not both days are."""

    period: Period | None
    units: set[UnitId]
    own_days: Chosen
    k: int


def plan_card(ctx: Context, scope: DeskScope, draft: MeasurementId, chosen: Component) -> Component:
    """`chosen` is what `drawn` draws, again and again as choices are made."""
    return card(
        "Innan du startar",
        html.P("Gå igenom listan. Det som är markerat med ett utropstecken hindrar inte, men är värt en titt."),
        checklist(standing(ctx, scope, draft)),
        html.Div(id=start_outlook.Id.check),
        chosen,
    )


def drawn(ctx: Context, scope: DeskScope, draft: MeasurementId, sample: Sample, wish: Wish) -> list[Component]:
    """What these choices would mean, and the way to do it."""
    today = today_in_stockholm(ctx.now)
    found = plan(sample.tree, sample.by_unit, wish.units)
    roles = samples.by_role(ctx.session, scope, draft)
    without_role = sum(counts[_UNKNOWN_ROLE] for unit, counts in roles.items() if unit in found.units)
    own = {unit: days for unit, days in by_unit(wish.own_days).items() if unit in sample.names}
    intent = Intent(found, sample.names, without_role, wish.period, own, wish.k)
    items = checks(intent, today)
    lacking = missing(items)
    return [
        checklist(items),
        dcc.Store(id=Id.promised, data=found.invited),
        _not_yet(lacking) if lacking else _sure(intent, later=wish.period is not None and wish.period.opens > today),
    ]


def _not_yet(lacking: tuple[str, ...]) -> Component:
    first = listed([title.lower() for title in lacking])
    return html.Div(
        notice(Tone.ERROR, "Mätningen kan inte startas än", f"Ordna det som måste göras i listan: {first}."),
        className="section",
    )


def _sure(intent: Intent, *, later: bool) -> Component:
    """The first step says what will be done, the second does it."""
    number = invitations(intent.found.invited)
    when = f" den {written(intent.days.opens)}" if later and intent.days is not None else ""
    return html.Details(
        [
            html.Summary(f"Starta och skicka {number}{when} …", className="button"),
            html.P(
                "Det går inte att ta tillbaka. Enheterna, trädet och minsta antal svar ligger fast, och var och en får "
                "bara en inbjudan i år. Sista dagen kan flyttas fram, och respondenter kan läggas till."
            ),
            html.Div(
                html.Button(f"Ja, starta och skicka {number}{when}", id=Id.go, type="button", className="button"),
                className="actions",
            ),
        ],
        className="sure",
    )
