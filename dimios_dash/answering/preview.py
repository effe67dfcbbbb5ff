"""/svara/prov: the form as respondents will see it, for a key user who looks at it first. Nothing is kept or sent.

It is a page for people with a session: whoever has none is asked to sign in, and others than key users are refused.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db.queries import measurements, respondents, unit_periods, units
from db.queries.forms import Asked
from db.queries.measurements import MeasurementSummary
from dimios_dash import access, instruments
from dimios_dash.answering import on_page, told
from dimios_dash.answering.drawing import LARGEST_FORM, Page, form_page, render, sent_fields, today
from dimios_dash.answering.filled import SWITCH, UNIT, Filled, read, unjudged, untouched
from dimios_dash.answering.told import Told
from dimios_dash.crypto.tokens import csrf_token
from dimios_dash.domain.calendar import MeasurementState, Period
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, UnitId
from dimios_dash.language import speak
from dimios_dash.public.page_language import asked_for, of_page
from dimios_dash.web import Context, context

_NO_UNITS: Final = "Det finns ingen enhet att visa formuläret för. Bygg organisationsträdet först."
_NO_UNIT: Final = "Enheten finns inte i organisationsträdet. Välj en enhet i listan."

blueprint = Blueprint("preview", __name__, template_folder="templates")


@blueprint.before_request
def speak_their_language() -> None:
    """As in the form itself."""
    speak(of_page())


@blueprint.get("/svara/prov")
def form() -> Page:
    """The form of a unit: the one in the address, or the first where somebody is invited."""
    asked, said, tree = _read()
    return _form(asked, said, tree, untouched(None), HTTPStatus.OK)


@blueprint.post("/svara/prov")
def submit() -> Page | Response:
    """What a respondent would see then, without JavaScript. The answer is looked at and forgotten."""
    request.max_content_length = LARGEST_FORM
    asked, said, tree = _read()
    fields = sent_fields()
    fields.pop("csrf", None)
    switches = fields.pop(SWITCH, None)
    filled = read(fields, instruments.load(asked.instrument_version))
    if switches:
        return _form(asked, said, tree, unjudged(filled), HTTPStatus.OK)
    if not filled.is_complete:
        return _form(asked, said, tree, filled, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(url_for("preview.thanks", enhet=asked.unit_id, sprak=asked_for()), 303)


@blueprint.get("/svara/prov/tack")
def thanks() -> Page:
    """The page that ends it."""
    asked, said, tree = _read()
    return render("thanks", HTTPStatus.OK, asked=asked, thanks=said.thanks(asked), preview=_banner(tree, asked))


def _read() -> tuple[Asked, Told, list[Unit]]:
    """Raises Forbidden for others than key users, NotFound for a unit that the user's tree does not have."""
    with context() as ctx:
        scope = access.measurement(ctx)
        tree = units.tree(ctx.session, scope)
        return _asked(ctx, scope, tree), told.read(ctx.session, scope), tree


def _asked(ctx: Context, scope: DeskScope, tree: list[Unit]) -> Asked:
    """As somebody who is invited to this year's measurement, or to the next one where there is none."""
    day = today()
    found = _this_year(ctx, scope, day)
    invited = {} if found is None else respondents.count_per_unit(ctx.session, scope, found.id)
    unit = _chosen(tree, invited)
    return Asked(
        organisation=ctx.user.organisation_name,
        measurement_id=MeasurementId(UUID(int=0)),
        year=day.year,
        state=MeasurementState.OPEN,
        period=_period(ctx, scope, found, _way_up(tree, unit), day),
        k=measurements.smallest_k(ctx.session, scope) if found is None else found.k,
        instrument_version=instruments.LATEST,
        box_public_key=None,
        unit_id=unit.unit_id,
        unit=unit.name,
        within=next((above.name for above in _way_up(tree, unit)[1:]), None),
        role_type=None,
        answered=False,
        removed=False,
        invited=sum(invited.values()),
        here=invited.get(unit.unit_id),
        channel=Channel.EMAIL if invited else Channel.LINK,
        language=None,
    )


def _this_year(ctx: Context, scope: DeskScope, day: date) -> MeasurementSummary | None:
    found = measurements.current(ctx.session, scope, day.year)
    return found if found is not None and found.year == day.year else None


def _chosen(tree: list[Unit], invited: Collection[UnitId]) -> Unit:
    if not tree:
        raise NotFound(_NO_UNITS)
    first = next((unit.unit_id for unit in tree if unit.unit_id in invited), tree[0].unit_id)
    wanted = request.args.get(UNIT) or first
    found = next((unit for unit in tree if unit.unit_id == wanted), None)
    if found is None:
        raise NotFound(_NO_UNIT)
    return found


def _way_up(tree: list[Unit], unit: Unit) -> list[Unit]:
    """The unit, the one above it, and so on."""
    by_id, way = {each.unit_id: each for each in tree}, [unit]
    while way[-1].parent_id in by_id:
        way.append(by_id[UnitId(str(way[-1].parent_id))])
    return way


def _period(ctx: Context, scope: DeskScope, found: MeasurementSummary | None, way: list[Unit], day: date) -> Period:
    """The unit's own days, else those of the measurement; until they are chosen, the rest of the year."""
    if found is None or found.period is None:
        return Period(day, date(day.year, 12, 31))
    own = {each.unit_id: each.period for each in unit_periods.read(ctx.session, scope, found.id)}
    return next((own[unit.unit_id] for unit in way if unit.unit_id in own), found.period)


def _form(asked: Asked, said: Told, tree: list[Unit], filled: Filled, status: int) -> Page:
    instrument = instruments.load(asked.instrument_version)
    more = {"closed": None, "moved": False, "script": on_page.to_try(instrument.scale), "preview": _banner(tree, asked)}
    return form_page(asked, said, filled, status, **more)


def _banner(tree: list[Unit], asked: Asked) -> dict[str, Any]:
    return {"units": tree, "chosen": asked.unit_id, "csrf": csrf_token(current_user.secret)}
