"""What becomes of ballot boxes: remixed every night, destroyed when their quarantine is over."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from sqlalchemy import Engine

from db.commands import ballot_box, unreleased
from db.engine import transaction
from dimios_dash import access
from dimios_dash.crypto.key_names import box_key
from dimios_dash.crypto.keystore import KeyMissing, KeyStore


def remix(engine: Engine, night: date) -> int:
    """Shake all boxes and count what lies in them, for the curve over days; how many ballots there are."""
    with transaction(engine, None) as session:
        ballots = ballot_box.remix(session, access.system())
        ballot_box.count_answers(session, access.system(), night)
    return ballots


def give_up_unreleased(engine: Engine, today: date) -> int:
    """End every measurement that was closed 60 days ago and warned of three times; how many.

    From then on nobody can release or reopen it, and `destroy_due` finds its box.
    """
    with transaction(engine, None) as session:
        closed = unreleased.closed(session, access.system())
        return sum(unreleased.give_up(session, access.system(), each) for each in closed if each.days.is_over(today))


def destroy_due(engine: Engine, keys: KeyStore, today: date) -> int:
    """Destroy keys and envelopes of every box whose time is over; how many boxes.

    The key goes first: killed in between, what is left cannot be opened by anybody, and the next night finishes it.
    """
    with transaction(engine, None) as session:
        boxes = ballot_box.due_for_destruction(session, access.system(), today)
    for box in boxes:
        with suppress(KeyMissing):  # destroyed the night before, which then was cut off
            keys.destroy(box_key(box.measurement_id))
        with transaction(engine, None) as session:
            ballot_box.destroy(session, access.system(), box, today)
    return len(boxes)
