"""Ekhamn's measurement of this year: open, most invitations sent, part of the answers in, some mails still to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.commands import ballots, boxes, measurements, respondents
from db.commands.ballots import Box, SealedAnswer
from db.demo import files, nights, spreading
from db.demo.answering import made_up
from db.models import Invitation, Outbox
from dimios_dash import access, instruments
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.crypto.link_secrets import ensure_link_secret
from dimios_dash.crypto.sealing import Associated, Sheet, new_box, seal
from dimios_dash.crypto.tokens import invitation_token, token_hash
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.work import MailState, OutboxState
from dimios_dash.ids import InvitationId, MeasurementId, OrganisationId, UnitId

K: Final = 3
WAITING: Final = 14  # the worker mails these as soon as it runs, so that there are links to follow
ANSWERED: Final = 130
_LEVEL: Final = 48.0  # about two points a year above those before
_SEED: Final = 20260102


@dataclass(frozen=True, slots=True)
class _Open:
    """The measurement and what answers need: its box's public key, and the secret its links are made from."""

    organisation_id: OrganisationId
    id: MeasurementId
    box: bytes
    link_secret: bytes


@dataclass(frozen=True, slots=True)
class _Sent:
    """An invitation that counts as sent, with the token of its link."""

    id: InvitationId
    unit_id: UnitId
    role_type: int
    token: str


def build(session: Session, keys: KeyStore, organisation_id: OrganisationId, today: date) -> None:
    """Start the measurement of the year of `today` as a key user does, with answers up to `today`.

    The organisation has its units already.
    """
    chance = np.random.default_rng(_SEED)
    measurement_id = _start(session, keys, organisation_id, today)
    measurement = _open_box(session, keys, organisation_id, measurement_id)
    sent = _send_most(session, chance, measurement)
    answering = sent[:ANSWERED]
    _answer_some(session, chance, measurement, answering, today)
    box = Box(measurement_id, measurement.box)
    spreading.build(session, organisation_id, box, measurement.link_secret, today)
    units, behind = [found.unit_id for found in answering], (period(today).opens + timedelta(days=1), today)
    nights.count(session, organisation_id, measurement_id, units, behind)


def period(today: date) -> Period:
    """Two weeks back and three ahead, as far as the year of `today` goes."""
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    return Period(max(first, today - timedelta(weeks=2)), min(last, today + timedelta(weeks=3)))


def _start(session: Session, keys: KeyStore, organisation_id: OrganisationId, today: date) -> MeasurementId:
    desk, vault = access.command_line(organisation_id), AddressVault.open(keys, organisation_id)
    units = [row.unit_id for row in files.ekhamns_tree()]
    measurement_id = measurements.ensure_draft(session, desk, today.year)
    respondents.import_respondents(session, desk, vault, measurement_id, files.ekhamns_respondents(units))
    measurements.start(session, desk, measurement_id, period(today), k=K, units_taking_part=units, today=today)
    return measurement_id


def _open_box(
    session: Session, keys: KeyStore, organisation_id: OrganisationId, measurement_id: MeasurementId
) -> _Open:
    """Make the box now: the worker would come too late for the answers."""
    link_secret = ensure_link_secret(keys, measurement_id)
    private, public = new_box()
    keys.write_once(box_key(measurement_id), private)
    boxes.store_public_key(session, access.system(), measurement_id, public)
    return _Open(organisation_id, measurement_id, public, link_secret)


def _send_most(session: Session, chance: np.random.Generator, measurement: _Open) -> list[_Sent]:
    """Make all mails but WAITING look sent, as the worker leaves them; gives them in an order that means nothing."""
    rows = session.execute(
        select(Invitation.id, Invitation.unit_id, Invitation.role_type)
        .where(Invitation.organisation_id == measurement.organisation_id, Invitation.measurement_id == measurement.id)
        .order_by(Invitation.address_index)
    ).all()
    chosen = [rows[place] for place in chance.permutation(len(rows))[WAITING:].tolist()]
    sent = [_Sent(row.id, row.unit_id, row.role_type, _token(measurement, row.id)) for row in chosen]
    _mark_sent(session, measurement, sent)
    return sent


def _token(measurement: _Open, invitation_id: InvitationId) -> str:
    return invitation_token(measurement.link_secret, measurement.organisation_id, invitation_id)


def _mark_sent(session: Session, measurement: _Open, sent: Sequence[_Sent]) -> None:
    owner = {"organisation_id": measurement.organisation_id}
    links = [{"id": found.id, "token_hash": token_hash(found.token), "mail": MailState.SENT} for found in sent]
    session.execute(update(Invitation), [owner | link for link in links])
    session.execute(
        update(Outbox)
        .where(
            Outbox.organisation_id == measurement.organisation_id,
            Outbox.invitation_id.in_([found.id for found in sent]),
        )
        .values(state=OutboxState.SENT, attempts=1)
    )


def _answer_some(
    session: Session, chance: np.random.Generator, measurement: _Open, answering: Sequence[_Sent], today: date
) -> None:
    """Put sealed answers into the box through the links, as the form does."""
    places = {unit_id: place for place, unit_id in enumerate(sorted({found.unit_id for found in answering}))}
    made = made_up(chance, _LEVEL, np.array([places[found.unit_id] for found in answering]))
    for invitation, values in zip(answering, made.values.tolist(), strict=True):
        answer = SealedAnswer(invitation.unit_id, _sealed(measurement, invitation, values))
        ballots.submit(session, access.form(invitation.token), answer, today)


def _sealed(measurement: _Open, invitation: _Sent, values: Sequence[int]) -> bytes:
    answers: dict[str, int] = dict(zip(instruments.load().statement_keys, values, strict=True))
    associated = Associated(measurement.id, invitation.unit_id, Channel.EMAIL)
    return seal(measurement.box, associated, Sheet(invitation.role_type, answers, {}))
