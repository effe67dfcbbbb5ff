"""A release counted anew after a fault in the program: from the same ballots, while they are still there.

Whoever has seen both releases may subtract. So the new one replaces the old one only where both together single nobody
out; otherwise the old one stays. Pictures of unchanged pieces are kept, and so are all texts: placed a second time,
they would tell who wrote them in the difference.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine

from db.commands import audit, recalculated, releases
from db.engine import transaction
from db.queries import ballots, stored_releases
from dimios_dash import access, instruments
from dimios_dash.crypto.keystore import KeyMissing, KeyStore
from dimios_dash.domain.gate.counting import count
from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.gate.together import leaks_together
from dimios_dash.domain.instrument import HIGHEST
from dimios_dash.domain.tallied import Tallied
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, OrganisationId
from dimios_dash.tallying.opening import OpenedBox, open_box
from dimios_dash.tallying.publishing import publish_anew
from dimios_dash.tallying.tally import tally

_UNCHANGED = "Ingenting har ändrats: resultatet som är publicerat gäller."


def recalculate(
    engine: Engine, keys: KeyStore, organisation_id: OrganisationId, measurement_id: MeasurementId, today: date
) -> int:
    """Replace a release in one transaction; how many of its means are others than before.

    Raises Invalid, and changes nothing, where the measurement is not released, its ballots are gone, or the two
    releases together would single somebody out; Leak where the independent check objects to the new one.
    """
    scope = access.system(organisation_id)
    with transaction(engine, organisation_id) as session:
        held = recalculated.lock_in_quarantine(session, scope, measurement_id, today)
        instrument = instruments.load(held.instrument_version)
        before = stored_releases.of_measurement(session, scope, measurement_id).release
        try:
            box = open_box(session, scope, keys, measurement_id, instrument, progress=lambda _done, _total: None)
        except KeyMissing:
            raise Invalid(f"Nyckeln till svaren från {held.year} finns inte kvar. {_UNCHANGED}") from None
        invited = ballots.invited(session, scope, measurement_id)
        made = tally(instrument, box.tree, box.answers, held.k, invited=invited, skipped=box.skipped, earlier=before)
        _require_safe_together(box, before, made, held)
        publish_anew(session, scope, measurement_id, made)
        changed = _changed(before, made.release)
        details = {"measurement": str(measurement_id), "year": held.year, "means_changed": changed}
        audit.record(session, access.command_line(organisation_id), "release_recalculated", details)
    return changed


def _require_safe_together(box: OpenedBox, before: Release, made: Tallied, held: releases.ClosedMeasurement) -> None:
    """Raises Invalid unless both releases may be seen."""
    then, now = int(before.answered[0]), int(made.release.answered[0])
    if then != now:
        raise Invalid(
            f"Nu går {now} svarssedlar att räkna, men resultatet bygger på {then}. Skillnaden skulle visa vad de har "
            f"svarat som kommit till eller fallit bort. {_UNCHANGED}"
        )
    found = leaks_together(box.tree, count(box.tree, box.answers, HIGHEST), before, made.release, held.k)
    if found.size:
        keys = ", ".join(made.statements[statement] for statement in found.tolist())
        raise Invalid(
            "Den som har sett båda resultaten skulle kunna räkna fram vad några få har svarat. "
            f"Det gäller {keys}. {_UNCHANGED}"
        )


def _changed(before: Release, now: Release) -> int:
    same: NDArray[np.bool_] = (before.mean == now.mean) | (np.isnan(before.mean) & np.isnan(now.mean))
    return int(np.count_nonzero(~same))
