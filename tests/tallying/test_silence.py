"""What the tally says while it opens the box: how many ballots it skipped, and nothing else."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from db.engine import transaction
from dimios_dash.domain.channel import Channel
from dimios_dash.tallying.release import release_measurement
from tests.tallying.conftest import Town, sheet


def test_the_log_of_a_tally_holds_no_answer(
    town: Town, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    organisation_id, measurement_id = town.closed_measurement({"E": None})
    for point in (1, 2, 3, 4, 5, 6) * 2:
        town.put(measurement_id, "E", sheet(point))
    with transaction(town.engine, None) as session:
        town.put_envelope(session, organisation_id, measurement_id, "E", Channel.EMAIL, b"torn")

    with capture_logs() as said:
        release_measurement(town.engine, town.keys, organisation_id, measurement_id, lambda *_: None)

    reference = str(measurement_id)[:8]
    assert said == [
        {"event": "incident", "log_level": "error", "kind": "skipped_ballots", "reference": reference, "ballots": 1}
    ]
    assert caplog.records == []
    assert capsys.readouterr().out == ""
