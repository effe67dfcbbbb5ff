"""Answers that the browser has sealed: what its script seals them for, and what it sends."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Final
from uuid import UUID

from werkzeug.datastructures import FileStorage, MultiDict

from db.commands.ballots import Box, SealedAnswer
from db.queries.forms import Asked
from dimios_dash.crypto.sealing import ENVELOPE_BYTES
from dimios_dash.ids import MeasurementId, UnitId

LARGEST_PARCEL: Final = 24 * 2**10  # bytes: an envelope, where it belongs, and what multipart puts around it


def sealed_to(asked: Asked) -> dict[str, str]:
    """What the browser seals for, and sends along. Raises ValueError for a measurement without a box."""
    if asked.box_public_key is None:
        raise ValueError("there is no box to seal for")
    return {
        "measurement": str(asked.measurement_id),
        "unit": asked.unit_id,
        "channel": asked.channel.value,
        "box": b64encode(asked.box_public_key).decode(),
    }


def read(fields: MultiDict[str, str], files: MultiDict[str, FileStorage]) -> SealedAnswer | None:
    """The envelope that was sent and what it was sealed for; None for anything that the script does not send.

    Whether it can be opened only the tally will know: here its size is all that can be checked.
    """
    try:
        box = Box(MeasurementId(UUID(fields["measurement"])), b64decode(fields["box"], validate=True))
        unit, envelope = fields["unit"], files["envelope"].read(ENVELOPE_BYTES + 1)
    except (KeyError, ValueError):
        return None
    if len(envelope) != ENVELOPE_BYTES or "\0" in unit:  # no database keeps NUL
        return None
    return SealedAnswer(UnitId(unit), envelope, box)
