"""Counts the ballot box of a closed measurement, once, and publishes what the disclosure control lets through."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from sqlalchemy import Engine

from db.commands import incidents, releases
from db.engine import transaction
from db.queries import ballots
from dimios_dash import access, instruments
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.incident import Happened, IncidentKind
from dimios_dash.ids import MeasurementId, OrganisationId
from dimios_dash.tallying.opening import Progress, open_box
from dimios_dash.tallying.publishing import publish
from dimios_dash.tallying.tally import tally

log = structlog.get_logger()


def release_measurement(
    engine: Engine, keys: KeyStore, organisation_id: OrganisationId, measurement_id: MeasurementId, progress: Progress
) -> None:
    """Count and publish a closed measurement in one transaction; does nothing where that has been done.

    A ballot that cannot be counted is skipped, and how many they were is stored. Raises NotFound; Invalid where the
    measurement is not closed; KeyMissing without the box's key; Leak where the independent check objects.
    """
    scope, today = access.system(organisation_id), today_in_stockholm(datetime.now(UTC))
    with transaction(engine, organisation_id) as session:
        closed = releases.lock_closed(session, scope, measurement_id, today)
        if closed is None:
            return
        instrument = instruments.load(closed.instrument_version)
        box = open_box(session, scope, keys, measurement_id, instrument, progress=progress)
        invited = ballots.invited(session, scope, measurement_id)
        tallied = tally(
            instrument, box.tree, box.answers, closed.k, invited=invited, skipped=box.skipped, written=box.written
        )
        publish(session, scope, measurement_id, tallied, today)
        skipped = Happened(IncidentKind.SKIPPED_BALLOTS, measurement_id, measurement_id, {"ballots": box.skipped})
        if box.skipped:
            incidents.record(session, scope, skipped)
    if box.skipped:
        log.error("incident", kind=skipped.kind.value, reference=skipped.reference, ballots=box.skipped)
