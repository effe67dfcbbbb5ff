"""Opens the ballot box of a closed measurement, once, and publishes what the disclosure control lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom

import numpy as np
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.commands import releases
from db.engine import transaction
from db.queries import ballots
from db.queries.ballots import SealedBallot
from dimios_dash import access, instruments
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.crypto.sealing import Associated, BadEnvelope, Sheet, open_envelope
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.disclosure import Answers
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tallied import Tallied
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from dimios_dash.tallying.tally import tally

REPORT_EVERY = 50  # ballots

Progress = Callable[[int, int], None]
"""Told how many ballots have been opened, and how many there are."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OpenedBallot:
    """One answer sheet in memory; it is never written anywhere."""

    unit_id: UnitId
    channel: Channel
    sheet: Sheet


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
        opened, skipped = _open_box(session, scope, keys, measurement_id, instrument, progress=progress)
        tallied = _tally(session, scope, measurement_id, instrument, opened, k=closed.k, skipped=skipped)
        releases.store(session, scope, measurement_id, tallied, today)
    if skipped:
        log.warning("ballots_skipped", measurement_id=str(measurement_id), skipped=skipped)


def _open_box(
    session: Session,
    scope: SystemScope,
    keys: KeyStore,
    measurement_id: MeasurementId,
    instrument: Instrument,
    *,
    progress: Progress,
) -> tuple[list[OpenedBallot], int]:
    """All ballots that can be counted, shuffled, and how many cannot."""
    box = keys.read(box_key(measurement_id))
    total = ballots.count(session, scope, measurement_id)
    sealed = _reported(ballots.sealed(session, scope, measurement_id), total, progress)
    tried = [_open(box, measurement_id, ballot, instrument) for ballot in sealed]
    opened = [ballot for ballot in tried if ballot is not None]
    SystemRandom().shuffle(opened)
    return opened, len(tried) - len(opened)


def _reported(sealed: Iterable[SealedBallot], total: int, progress: Progress) -> Iterable[SealedBallot]:
    """The same ballots, with word of how many have gone by at the start, now and then, and at the end."""
    progress(0, total)
    for done, ballot in enumerate(sealed, start=1):
        yield ballot
        if done % REPORT_EVERY == 0 or done == total:
            progress(done, total)


def _open(
    box: bytes, measurement_id: MeasurementId, ballot: SealedBallot, instrument: Instrument
) -> OpenedBallot | None:
    """The answer sheet inside; None for an envelope that is bad or answers another set of questions."""
    try:
        sheet = open_envelope(box, Associated(measurement_id, ballot.unit_id, ballot.channel), ballot.envelope)
    except BadEnvelope:
        return None
    return OpenedBallot(ballot.unit_id, ballot.channel, sheet) if _fits(sheet, instrument) else None


def _fits(sheet: Sheet, instrument: Instrument) -> bool:
    """Whether every statement has an answer on the scale, or Vet ej, and there is no other."""
    on_scale = all(answer <= instrument.scale.highest for answer in sheet.answers.values())
    return on_scale and sheet.answers.keys() == set(instrument.statement_keys)


def _tally(
    session: Session,
    scope: SystemScope,
    measurement_id: MeasurementId,
    instrument: Instrument,
    opened: Sequence[OpenedBallot],
    *,
    k: int,
    skipped: int,
) -> Tallied:
    tree = ballots.frozen_tree(session, scope, measurement_id)
    return tally(
        instrument,
        tree,
        _answers(tree, instrument, opened),
        k,
        invited=ballots.invited(session, scope, measurement_id),
        skipped=skipped,
        written=[(ballot.unit_id, ballot.sheet.texts) for ballot in opened],
    )


def _answers(tree: Tree, instrument: Instrument, opened: Sequence[OpenedBallot]) -> Answers:
    keys = instrument.statement_keys
    values = [[ballot.sheet.answers[key] for key in keys] for ballot in opened]
    return Answers(
        unit=np.array([tree.index(ballot.unit_id) for ballot in opened], dtype=np.int32),
        role=np.array([ballot.sheet.role_type for ballot in opened], dtype=np.int8),
        link=np.array([ballot.channel is Channel.LINK for ballot in opened], dtype=np.bool_),
        values=np.array(values, dtype=np.int8).reshape(len(opened), len(keys)),
    )
