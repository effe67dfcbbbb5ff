"""How long the server takes over the follow-up page of 20,000 respondents in 3,000 units, and over a look by the clock.

python -m benchmarks.follow
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from benchmarks import tree
from benchmarks.tree import TODAY, UNITS, measured
from db.demo import nights
from db.engine import Role, connect, transaction
from db.models import Invitation
from db.queries import measurements
from dimios_dash import access
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import MailState
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from dimios_dash.web import Context
from pages.measurement import follow

PEOPLE = 20_000
NIGHTS = timedelta(days=13)
BRANCH = "1"


def main() -> None:
    """Print milliseconds of each, and the size of what is drawn."""
    with TemporaryDirectory() as folder, tree.place(Path(folder)) as settings:
        organisation_id = tree.build(settings, UNITS, PEOPLE)
        answer(settings, organisation_id)
        web = connect(role_url(settings, key_store(settings), Role.WEB))
        print(f"{'ms':>7} {'kB':>6}   (the follow-up of {PEOPLE} respondents, {UNITS} units, median)")
        for name, deed in DEEDS.items():
            seconds, size = measured(settings, web, organisation_id, deed)
            print(f"{1000 * seconds:>7.0f} {size / 1000:>6.0f}   {name}")
        web.dispose()


def _whole(ctx: Context, scope: DeskScope) -> object:
    return follow.layout(ctx, scope)


def _branch(ctx: Context, scope: DeskScope) -> object:
    return follow.layout(ctx, scope, None, BRANCH)


def _changed(ctx: Context, _scope: DeskScope) -> object:
    return follow.redraw(ctx, 1, (TODAY.year, None), "otherwise before")


DEEDS = {"the page of the whole": _whole, "the page of a branch": _branch, "a look that finds more answers": _changed}


def answer(settings: Settings, organisation_id: OrganisationId) -> None:
    """All mails have been sent, two of three have answered, and there is a curve of nights."""
    owner = connect(str(settings.database_url))
    with transaction(owner, organisation_id) as session:
        measurement_id = measurements.of_year(session, access.command_line(organisation_id), TODAY.year).id
        session.execute(_invitations(measurement_id).values(mail=MailState.SENT))
        session.execute(_invitations(measurement_id).where(Invitation.role_type != 3).values(answered=True))
        _count_nights(session, organisation_id, measurement_id)
    owner.dispose()


def _invitations(measurement_id: MeasurementId) -> Update:
    return update(Invitation).where(Invitation.measurement_id == measurement_id)


def _count_nights(session: Session, organisation_id: OrganisationId, measurement_id: MeasurementId) -> None:
    answered = select(Invitation.unit_id).where(Invitation.measurement_id == measurement_id, Invitation.answered)
    units = [UnitId(unit) for unit in session.scalars(answered.order_by(Invitation.id))]
    nights.count(session, organisation_id, measurement_id, units, (TODAY, TODAY + NIGHTS))


if __name__ == "__main__":
    main()
