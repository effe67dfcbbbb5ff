"""Opens a ballot box: envelopes in, answers in memory out, in an order that means nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import SystemRandom

import numpy as np
from sqlalchemy.orm import Session

from db.queries import ballots
from db.queries.ballots import SealedBallot
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.crypto.sealing import Associated, BadEnvelope, Sheet, open_envelope
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.disclosure import Answers
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId, UnitId
from dimios_dash.tallying.tally import Written

REPORT_EVERY = 50  # ballots

Progress = Callable[[int, int], None]
"""Told how many ballots have been opened, and how many there are."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedBox:
    """What lay in a box. It is in memory and is never written anywhere."""

    tree: Tree
    answers: Answers
    written: Written  # texts, of the same writers in the same order as the answers
    skipped: int  # ballots that cannot be counted


@dataclass(frozen=True, slots=True)
class _Ballot:
    unit_id: UnitId
    channel: Channel
    sheet: Sheet


def open_box(
    session: Session,
    scope: SystemScope,
    keys: KeyStore,
    measurement_id: MeasurementId,
    instrument: Instrument,
    *,
    progress: Progress,
) -> OpenedBox:
    """All ballots that can be counted, shuffled, and how many cannot. Raises KeyMissing without the box's key."""
    box = keys.read(box_key(measurement_id))
    total = ballots.count(session, scope, measurement_id)
    sealed = _reported(ballots.sealed(session, scope, measurement_id), total, progress)
    tried = [_open(box, measurement_id, ballot, instrument) for ballot in sealed]
    opened = [ballot for ballot in tried if ballot is not None]
    SystemRandom().shuffle(opened)
    tree = ballots.frozen_tree(session, scope, measurement_id)
    written = [(ballot.unit_id, ballot.sheet.texts) for ballot in opened]
    return OpenedBox(tree, _answers(tree, instrument, opened), written, len(tried) - len(opened))


def _reported(sealed: Iterable[SealedBallot], total: int, progress: Progress) -> Iterable[SealedBallot]:
    """The same ballots, with word of how many have gone by at the start, now and then, and at the end."""
    progress(0, total)
    for done, ballot in enumerate(sealed, start=1):
        yield ballot
        if done % REPORT_EVERY == 0 or done == total:
            progress(done, total)


def _open(box: bytes, measurement_id: MeasurementId, ballot: SealedBallot, instrument: Instrument) -> _Ballot | None:
    """The answer sheet inside; None for an envelope that is bad or answers another set of questions."""
    try:
        sheet = open_envelope(box, Associated(measurement_id, ballot.unit_id, ballot.channel), ballot.envelope)
    except BadEnvelope:
        return None
    return _Ballot(ballot.unit_id, ballot.channel, sheet) if _fits(sheet, instrument) else None


def _fits(sheet: Sheet, instrument: Instrument) -> bool:
    """Whether every statement has an answer on the scale, or Vet ej, and there is no other."""
    on_scale = all(answer <= instrument.scale.highest for answer in sheet.answers.values())
    return on_scale and sheet.answers.keys() == set(instrument.statement_keys)


def _answers(tree: Tree, instrument: Instrument, opened: Sequence[_Ballot]) -> Answers:
    keys = instrument.statement_keys
    values = [[ballot.sheet.answers[key] for key in keys] for ballot in opened]
    return Answers(
        unit=np.array([tree.index(ballot.unit_id) for ballot in opened], dtype=np.int32),
        role=np.array([ballot.sheet.role_type for ballot in opened], dtype=np.int8),
        link=np.array([ballot.channel is Channel.LINK for ballot in opened], dtype=np.bool_),
        values=np.array(values, dtype=np.int8).reshape(len(opened), len(keys)),
    )
