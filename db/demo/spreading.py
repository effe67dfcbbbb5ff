"""Ekhamn's open link: for a unit whose people have no e-mail, with a few answers through it."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from db.commands import link_ballots, open_links
from db.commands.ballots import Box, SealedAnswer
from db.demo.answering import made_up
from db.queries import open_links as queries
from dimios_dash import access, instruments
from dimios_dash.crypto.open_codes import open_code
from dimios_dash.crypto.sealing import Associated, Sheet, seal
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import OrganisationId, UnitId, new_id

UNIT: Final = UnitId("E0602")  # Lokalvård
EXPECTED, ANSWERED = 14, 5
_LEVEL: Final = 40.0
_SEED: Final = 20260103


def build(session: Session, organisation_id: OrganisationId, box: Box, link_secret: bytes, today: date) -> None:
    """Make the link in the open measurement of `box`, and answer through it as the form does."""
    desk = access.command_line(organisation_id)
    link_id = open_links.make(session, desk, box.measurement_id, link_secret, {UNIT: EXPECTED})
    [code_id] = queries.code_ids(session, desk, link_id)
    scope = access.open_link(session, open_code(link_secret, code_id))
    made = made_up(np.random.default_rng(_SEED), _LEVEL, np.zeros(ANSWERED, dtype=np.int64))
    sealed_to = Associated(box.measurement_id, UNIT, Channel.LINK)
    for role_type, values in zip(made.role_type.tolist(), made.values.tolist(), strict=True):
        answers: dict[str, int] = dict(zip(instruments.load().statement_keys, values, strict=True))
        envelope = seal(box.public_key, sealed_to, Sheet(role_type, answers, {}))
        link_ballots.submit(session, scope, SealedAnswer(UNIT, envelope, box), new_id(), today)
