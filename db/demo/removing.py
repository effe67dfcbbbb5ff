"""Takes an earlier demo away: its rows, its accounts and its keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.demo import accounts
from db.models import Benchmark, Measurement, Organisation, ToldPool
from dimios_dash.crypto.key_names import addresses_key, box_key, links_key
from dimios_dash.crypto.keystore import KeyMissing, KeyStore
from dimios_dash.ids import PLATFORM, MeasurementId, OrganisationId


def remove(session: Session, keys: KeyStore, organisations: Sequence[OrganisationId]) -> None:
    """Delete the organisations with everything that is theirs, and the demo's accounts.

    The keys go first: where the transaction fails, the next start finds the rows again and tries anew.
    """
    for name in _keys(session, organisations):
        with suppress(KeyMissing):
            keys.destroy(name)
    accounts.delete(session, keys)
    session.execute(delete(Organisation).where(Organisation.id.in_(organisations)))
    for memory in (Benchmark, ToldPool):  # of the platform: what the demo's organisations have told each other
        session.execute(delete(memory).where(memory.organisation_id == PLATFORM))


def _keys(session: Session, organisations: Sequence[OrganisationId]) -> Iterator[str]:
    yield from map(addresses_key, organisations)
    measurements = session.scalars(select(Measurement.id).where(Measurement.organisation_id.in_(organisations)))
    for measurement_id in map(MeasurementId, measurements):
        yield links_key(measurement_id)
        yield box_key(measurement_id)
